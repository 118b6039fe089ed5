"""The facts an application rests on: what was declared, and whether it is proven."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta

from candidates.enums import EvidenceKind
from candidates.rules.requirements import TITLE_WORDS
from candidates.rules.schooling import kinds_of


@dataclass(frozen=True, slots=True)
class WorkSpell:
    """Work in this or a related occupation, its last day included; no `ends`: still there."""

    starts: date
    ends: date | None = None
    employer: str = ""
    proven: bool = False


@dataclass(frozen=True, slots=True)
class CertificateFact:
    """A skill certificate of this or a related occupation; 5 is the lowest level, 1 the highest.

    `registered`: the centre's own register proves it. `occupation` is its name; empty: this one.
    """

    level: int
    issued_on: date
    number: str = ""
    proven: bool = False
    registered: bool = False
    occupation: str = ""


@dataclass(frozen=True, slots=True)
class TitleFact:
    """A professional title that matches the occupation; `title` is its key, “series/name”.

    `qualification`: no title, but a professional qualification that counts as one of its grade.
    """

    grade: str
    granted_on: date
    proven: bool = False
    title: str = ""
    qualification: bool = False

    @property
    def words(self) -> str:
        """The title with its grade and series, as it is read in a review."""
        series, _slash, name = self.title.rpartition("/")
        grade = TITLE_WORDS[self.grade]
        return f"{name}（{grade}，{series}）" if series else f"{grade}职称"


@dataclass(frozen=True, slots=True)
class DiplomaFact:
    """Schooling of one kind; `related` None: the standard does not list its majors.

    No `graduated_on`: still studying, `final_year` says whether in the last year. `registered`:
    the college's own register of students proves it.
    """

    kind: str
    graduated_on: date | None = None
    final_year: bool = False
    related: bool | None = None
    proven: bool = False
    registered: bool = False

    def is_of(self, kinds: Collection[str]) -> bool:
        """Whether the schooling is of one of these kinds, by its own name or as one of its kind."""
        return not kinds_of(self.kind).isdisjoint(kinds)

    def graduated(self, on: date) -> bool:
        return self.graduated_on is not None and self.graduated_on <= on


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
    claim_evidence: EvidenceKind | None = None
    own_staff: bool = False


DAYS_OF_YEARS = 1461
DAY = timedelta(days=1)


def anniversary(day: date, years: int) -> date:
    """The same day some years on; 29 February falls on 1 March of a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def worked_days(spells: tuple[WorkSpell, ...], *, on: date, after: date | None = None) -> int:
    """Days of work before `on` (and from `after`); days in two spells are counted once.

    The last day of a spell is worked; of one that goes on, `on` itself is not yet.
    """
    if not spells:
        return 0
    spans = sorted(
        (
            spell.starts if after is None or spell.starts > after else after,
            on if spell.ends is None or spell.ends >= on else spell.ends + DAY,
        )
        for spell in spells
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


def with_evidence(facts: Facts, kinds: Collection[EvidenceKind]) -> Facts:
    """The same facts with evidence of these kinds besides what is there; nothing is lost by it."""
    changes: dict[str, object] = {}
    if EvidenceKind.WORK in kinds:
        changes["work"] = tuple(replace(each, proven=True) for each in facts.work)
    if EvidenceKind.CERTIFICATE in kinds:
        changes["certificates"] = tuple(replace(each, proven=True) for each in facts.certificates)
    if EvidenceKind.TITLE in kinds:
        changes["titles"] = tuple(replace(each, proven=True) for each in facts.titles)
    if EvidenceKind.EDUCATION in kinds:
        changes["diplomas"] = tuple(replace(each, proven=True) for each in facts.diplomas)
    if EvidenceKind.OTHER in kinds:
        changes["excellence_proven"] = True
    if facts.claim_evidence in kinds:
        changes["claim_proven"] = True
        changes["one_x"] = tuple((grade, True) for grade, _proven in facts.one_x)
    return replace(facts, **changes) if changes else facts  # type: ignore[arg-type]
