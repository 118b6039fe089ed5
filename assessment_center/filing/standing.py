"""What may be examined on a day, by which filing, and until when (FIL-01, FIL-02)."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from assessment_center.organization.models import AssessmentCentre, FiledScope, Filing
from assessment_center.organization.selectors import filings_on, latest_filing, scope_lines


@dataclass(frozen=True, slots=True)
class Standing:
    """How the centre stands on a day: what holds, until when, and what may be examined."""

    on: date
    filings: list[Filing]
    lines: list[FiledScope]
    last: Filing | None
    ceased: bool

    @property
    def base(self) -> Filing | None:
        """The filing that gives number and term; an increment only adds lines."""
        return next((each for each in self.filings if each.base_id is None), None)

    @property
    def days_left(self) -> int | None:
        """Days until the end, the last day itself being none; None where no end is set."""
        until = self.base.valid_until if self.base else None
        return (until - self.on).days if until else None


def standing(centre: AssessmentCentre, on: date | None = None) -> Standing:
    """What may we examine today? (FIL-01, FIL-02)"""
    today = on or timezone.localdate()
    ceased = centre.ceased_on is not None and today >= centre.ceased_on
    lines = [] if ceased else sorted(scope_lines(centre, today), key=_by_code)
    return Standing(today, filings_on(centre, today), lines, latest_filing(centre), ceased)


def _by_code(line: FiledScope) -> tuple[str, str]:
    return (line.occupation.code, line.job.name if line.job else "")
