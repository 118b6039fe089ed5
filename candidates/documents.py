"""Application forms and the candidate roll on paper, and the workbook for the authority."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center import pdf
from assessment_center.accounts.enums import Act
from assessment_center.batches.enums import Route
from assessment_center.batches.models import AssessmentBatch
from assessment_center.catalog.labels import NO_LEVEL_LABEL, SUBJECT_LABELS
from assessment_center.people.selectors import id_number
from assessment_center.printed.services import register_sheet
from assessment_center.registry import SYSTEM, Actor, Citation, SubjectRef
from assessment_center.registry.entries import DocumentKind
from assessment_center.registry.entries import documents as document_kinds
from assessment_center.registry.language import in_chinese
from assessment_center.spreadsheets import write
from candidates import selectors
from candidates.labels import EXAM_KIND_LABELS, ID_KIND_LABELS
from candidates.models import Application
from candidates.recognition import check_claim
from candidates.rules.declaration import Declaration
from candidates.rules.facts import worked_days
from candidates.sheets import AUTHORITY_COLUMNS

SEX_WORDS = {"male": "男", "female": "女"}
NO_JOB = "——"
FORM_SLUG = "application-form"
ROLL_SLUG = "candidate-roll"
ROLL_CODES = ("F-212", "F-213")
APPLICATION_CODES = "F-204,F-205,F-206,F-207,F-208"


def form_code(batch: AssessmentBatch) -> str:
    return batch.rules.settings.application_form_code.value


def roll_code(batch: AssessmentBatch) -> str:
    """Under which form the batch's rulebook knows the roll."""
    return next((code for code in ROLL_CODES if batch.rules.form(code)), ROLL_CODES[0])


def form_title(batch: AssessmentBatch, code: str, otherwise: str) -> tuple[str, str]:
    """The form's official name and the article that names it."""
    form = batch.rules.form(code)
    return (form.name, _basis(form.cite)) if form else (otherwise, "")


def _basis(citations: Iterable[Citation]) -> str:
    return "、".join(str(citation) for citation in citations)


def _imprint(
    *,
    actor: Actor,
    code: str,
    slug: str,
    title: str,
    basis: str,
    subject: SubjectRef,
    batch: AssessmentBatch,
    content: object,
) -> pdf.Imprint:
    digest = hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
    sheet = register_sheet(
        actor=actor,
        form_code=code,
        slug=slug,
        title=title,
        subject=subject,
        content_digest=digest,
        batch_id=batch.pk,
    )
    return pdf.Imprint(code=f"{code} {sheet.code}", version=str(sheet.version), basis=basis)


def photo_bytes(application: Application) -> bytes | None:
    if not application.photo:
        return None
    with application.photo.open("rb") as kept:
        return bytes(kept.read())


def condition_label(application: Application) -> str:
    """The condition applied under; the deciding one where none was chosen."""
    conditions = selectors.conditions_for(application.offering, application.batch)
    chosen = next((c.label for c in conditions if c.id == application.condition_id), "")
    if chosen:
        return chosen
    best = selectors.verdict_of(application).best
    return best.label if best else ""


def work_years(application: Application) -> str:
    declared = Declaration.from_json(application.declaration)
    if not declared.work:
        return ""
    days = worked_days(declared.work, on=timezone.localdate())
    return f"{days / 365.25:.1f}"


def _rows(application: Application, title_job: str) -> list[list[tuple[str, str]]]:
    person = application.person
    birth = person.birth.isoformat() if person.birth else ""
    school = str(application.school_class or "")
    return [
        [("姓名", person.name), ("性别", SEX_WORDS.get(person.sex, ""))],
        [("出生日期", birth), ("民族", application.ethnicity)],
        [
            ("证件类型", str(ID_KIND_LABELS.get(person.id_kind, ""))),
            ("证件号码", id_number(person)),
        ],
        [
            ("文化程度", str(application.get_education_display())),
            ("手机号码", person.phone),
        ],
        [("考生来源", str(application.get_source_display())), ("院系班级", school)],
        [("工作单位", application.employer), ("本职业工作年限", work_years(application))],
        [("通讯地址", application.address), ("电子邮箱", person.email)],
        [("申报职业", application.offering.occupation.name), ("申报工种", title_job)],
        [
            ("申报等级", str(application.get_level_display() or NO_LEVEL_LABEL)),
            (
                "考试类型" if application.route == Route.EXAM else "评价方式",
                _kind_word(application),
            ),
        ],
    ]


