"""The roll of those admitted (F-212, F-213), and the data workbook of the report (R-07)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from assessment_center import pdf
from assessment_center.batches.enums import Route
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.catalog.labels import NO_LEVEL_LABEL
from assessment_center.people.selectors import id_number
from assessment_center.registry import Actor
from assessment_center.registry.language import in_chinese
from assessment_center.spreadsheets import ColumnSpec, write
from candidates import selectors
from candidates.documents.base import (
    NO_JOB,
    SEX_WORDS,
    condition_label,
    corner,
    form_title,
    kind_word,
    photo_name,
    work_years,
)
from candidates.labels import EXAM_KIND_LABELS, ID_KIND_LABELS
from candidates.models import Application
from candidates.rules.declaration import Declaration
from candidates.sheets import AUTHORITY_COLUMNS

ROLL_SLUG = "candidate-roll"
ROLL_CODES = ("F-212", "F-213")
HEADS = ("序号", "申报号", "姓名", "性别", "证件号码", "职业", "工种", "等级", "类型", "单位")
WIDTHS = (0.9, 2.3, 2.3, 0.8, 3.0, 2.1, 1.8, 1.9, 1.5, 2.4)
OCCUPATION, JOB, LEVEL = HEADS.index("职业"), HEADS.index("工种"), HEADS.index("等级")
NOBODY = "本批次没有通过资格审核的人员。"


def roll_code(batch: AssessmentBatch) -> str:
    """Under which form the batch's rulebook knows the roll."""
    return next((code for code in ROLL_CODES if batch.rules.form(code)), ROLL_CODES[0])


def roll_rows(batch: AssessmentBatch) -> list[tuple[str, ...]]:
    """The admitted candidates as the roll shows them, by number."""
    return [
        (str(index), *_roll_row(each))
        for index, each in enumerate(selectors.accepted(batch), start=1)
    ]


def _roll_row(each: Application) -> tuple[str, ...]:
    offering = each.offering
    return (
        each.number,
        each.person.name,
        SEX_WORDS.get(each.person.sex, ""),
        id_number(each.person),
        offering.occupation.name,
        offering.job.name if offering.job else NO_JOB,
        str(each.get_level_display() or NO_LEVEL_LABEL),
        kind_word(each),
        each.department.name if each.department else each.employer,
    )


@in_chinese
def candidate_roll(batch: AssessmentBatch, actor: Actor) -> bytes:
    """The roll of those admitted (F-212, F-213)."""
    code = roll_code(batch)
    title, _basis = form_title(batch, code, str(_("考生花名册")))
    rows = roll_rows(batch)
    mark = corner(actor, batch, (code, ROLL_SLUG, title), rows)
    heads, shown = _shown(batch, rows)
    columns = tuple(
        pdf.Column(label, width, face=pdf.Face.KAI, names=True)
        if label == "姓名"
        else pdf.Column(label, width)
        for label, width in heads
    )
    sheet = pdf.Roster(
        title=title,
        subtitle=batch.name,
        columns=columns,
        rows=shown or [(NO_JOB,) * len(heads)],
        notes=() if rows else (NOBODY,),
        meta=(("机构", batch.centre.name), ("批次号", batch.code), ("人数", str(len(rows)))),
        signatures=("制表", "审核", "日期"),
    )
    return pdf.roster(sheet, imprint=mark, paper=pdf.Paper.A4_LANDSCAPE)


def _shown(
    batch: AssessmentBatch, rows: list[tuple[str, ...]]
) -> tuple[list[tuple[str, float]], list[tuple[str, ...]]]:
    """(head, width) of the columns and the rows in them; a special ability has no job or level."""
    heads = list(zip(HEADS, WIDTHS, strict=True))
    if not batch.rules.is_special:
        return heads, rows
    heads[OCCUPATION] = ("考核项目", WIDTHS[OCCUPATION] + WIDTHS[JOB] + WIDTHS[LEVEL])
    kept = [place for place in range(len(HEADS)) if place not in {JOB, LEVEL}]
    return [heads[place] for place in kept], [tuple(row[place] for place in kept) for row in rows]


def authority_columns(batch: AssessmentBatch) -> tuple[ColumnSpec, ...]:
    """The columns the centre reports, in their order: a setting, twenty as built in."""
    known = {column.key: column for column in AUTHORITY_COLUMNS}
    return tuple(known[key] for key in batch.rules.settings.report_columns.value)


def authority_rows(
    batch: AssessmentBatch, offering: Offering | None = None
) -> Iterator[dict[str, str]]:
    """All that is known of each admitted candidate, or of those of one project, by column."""
    found = selectors.accepted(batch).select_related(*selectors.RELATED)
    if offering is not None:
        found = found.filter(offering=offering)
    for each in found.prefetch_related("evidence"):
        declared = Declaration.from_json(each.declaration)
        held = declared.certificates[0] if declared.certificates else None
        trade = (held.occupation or each.offering.occupation.name) if held else ""
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
            "certificate_number": held.number if held else "",
            "certificate_occupation": trade if held and held.number else "",
            **dict.fromkeys(each.subjects, exam),
            "photo": photo_name(each),
        }


@in_chinese
def authority_workbooks(batch: AssessmentBatch) -> dict[str, bytes]:
    """The data of the report as files; its columns name no project, so each has its own."""
    title = str(_("考生报名数据"))
    taken = selectors.accepted(batch).values("offering")
    offerings = batch.offerings.filter(pk__in=taken).select_related("occupation", "job")
    if len(offerings) <= 1:
        return {f"{title}.xlsx": _workbook(batch, title)}
    return {
        f"{title}-{_project(each)}.xlsx": _workbook(batch, title, each)
        for each in offerings.order_by("occupation__code", "-level")
    }


def _project(offering: Offering) -> str:
    """The project as a part of a file's name, with its route where nobody is examined."""
    route = "" if offering.route == Route.EXAM else f" {offering.get_route_display()}"
    return f"{offering}{route}".replace("/", "／")


def _workbook(batch: AssessmentBatch, title: str, offering: Offering | None = None) -> bytes:
    columns = authority_columns(batch)
    keys = {column.key for column in columns}
    known = authority_rows(batch, offering)
    rows = ({k: v for k, v in row.items() if k in keys} for row in known)
    return write(rows, columns, title=title)
