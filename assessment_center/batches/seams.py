"""What a higher app does when a batch is reported: it builds the package and submits it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from assessment_center.batches.models import AssessmentBatch, AuthorityReport
from assessment_center.printed.models import PrintedSheet
from assessment_center.registry import OpenSet, Refused

# maker(actor=, batch=, kind=) -> AuthorityReport, for papers reported by themselves.
paper_makers: OpenSet[Callable[..., AuthorityReport]] = OpenSet("paper_makers")
# maker(actor=, batch=, late_reason=, pledged_by=) -> AuthorityReport; one app registers itself.
report_makers: OpenSet[Callable[..., AuthorityReport]] = OpenSet("report_makers")
# maker(actor=, report=) -> AuthorityReport, which hands in anew what a change has outdated.
supplement_makers: OpenSet[Callable[..., AuthorityReport]] = OpenSet("supplement_makers")


@dataclass(frozen=True, slots=True)
class ReportedArrangement:
    """Rooms and staff that go with the report where the rulebook wants them handed in (RPT-02).

    `gaps(batch)` is what is not settled yet, each with its article; `changed(report)` gives the
    sheets that were handed in with the report and no longer hold.
    """

    gaps: Callable[[AssessmentBatch], Iterable[Refused]]
    changed: Callable[[AuthorityReport], Iterable[PrintedSheet]]


reported_arrangements: OpenSet[ReportedArrangement] = OpenSet("reported_arrangements")


@dataclass(frozen=True, slots=True)
class AnnualFigure:
    """One column of the year's statistics.

    `count(centre, year)` gives how many by (occupation, job, level); the year is that of the
    examination.
    """

    label: Any
    count: Callable[[Any, int], Mapping[tuple[UUID, UUID | None, int | None], int]]


annual_figures: OpenSet[AnnualFigure] = OpenSet("annual_figures")
