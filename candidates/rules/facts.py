"""The facts an application rests on: what was declared, and whether it is proven."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class WorkSpell:
    """Work in this or a related occupation; no `ends`: still there."""

    starts: date
    ends: date | None = None
    employer: str = ""
    proven: bool = False


@dataclass(frozen=True, slots=True)
class CertificateFact:
    """A skill certificate of this or a related occupation; 5 is the lowest level, 1 the highest."""

    level: int
    issued_on: date
    number: str = ""
    proven: bool = False


@dataclass(frozen=True, slots=True)
class TitleFact:
    """A professional title that matches the occupation."""

    grade: str
    granted_on: date
    proven: bool = False


@dataclass(frozen=True, slots=True)
class DiplomaFact:
    """Schooling of one kind; `related` None: the standard does not list its majors.

    No `graduated_on`: still studying, `final_year` says whether in the last year.
    """

    kind: str
    graduated_on: date | None = None
    final_year: bool = False
    related: bool | None = None
    proven: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts on one day. None is “not said”, which proves nothing and refutes nothing.

    `own_staff` is read from the college's register, not from what the candidate says.
    """

    on: date
    birth: date | None = None
    intends_to_work: bool | None = None
    works_in_occupation: bool | None = None
    work: tuple[WorkSpell, ...] = ()
    certificates: tuple[CertificateFact, ...] = ()
    titles: tuple[TitleFact, ...] = ()
    diplomas: tuple[DiplomaFact, ...] = ()
    excellent: bool | None = None
    excellence_proven: bool = False
    one_x: tuple[tuple[str, bool], ...] = ()
    courses_passed: bool | None = None
    credits_earned: bool | None = None
    contest_met: bool | None = None
    claim_proven: bool = True
    own_staff: bool = False


DAYS_OF_YEARS = 1461


def anniversary(day: date, years: int) -> date:
    """The same day some years on; 29 February falls on 1 March of a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def worked_days(spells: tuple[WorkSpell, ...], *, on: date, after: date | None = None) -> int:
    """Days of work until `on` (and from `after`), days in two spells counted once."""
    spans = sorted(
        (max(spell.starts, after or spell.starts), min(spell.ends or on, on)) for spell in spells
    )
    total, reached = 0, date.min
    for starts, ends in spans:
        first = max(starts, reached)
        if ends > first:
            total += (ends - first).days
            reached = ends
    return total


def days_of(years: int) -> int:
    """The days that `years` full years have at least: 365 each, and one more in every four."""
    return years * DAYS_OF_YEARS // 4
