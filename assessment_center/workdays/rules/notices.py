"""When the office has to enter a further yearly notice on holidays."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

# The State Council gives its notice for the next year in late October or November.
ASK_FROM_MONTH = 11


@dataclass(frozen=True, slots=True)
class Missing:
    """A year whose notice is not entered; `dated` when a batch already has dates in it."""

    year: int
    dated: bool


def missing_years(
    today: date, known: AbstractSet[int], dated: Iterable[int]
) -> tuple[Missing, ...]:
    """Return the years to be entered: those batches reach into, and from November the next.

    A year that is past needs no notice any more unless a batch still has dates in it.
    """
    asked = {year for year in dated if year not in known}
    due = {today.year} | ({today.year + 1} if today.month >= ASK_FROM_MONTH else set())
    years = asked | {year for year in due if year not in known}
    return tuple(Missing(year, year in asked) for year in sorted(years))
