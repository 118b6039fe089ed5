"""All rows of a sheet judged, in chunks, and nothing written."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.people.reach import Reach
from assessment_center.registry import Refused
from assessment_center.spreadsheets import Row, RowProblem
from candidates.services.sheet_plan import CHUNK, Progress, RowRefusedError, SheetPlan
from candidates.services.sheet_rows import RowReader


def plan_rows(
    *,
    batch: AssessmentBatch,
    rows: Sequence[Row],
    received_at: datetime | None,
    closed: Refused | None,
    progress: Progress,
    reach: Reach,
) -> SheetPlan:
    """Judge all rows in chunks; nothing is written."""
    reader = RowReader(batch, received_at, closed=closed, reach=reach)
    plan = SheetPlan()
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        reader.known.read(chunk)
        _judge(reader, chunk, plan)
        progress(start + len(chunk), len(rows), _("正在核对"))
    return plan


def _judge(reader: RowReader, rows: Iterable[Row], plan: SheetPlan) -> None:
    for row in rows:
        try:
            plan.rows.append(reader.plan(row))
        except RowRefusedError as refused:
            plan.problems.append(RowProblem(row.number, refused.header, refused.message))
