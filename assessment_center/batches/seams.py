"""What a higher app does when a batch is reported: it builds the package and submits it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from assessment_center.batches.models import AuthorityReport
from assessment_center.registry import OpenSet

# maker(actor=, batch=, kind=) -> AuthorityReport, for papers reported by themselves.
paper_makers: OpenSet[Callable[..., AuthorityReport]] = OpenSet("paper_makers")
# maker(actor=, batch=, late_reason=, pledged_by=) -> AuthorityReport; one app registers itself.
report_makers: OpenSet[Callable[..., AuthorityReport]] = OpenSet("report_makers")


@dataclass(frozen=True, slots=True)
class AnnualFigure:
    """One column of the year's statistics.

    `count(centre, year)` gives how many by (occupation, job, level); the year is that of the
    examination.
    """

    label: Any
    count: Callable[[Any, int], Mapping[tuple[UUID, UUID | None, int | None], int]]


annual_figures: OpenSet[AnnualFigure] = OpenSet("annual_figures")