def _form(application: Application, title: str) -> tuple[pdf.Form, list[Any]]:
    job = application.offering.job
    rows = _rows(application, job.name if job else NO_JOB)
    photo = photo_bytes(application)
    lines = [_line(row, photo if index == 0 else None, index) for index, row in enumerate(rows)]
    subjects = "、".join(str(SUBJECT_LABELS[s]) for s in application.subjects)  # type: ignore[index]
    claimed = check_claim(application)
    facts = "；".join(f"{one.label}：{one.value}" for one in claimed.lines) if claimed else ""
    condition = condition_label(application)
    signed = getattr(application, "commitment", None)
    lines += [
        _wide("应考科目", subjects) if subjects else _wide("认定事实", facts, 22),
        *([_wide("申报条件", condition, 14)] if application.batch.rules.conditions else ()),
        _wide(
            "考生承诺",
            signed.text if signed else "本人承诺所填信息和提交的材料真实、有效。",
            22,
            foot=f"签名：{signed.signed_name}　{timezone.localdate(signed.signed_at):%Y-%m-%d}"
            if signed
            else "签名：　　　　　　　　年　　月　　日",
        ),
        _wide("资格审查意见", "", 24, foot="（盖章）　　　　年　　月　　日"),
    ]
    form = pdf.Form(
        title=title,
        widths=(2, 3.2, 2, 3.2, 2.6),
        rows=lines,
        meta=(("申报号", application.number or "（未提交）"), ("批次", application.batch.name)),
        who=application.person.name,
    )
    return form, [rows, subjects or facts, condition, signed.signed_name if signed else ""]


def _line(row: Sequence[tuple[str, str]], photo: bytes | None, index: int) -> pdf.FormRow:
    cells = []
    for position, (label, value) in enumerate(row):
        spanned = 2 if position == 1 and index >= 4 else 1  # noqa: PLR2004 - below the photo
        cells += [pdf.Cell(label, label=True), pdf.Cell(value, span=spanned)]
    if index == 0:
        cells.append(pdf.Cell(rows=4, kind="photo", image=photo))
    return pdf.FormRow(tuple(cells))


def _wide(label: str, value: str, height: float = 9.0, *, foot: str = "") -> pdf.FormRow:
    text = pdf.Cell(value, span=4, align="left", block=bool(foot), foot=foot)
    return pdf.FormRow((pdf.Cell(label, label=True), text), height)


@in_chinese
def application_form(application: Application, actor: Actor) -> bytes:
    """The form the rulebook names, filled in (REG-01); its sheet is registered."""
    batch = application.batch
    code = form_code(batch)
    title, basis = form_title(batch, code, str(_("职业技能等级认定申报表")))
    form, content = _form(application, title)
    imprint = _imprint(
        actor=actor,
        code=code,
        slug=FORM_SLUG,
        title=title,
        basis=basis,
        subject=application.subject,
        batch=batch,
        content=content,
    )
    return pdf.form_table(form, imprint=imprint)


def application_forms(batch: AssessmentBatch, actor: Actor) -> Iterator[tuple[str, bytes]]:
    """One form for each application in hand, named by its number."""
    for application in in_hand(batch, actor):
        yield (
            f"{application.number} {application.person.name}",
            application_form(application, actor),
        )


def in_hand(batch: AssessmentBatch, actor: Actor = SYSTEM) -> Iterator[Application]:
    """Applications in hand as far as `actor` sees them, by number: not withdrawn, not refused."""
    found = selectors.visible(actor, selectors.queue(batch))
    found = found.exclude(status__in=["withdrawn", "refused"])
    found = found.select_related(*selectors.RELATED, "commitment").order_by("number")
    yield from found.prefetch_related("evidence")


def roll_rows(batch: AssessmentBatch) -> list[tuple[str, ...]]:
    """The admitted candidates as the roll shows them, by number."""
    rows: list[tuple[str, ...]] = []
    for index, each in enumerate(selectors.accepted(batch), start=1):
        offering = each.offering
        rows.append(
            (
                str(index),
                each.number,
                each.person.name,
                SEX_WORDS.get(each.person.sex, ""),
                id_number(each.person),
                offering.occupation.name,
                offering.job.name if offering.job else NO_JOB,
                str(each.get_level_display() or NO_LEVEL_LABEL),
                _kind_word(each),
                each.department.name if each.department else each.employer,
            )
        )
    return rows


