"""F-209, the candidate's half of the double commitment, one sheet a candidate (REG-10)."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center import pdf
from assessment_center.batches.documents import chinese_day
from assessment_center.batches.models import AssessmentBatch
from assessment_center.catalog.labels import NO_LEVEL_LABEL, with_job
from assessment_center.people.selectors import id_number
from assessment_center.registry import Actor
from assessment_center.registry.language import in_chinese
from candidates.documents.application import in_hand
from candidates.documents.base import corner, form_title
from candidates.models import Application
from candidates.signature import signature_of, undertaking_of

CODE = "F-209"
SLUG = "candidate-pledge"
NO_DAY = "　　　　年　　月　　日"


def wanted(batch: AssessmentBatch) -> bool:
    """Whether both sides give their word, on the form the rulebook knows."""
    return bool(batch.rules.settings.double_commitment.value and batch.rules.form(CODE))


def sheets_for(batch: AssessmentBatch, actor: Actor) -> Iterator[tuple[str, bytes]]:
    """One letter for each application in hand."""
    for each in in_hand(batch, actor):
        yield f"{each.number} {each.person.name}", candidate_pledge(each, actor)


@in_chinese
def candidate_pledge(application: Application, actor: Actor) -> bytes:
    """What was signed, by whom and when; room for the pen where nothing was signed yet."""
    batch, person, offering = application.batch, application.person, application.offering
    title = f"参评人员{form_title(batch, CODE, str(_('承诺书')))[0]}"
    signed = signature_of(application)
    level = application.get_level_display() or NO_LEVEL_LABEL
    body = (
        signed.text if signed else undertaking_of(application),
        f"姓名：{person.name}。",
        f"证件号码：{id_number(person)}。",
        f"申报职业（工种）及等级：{with_job(offering.occupation, offering.job)} {level}。",
        f"批次：{batch.name}（{batch.code}）。",
        f"申报号：{application.number}。",
    )
    signer = f"承诺人：{signed.signed_name}" if signed else "承诺人（签名）：　　　　　　"
    day = timezone.localdate(signed.signed_at) if signed else None
    told = chinese_day(day) if day else NO_DAY
    content = (*body, signer, told)
    mark = corner(actor, batch, (CODE, SLUG, title), content, subject=application.subject)
    letter = pdf.Notice(
        issuer=batch.centre.name,
        title=title,
        body=body,
        signer=signer,
        date=told,
        addressee=f"{batch.centre.name}：",
        red_head=False,
    )
    return pdf.notice([letter], imprint=mark)
