"""The slip a candidate pays with: what for, how much, by which announced standard."""

from django.utils.translation import gettext as _

from assessment_center import pdf
from assessment_center.printed.imprint import imprint
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.language import in_chinese
from candidates.enums import ApplicationStatus, FeeState
from candidates.models import Application
from candidates.policies import announcement_citations
from candidates.rules.amounts import in_characters

SLUG = "pay-slip"
TITLE = "缴费通知单"


def payable(application: Application) -> bool:
    """Whether there is something to pay for this application now."""
    confirmed = application.status == ApplicationStatus.CONFIRMED
    return confirmed and application.fee_state == FeeState.DUE


@in_chinese
def pay_slip(application: Application, actor: Actor) -> bytes:
    """The slip as one A4 page; refuses where nothing is due. The ID number stays masked on it."""
    if not payable(application):
        raise RefusedError(_("这份申报现在没有要缴的费用。"))
    batch, person = application.batch, application.person
    cents = application.fee_cents
    rows = [
        ("姓名", person.name),
        ("证件号码", person.id_masked),
        ("申报号", application.number),
        ("院系班级", str(application.school_class or application.employer or "——")),
        ("申报项目", str(application.offering)),
        *(
            (name, f"¥ {part / 100:.2f}" + ("（免收）" if free else ""))
            for name, part, free in application.fees_by_subject
        ),
        ("应缴金额", f"¥ {cents / 100:.2f}"),
        ("金额大写", in_characters(cents)),
        ("收费标准", f"按“{batch.name}”公告公布的标准"),
    ]
    lines = [
        pdf.FormRow((pdf.Cell(label, label=True), pdf.Cell(value, align="left")), 11.0)
        for label, value in rows
    ]
    told = "请持本单到学校指定的窗口或收费平台缴费，并索取票据；缴费后票据号会登记在申报页上。"
    lines += [
        pdf.FormRow((pdf.Cell("说明", label=True), pdf.Cell(told, align="left")), 16.0),
        pdf.FormRow((pdf.Cell("票据号", label=True), pdf.Cell("")), 13.0),
        pdf.FormRow((pdf.Cell("收款人签章", label=True), pdf.Cell("")), 20.0),
        pdf.FormRow((pdf.Cell("收款日期", label=True), pdf.Cell("")), 13.0),
    ]
    corner = imprint(
        actor=actor,
        form=("", SLUG, TITLE),
        subject=application.subject,
        content=rows,
        cite=announcement_citations(batch),
        batch_id=batch.pk,
    )
    form = pdf.Form(
        title=TITLE, widths=(2, 8), rows=lines, meta=(("批次", batch.name),), who=person.name
    )
    return pdf.form_table(form, imprint=corner)
