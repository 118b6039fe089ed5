"""The parts a verdict is shown in, as `templates/candidates/_verdict.html` reads them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from assessment_center.catalog.labels import LEVEL_LABELS, NO_LEVEL_LABEL
from assessment_center.registry import Citation, Refused
from assessment_center.registry.entries import StageState
from candidates.enums import Finding
from candidates.models import Evidence
from candidates.rules.eligibility import Truth

Chip = tuple[StageState, str | Promise]
TRUTH_CHIPS: dict[Truth, Chip] = {
    Truth.TRUE: ("done", gettext_lazy("成立")),
    Truth.UNPROVEN: ("due", gettext_lazy("待证明")),
    Truth.FALSE: ("idle", gettext_lazy("不成立")),
}
STATES: dict[Finding, StageState] = {
    Finding.ELIGIBLE: "done",
    Finding.UNPROVEN: "due",
    Finding.INELIGIBLE: "idle",
}


WORDS: dict[StageState, Promise] = {
    "done": gettext_lazy("符合"),
    "due": gettext_lazy("待证明"),
    "idle": gettext_lazy("还不符合"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement: what is asked, the fact, and what proves it or would."""

    chip: Chip
    requirement: str
    fact: str
    proof: str = ""
    wanted: tuple[str | Promise, ...] = ()
    pieces: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """One condition with its requirements; `decides`: the answer rests on it."""

    chip: Chip
    label: str
    citations: tuple[Citation, ...]
    lines: tuple[Line, ...]
    decides: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the candidate stands at one level: the nearest condition and what it still lacks.

    `kinds` are the kinds of material that alone are missing, in the order of their trouble.
    """

    level: int | None
    state: StageState
    said: str
    label: str = ""
    citations: tuple[Citation, ...] = ()
    evidence: tuple[str | Promise, ...] = ()
    unmet: tuple[Line, ...] = ()
    unsettled: tuple[Line, ...] = ()
    here: bool = False
    kinds: tuple[str, ...] = ()

    @property
    def chip(self) -> Chip:
        """The state and its word."""
        return self.state, WORDS[self.state]

    @property
    def name(self) -> str | Promise:
        return NO_LEVEL_LABEL if self.level is None else LEVEL_LABELS[self.level]


@dataclass(frozen=True, slots=True)
class Judged:
    """All that is shown; `barred` are refusals that hold whatever the facts are."""

    here: Standing
    others: tuple[Standing, ...]
    ways: tuple[Way, ...]
    barred: tuple[Refused, ...] = ()
