"""What a rulebook asks of the institution itself: filing, regulations, plan, units (areas 1, 2)."""

from dataclasses import dataclass
from typing import Literal

from assessment_center.registry import Citation

FilingKind = Literal["initial", "incremental", "selection", "precheck"]
UnitKind = Literal["governing", "office", "group", "faculty", "support", "authority"]
Seen = Literal[
    "regulations",
    "unit_leading",
    "unit_staff",
    "unit_supervision",
    "assessors",
    "scope",
    "plan",
    "standards",
]


@dataclass(frozen=True, slots=True)
class FilingRoute:
    """Which schools hand in where (FIL-09, FIL-10, FIL-24).

    `recommends` is the body whose experts look first; without one the deciding body is asked
    directly. `ground` opens the application letter with the documents it rests on; `kinds` is what
    may be applied for.
    """

    code: str
    label: str
    receives: str
    decides: str
    kinds: tuple[FilingKind, ...]
    cite: tuple[Citation, ...]
    recommends: str = ""
    ground: str = ""


@dataclass(frozen=True, slots=True)
class FilingMaterial:
    """One paper of a filing (FIL-12); `form` is the form that makes it here.

    `only_own_spec`: due only where a line of the scope rests on an own specification.
    `by_authority`: added by the recommending body, not by the school. `optional`: added when the
    matter asks for it, never missing.
    """

    code: str
    label: str
    kinds: tuple[FilingKind, ...]
    medium: Literal["paper", "excel"]
    cite: tuple[Citation, ...]
    form: str = ""
    copies: int = 1
    only_own_spec: bool = False
    by_authority: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class FilingCriterion:
    """One row of the evaluation table (FIL-13).

    A veto row has no points and fails the whole when not met. `per_fault` is taken off for every
    fault; without it the points are given as found. `bonus` points come on top. `sees` names the
    records of the office that speak to the row, `regulations` the codes of those it looks for.
    """

    code: str
    part: str
    label: str
    standard: str
    way: str
    cite: tuple[Citation, ...]
    points: int = 0
    veto: bool = False
    bonus: bool = False
    all_or_nothing: bool = False
    per_fault: int | None = None
    sees: tuple[Seen, ...] = ()
    regulations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanChapter:
    """A chapter or section of the work plan (FIL-15); `hint` says what belongs there.

    `prints` names what the program sets below the text: the filed lines, a flow chart, the
    regulations, the units, the first batch.
    """

    code: str
    label: str
    cite: tuple[Citation, ...]
    hint: str = ""
    prints: Literal["scope", "flow", "regulations", "units", "places", "teams"] | None = None


@dataclass(frozen=True, slots=True)
class RegulationDue:
    """An internal regulation the institution must have issued (FIL-14)."""

    code: str
    label: str
    cite: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class OrgUnitRule:
    """A unit with its duties (area 2); `within` is the unit above, `head` its head's title."""

    code: str
    label: str
    kind: UnitKind
    duties: tuple[str, ...]
    cite: tuple[Citation, ...]
    within: str = ""
    head: str = ""


@dataclass(frozen=True, slots=True)
class FilingRule:
    """A sentence of areas 1 and 2 that services refuse by; `rows` are the rules it keeps.

    `pattern` is a regular expression where the sentence says how something is written.
    """

    code: str
    label: str
    rows: tuple[str, ...]
    cite: tuple[Citation, ...]
    pattern: str = ""
