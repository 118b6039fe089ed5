"""A score sheet from Excel: every row is checked, then all are entered or none."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.permission import require_act
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.registry import Actor
from assessment_center.spreadsheets import ImportOutcome, Row, RowProblem, read_or_refuse
from candidates.models import Application
from scoring.enums import EntryRound
from scoring.selectors import PRESENT, Stood, sheet, standings, ticket_number
from scoring.services.entry import enter_scores, mark_problem
from scoring.sheets import score_sheet

LIMIT = 5_000


@dataclass(slots=True)
class ScoreImport(ImportOutcome):
    """How many marks were entered; with a problem nothing was entered."""

    entered: int = 0


@transaction.atomic
def import_scores(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    offering: Offering,
    subject: str,
    entry_round: EntryRound,
    content: bytes,
) -> ScoreImport:
    """Enter the marks of a filled-in sheet; rows without a mark are left for later.

    Raises `RefusedError` for a file that cannot be read and for what `enter_scores` refuses as a
    whole; problems of single rows are all told at once.
    """
    require_act(actor, Act.SCORE_ENTER, _("登分"))
    result = read_or_refuse(content, score_sheet(), limit_rows=LIMIT)
    report = ScoreImport()
    report.begin(result)
    people = {ticket_number(each): each for each in sheet(batch, offering, subject)}
    stood = standings(batch)
    marks: dict[UUID, Decimal] = {}
    reasons: dict[UUID, str] = {}
    for row in result.rows:
        application = people.get(row.values["ticket"])
        problem = _problem(batch, subject, row, application, stood)
        if problem is not None:
            report.add([problem])
        elif application is not None and row.values["score"] is not None:
            marks[application.id] = row.values["score"]
            reasons[application.id] = row.values["reason"] or ""
    if report.ok:
        report.entered = enter_scores(
            actor=actor,
            batch=batch,
            offering=offering,
            subject=subject,
            entry_round=entry_round,
            marks=marks,
            reasons=reasons,
        )
        report.written = True
    return report


def _problem(
    batch: AssessmentBatch,
    subject: str,
    row: Row,
    application: Application | None,
    stood: Mapping[tuple[UUID, str], Stood],
) -> RowProblem | None:
    values: dict[str, Any] = row.values
    if application is None:
        return RowProblem(row.number, "准考证号", _("这个准考证号不在本科目名单中"))
    if values["name"] != application.person.name:
        return RowProblem(row.number, "姓名", _("姓名与准考证号不符"))
    if values["score"] is None:
        return None
    found = stood.get((application.id, subject))
    if found is None or found.state != PRESENT:
        return RowProblem(row.number, "分数", _("这名考生未参加考试或考场记录未交，不能有分数"))
    fault = mark_problem(batch, values["score"], values["reason"] or "")
    return RowProblem(row.number, "分数", fault[0]) if fault else None
