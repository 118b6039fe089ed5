"""The application form the rulebook names (REG-01), in its own columns where it lists them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center import pdf
from assessment_center.batches.enums import Route
from assessment_center.batches.models import AssessmentBatch
from assessment_center.catalog.labels import NO_LEVEL_LABEL, SUBJECT_LABELS
from assessment_center.people.selectors import id_number
from assessment_center.registry import SYSTEM, Actor
from assessment_center.registry.language import in_chinese
from candidates import selectors
from candidates.documents.base import (
    NO_JOB,
    SEX_WORDS,
    condition_label,
    corner,
    form_title,
    kind_word,
    photo_bytes,
    photo_words,
    work_years,
)
from candidates.documents.listed import listed_form
from candidates.labels import ID_KIND_LABELS
from candidates.models import Application
from candidates.recognition import check_claim
from candidates.seams import FormResult, form_results
from candidates.signature import signature_of, undertaking_of

FORM_SLUG = "application-form"
# The registration form goes into the file of those who pass, as a proof of the certificate: it
# has a row for the result, filled in by hand until the result stands.
WITH_RESULT = frozenset({"F-208"})
BESIDE_PHOTO = 4
NUMERALS = "一两三四五"
TO_SEAL = "（盖章）　　　　年　　月　　日"
UNSIGNED = "签名：　　　　　　　　年　　月　　日"


def form_code(batch: AssessmentBatch) -> str:
    return batch.rules.settings.application_form_code.value


@in_chinese
def application_form(application: Application, actor: Actor, *, kept: bool = False) -> bytes:
    """The form the rulebook names, filled in; as many copies as it orders, one registered sheet.

    `kept`: only the copy that stays with the centre, for its archive.
    """
    batch = application.batch
    code = form_code(batch)
    form, content = _filled(application)
    title = form.title
    mark = corner(actor, batch, (code, FORM_SLUG, title), content, subject=application.subject)
    copies = 1 if kept else copies_of(batch)
    return pdf.form_table([form] * copies, imprint=mark)


def copies_of(batch: AssessmentBatch) -> int:
    """How many a candidate signs: one, or one for each side where the rulebook orders it."""
    return batch.rules.settings.application_copies.value


def application_table(application: Application) -> pdf.Form:
    """The form as it is laid out, before it is drawn."""
    return _filled(application)[0]


def _filled(application: Application) -> tuple[pdf.Form, list[Any]]:
    batch = application.batch
    title, _basis = form_title(batch, form_code(batch), str(_("职业技能等级认定申报表")))
    fields = batch.rules.settings.application_fields
    made = listed_form(application, title, fields.value) if fields else _form(application, title)
    form, content = made
    copies = copies_of(batch)
    if copies > 1:
        told = f"一式{NUMERALS[copies - 1]}份，考生和机构各留存一份。"
        form = replace(form, notes=(*form.notes, told))
    return form, content


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


def _with_unit(years: str) -> str:
    return f"{years} 年" if years else ""


def _rows(application: Application, title_job: str) -> list[list[tuple[str, str]]]:
    person = application.person
    birth = person.birth.isoformat() if person.birth else ""
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
        [
            ("考生来源", str(application.get_source_display())),
            ("院系班级", str(application.school_class or "")),
        ],
        [("工作单位", application.employer)],
        [("通讯地址", application.address)],
        [("本职业工作年限", _with_unit(work_years(application))), ("电子邮箱", person.email)],
        [("申报职业", application.offering.occupation.name), ("申报工种", title_job)],
        [
            ("申报等级", str(application.get_level_display() or NO_LEVEL_LABEL)),
            (
                "考试类型" if application.route == Route.EXAM else "评价方式",
                kind_word(application),
            ),
        ],
    ]


def _form(application: Application, title: str) -> tuple[pdf.Form, list[Any]]:
    job = application.offering.job
    rows = _rows(application, job.name if job else NO_JOB)
    photo = photo_bytes(application)
    words = photo_words(application.batch)
    lines = [_line(row, index, photo, words) for index, row in enumerate(rows)]
    subjects = "、".join(str(SUBJECT_LABELS[s]) for s in application.subjects)
    claimed = check_claim(application)
    facts = "；".join(f"{one.label}：{one.value}" for one in claimed.lines) if claimed else ""
    condition = condition_label(application)
    signed = signature_of(application)
    foot = (
        f"签名：{signed.signed_name}　{timezone.localdate(signed.signed_at):%Y-%m-%d}"
        if signed
        else UNSIGNED
    )
    lines += [
        _wide("应考科目", subjects) if subjects else _wide("认定事实", facts, 22),
        *([_wide("申报条件", condition, 14)] if application.batch.rules.conditions else ()),
        _wide("考生承诺", signed.text if signed else undertaking_of(application), 22, foot=foot),
        _wide("资格审查意见", "", 24, foot=TO_SEAL),
    ]
    result = None
    if form_code(application.batch) in WITH_RESULT:
        result = next((found for look in form_results if (found := look(application))), None)
        lines.append(_result_row(result))
    form = pdf.Form(
        title=title,
        widths=(2, 3.2, 2, 3.2, 2.6),
        rows=lines,
        meta=(("申报号", application.number or "（未提交）"), ("批次", application.batch.name)),
        who=application.person.name,
    )
    content = [rows, subjects or facts, condition, signed.signed_name if signed else ""]
    return form, [*content, result.subjects, result.outcome] if result else content


def _result_row(result: FormResult | None) -> pdf.FormRow:
    """What came of the application; for the pen until it stands."""
    if result is None:
        return _wide("认定结果", "", 24, foot=TO_SEAL)
    told = "\n".join(filter(None, (result.subjects, result.outcome)))
    return _wide("认定结果", told, 24, foot=f"（盖章）　{result.day:%Y-%m-%d}")


def _line(
    row: Sequence[tuple[str, str]], index: int, photo: bytes | None, words: str
) -> pdf.FormRow:
    """One value takes the whole line; the second of two what the first leaves."""
    columns = 4 if index < BESIDE_PHOTO else 5
    cells: list[pdf.Cell] = []
    for position, (label, value) in enumerate(row):
        last = position == len(row) - 1
        face = pdf.Face.KAI if label == "姓名" else None
        cells.append(pdf.Cell(label, label=True))
        cells.append(pdf.Cell(value, span=columns - len(cells) if last else 1, face=face))
    if index == 0:
        cells.append(pdf.Cell(words, rows=BESIDE_PHOTO, kind="photo", image=photo))
    return pdf.FormRow(tuple(cells))


def _wide(label: str, value: str, height: float = 9.0, *, foot: str = "") -> pdf.FormRow:
    text = pdf.Cell(value, span=4, align="left", block=bool(foot), foot=foot)
    return pdf.FormRow((pdf.Cell(label, label=True), text), height)