def _kind_word(application: Application) -> str:
    """新考, 补考, or the route of somebody who is not examined."""
    if application.route != Route.EXAM:
        return str(application.get_route_display())
    return str(application.get_exam_kind_display())


@in_chinese
def candidate_roll(batch: AssessmentBatch, actor: Actor) -> bytes:
    """The roll of those admitted (F-212, F-213)."""
    code = roll_code(batch)
    title, basis = form_title(batch, code, str(_("考生花名册")))
    rows = roll_rows(batch)
    imprint = _imprint(
        actor=actor,
        code=code,
        slug=ROLL_SLUG,
        title=title,
        basis=basis,
        subject=batch.subject,
        batch=batch,
        content=rows,
    )
    heads = ("序号", "申报号", "姓名", "性别", "证件号码", "职业", "工种", "等级", "类型", "单位")
    widths = (0.9, 2.6, 1.6, 0.8, 3.2, 2.2, 2.0, 2.0, 1.1, 2.6)
    columns = tuple(
        pdf.Column(label, width, face=pdf.Face.KAI, names=True)
        if label == "姓名"
        else pdf.Column(label, width)
        for label, width in zip(heads, widths, strict=True)
    )
    sheet = pdf.Roster(
        title=title,
        subtitle=batch.name,
        columns=columns,
        rows=rows,
        meta=(("机构", batch.centre.name), ("批次号", batch.code), ("人数", str(len(rows)))),
        signatures=("制表", "审核"),
    )
    return pdf.roster(sheet, imprint=imprint, paper=pdf.Paper.A4_LANDSCAPE)


def photo_name(application: Application) -> str:
    return f"{application.number}.jpg" if application.photo else ""


def authority_rows(batch: AssessmentBatch) -> Iterator[dict[str, str]]:
    """The twenty columns for each admitted candidate."""
    found = selectors.accepted(batch).select_related(*selectors.RELATED)
    for each in found.prefetch_related("evidence"):
        declared = Declaration.from_json(each.declaration)
        earlier = declared.certificates[0].number if declared.certificates else ""
        exam = str(EXAM_KIND_LABELS[each.exam_kind])
        yield {
            "name": each.person.name,
            "id_kind": str(ID_KIND_LABELS.get(each.person.id_kind, "")),
            "id_number": id_number(each.person),
            "sex": SEX_WORDS.get(each.person.sex, ""),
            "ethnicity": each.ethnicity,
            "education": str(each.get_education_display()),
            "phone": each.person.phone,
            "condition": condition_label(each),
            "source": str(each.get_source_display()),
            "employer": each.employer,
            "address": each.address,
            "work_years": work_years(each),
            "email": each.person.email,
            "certificate_number": earlier,
            "certificate_occupation": each.offering.occupation.name if earlier else "",
            **dict.fromkeys(each.subjects, exam),
            "photo": photo_name(each),
        }


@in_chinese
def authority_workbook(batch: AssessmentBatch) -> bytes:
    return write(authority_rows(batch), AUTHORITY_COLUMNS, title=str(_("考生报名数据")))


def _forms_of(batch: AssessmentBatch, actor: Actor) -> Sequence[tuple[str, bytes]]:
    return list(application_forms(batch, actor))


def _roll_of(batch: AssessmentBatch, actor: Actor) -> Sequence[tuple[str, bytes]]:
    return [(f"{batch.code} {_('考生花名册')}", candidate_roll(batch, actor))]


document_kinds.register(
    FORM_SLUG,
    DocumentKind(
        APPLICATION_CODES,
        FORM_SLUG,
        gettext_lazy("申报表"),
        _forms_of,
        Act.APPLICATION_VIEW,
        keeps_reach=True,
    ),
    order=200,
)
document_kinds.register(
    ROLL_SLUG,
    DocumentKind(
        ",".join(ROLL_CODES), ROLL_SLUG, gettext_lazy("考生花名册"), _roll_of, Act.APPLICATION_VIEW
    ),
    order=210,
)
