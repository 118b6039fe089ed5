"""The score sheet of an offering and subject, and the workbook that goes to the authority."""

from collections.abc import Iterator
from functools import cache

from django.utils.translation import gettext as _

from assessment_center.batches.enums import Route
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.catalog.labels import NO_LEVEL_LABEL, SUBJECT_LABELS
from assessment_center.people.selectors import id_number
from assessment_center.spreadsheets import ColumnSpec, Kind, SheetSpec, write
from scoring.labels import STANDING_LABELS
from scoring.models import FinalResult
from scoring.selectors import results_of, sheet, standings, ticket_number

NO_JOB = "——"
PASSED_WORDS = {True: "合格", False: "不合格"}
RECOGNISED_WORDS = {True: "予以认定", False: "不予认定"}


@cache
def score_sheet() -> SheetSpec:
    """What is filled in and read back; a row is found by its admission number."""
    return SheetSpec(
        title="登分表",
        columns=(
            ColumnSpec("ticket", "准考证号", required=True, width=20, max_length=24),
            ColumnSpec("name", "姓名", required=True, width=12, max_length=80),
            ColumnSpec("score", "分数", kind=Kind.DECIMAL, width=10, help="缺考、违纪的留空"),
            ColumnSpec("reason", "零分原因", width=30, help="零分须写明原因"),
            ColumnSpec("note", "说明", width=14, help="不必填写"),
        ),
        notes=("按准考证号登分，不要改动准考证号和姓名。", "空着的分数不导入，可分几次登。"),
        key_columns=("ticket",),
    )


def blank_score_sheet(batch: AssessmentBatch, offering: Offering, subject: str) -> bytes:
    """The sheet with admission numbers and names, in the order of the papers (SCORE-12)."""
    stood = standings(batch)

    def rows() -> Iterator[dict[str, str]]:
        for each in sheet(batch, offering, subject):
            found = stood.get((each.id, subject))
            told = _("考场记录未交") if found is None else STATE_WORDS.get(found.state, "")
            yield {"ticket": ticket_number(each), "name": each.person.name, "note": told}

    return write(rows(), score_sheet().columns, title=score_sheet().title)


STATE_WORDS = {"absent": "缺考", "late_refused": "迟到未入场", "void": "违纪取消"}


def authority_columns(subjects: list[str]) -> tuple[ColumnSpec, ...]:
    heads = [(subject, str(SUBJECT_LABELS[subject])) for subject in subjects]
    return (
        ColumnSpec("ticket", "准考证号", width=20),
        ColumnSpec("name", "姓名", width=12),
        ColumnSpec("id_number", "证件号码", kind=Kind.ID_NUMBER, width=22),
        ColumnSpec("occupation", "职业", width=18),
        ColumnSpec("job", "工种", width=14),
        ColumnSpec("level", "等级", width=14),
        ColumnSpec("route", "评价方式", width=14),
        *(ColumnSpec(key, label, width=14) for key, label in heads),
        ColumnSpec("passed", "评定结果", width=10),
        ColumnSpec("grade", "评定等次", width=10),
    )


def fact_words(fact: dict[str, str | None]) -> str:
    """A subject's score as it is printed: 86.50, or 缺考 where there is none."""
    standing = str(fact["standing"])
    if standing == "scored":
        return str(fact["score"])
    return str(STANDING_LABELS[standing])


def outcome_word(result: FinalResult) -> str:
    """合格 of somebody examined, 予以认定 of somebody recognised."""
    examined = result.application.route == Route.EXAM
    return (PASSED_WORDS if examined else RECOGNISED_WORDS)[result.passed]


def result_row(result: FinalResult) -> dict[str, str]:
    """What every list of results shows; subjects by their code."""
    application = result.application
    offering = application.offering
    return {
        "ticket": ticket_number(application),
        "name": application.person.name,
        "occupation": offering.occupation.name,
        "job": offering.job.name if offering.job else NO_JOB,
        "level": str(offering.get_level_display() or NO_LEVEL_LABEL),
        **{fact["subject"]: fact_words(fact) for fact in result.subjects},
        "route": str(application.get_route_display()),
        "passed": outcome_word(result),
        "grade": result.grade_label,
    }


def subjects_of(batch: AssessmentBatch) -> list[str]:
    """Every subject examined in the batch, in the order of the trade."""
    taken = {subject for each in batch.offerings.all() for subject in each.subjects}
    return [subject for subject in SUBJECT_LABELS if subject in taken]


def score_workbook(batch: AssessmentBatch) -> bytes:
    """All results with the ID numbers the authority matches by; the caller seals and audits."""

    def rows() -> Iterator[dict[str, str]]:
        for each in results_of(batch):
            yield result_row(each) | {"id_number": id_number(each.application.person)}

    return write(rows(), authority_columns(subjects_of(batch)), title="考生成绩数据")
