"""What scoring starts from: who sat, who was absent, and whose marks a violation takes away."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from assessment_center.batches.models import AssessmentBatch
from candidates.models import Application
from exams.enums import AttendanceState, RecordStatus
from exams.models import SeatAssignment, Violation

WIDE = frozenset({"void_batch", "void_year", "revoke_certificate"})
VOIDING = WIDE | {"zero_subject", "void_subject"}


@dataclass(frozen=True, slots=True)
class ResultBasis:
    """What scoring starts from: `state` is present, absent, late_refused or void.

    `scope` says how far a violation reaches: "" (none), "subject" or "batch".
    """

    application: Application
    subject: str
    state: str
    assignment: SeatAssignment
    scope: str = ""
    citations: tuple[str, ...] = ()
    consequence: str = ""


def results_basis(batch: AssessmentBatch) -> list[ResultBasis]:
    """One row per seat of every recorded room, ordered by admission number and subject.

    A seat without an entry in a submitted room record was taken: present. Seats of rooms whose
    record is still open are left out; `missing_records` names those rooms.
    """
    seats = (
        SeatAssignment.objects.filter(
            sitting__batch=batch, sitting_room__record__status=RecordStatus.SUBMITTED
        )
        .select_related(
            "sitting", "application__person", "application__offering__occupation",
            "application__offering__job", "application__ticket", "attendance",
        )
        .prefetch_related("violations")
        .order_by("application__ticket__number", "sitting__number")
    )  # fmt: skip
    rows = [_basis(seat) for seat in seats]
    closed = _closed_subjects(rows)
    return [_close(row, closed.get(row.application.pk)) for row in rows]


def _closed_subjects(rows: Iterable[ResultBasis]) -> dict[UUID, tuple[datetime, Violation]]:
    """VIO-35: candidates whose cheating in theory closes what they sit afterwards."""
    found: dict[UUID, tuple[datetime, Violation]] = {}
    for row in rows:
        for each in row.assignment.violations.all():
            if "block_remaining_subjects" in each.effects:
                found[row.application.pk] = (row.assignment.sitting.starts_at, each)
    return found


def _close(row: ResultBasis, closed: tuple[datetime, Violation] | None) -> ResultBasis:
    if closed is None or row.assignment.sitting.starts_at <= closed[0]:
        return row
    cited = tuple(dict.fromkeys((*row.citations, *closed[1].citations)))
    return replace(
        row, state="void", scope="subject", citations=cited, consequence=closed[1].consequence
    )


def _basis(seat: SeatAssignment) -> ResultBasis:
    attendance = getattr(seat, "attendance", None)
    state = attendance.state if attendance else AttendanceState.PRESENT.value
    hits = [
        each for each in seat.violations.all()
        if not each.warned_only and VOIDING & set(each.effects)
    ]  # fmt: skip
    if not hits:
        return ResultBasis(seat.application, seat.sitting.subject_code, state, seat)
    wide = any(WIDE & set(each.effects) for each in hits)
    return ResultBasis(
        seat.application,
        seat.sitting.subject_code,
        "void",
        seat,
        "batch" if wide else "subject",
        tuple(dict.fromkeys(text for each in hits for text in each.citations)),
        "；".join(each.consequence for each in hits),
    )
