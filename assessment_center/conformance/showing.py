"""How a run is shown: narrowed by what is asked, counted, and gathered by area."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment_center.conformance.enums import State
from assessment_center.conformance.labels import STATE_LABELS, STATE_TONES
from assessment_center.conformance.running import RuleResult, counts
from assessment_center.registry.entries import StageState

SETTLED = {State.PASSED, State.CONFIRMED, State.ENFORCED}
TILES: tuple[tuple[str | Promise, str | Promise, tuple[State, ...]], ...] = (
    (_("系统保证"), _("违反的操作做不成"), (State.ENFORCED,)),
    (_("系统核对"), _("对照本批次的记录"), (State.PASSED, State.FAILED, State.WAITING)),
    (_("人工确认"), _("由人核对并签认"), (State.CONFIRMED, State.MANUAL)),
    (_("不适用"), _("规程未作规定，或不涉及本软件"), (State.NOT_APPLICABLE,)),
    (_("尚无检查"), _("还没有核对的办法"), (State.OPEN,)),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader narrowed the page to."""

    state: str = ""
    area: str = ""
    q: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "Asked":
        return cls(*(given.get(key, "").strip() for key in ("state", "area", "q")))

    @property
    def anything(self) -> bool:
        return bool(self.state or self.area or self.q)

    def fits(self, result: RuleResult) -> bool:
        if self.state and result.state != self.state:
            return False
        if self.area and str(result.area) != self.area:
            return False
        text = f"{result.rule} {result.title} {result.detail} {result.area_name}".lower()
        return all(word in text for word in self.q.lower().split())

    def query(self, **changed: str) -> str:
        """The address of the page with this changed, the rest as it is."""
        wanted = {"state": self.state, "area": self.area, "q": self.q} | changed
        return "?" + urlencode({key: text for key, text in wanted.items() if text})


@dataclass(frozen=True, slots=True)
class Tile:
    """One of the five ways a rule is kept, with how many rules are kept so."""

    label: str | Promise
    text: str | Promise
    n: int
    parts: Sequence[tuple[StageState, str | Promise, int]]


@dataclass(frozen=True, slots=True)
class Shown:
    result: RuleResult
    label: str | Promise
    tone: StageState


@dataclass(frozen=True, slots=True)
class Area:
    """One area: its rows, and what of it wants attention."""

    number: int
    name: str
    rows: Sequence[Shown]
    settled: int
    chips: Sequence[tuple[StageState, str | Promise, int]]
    open: bool


def tiles_of(results: list[RuleResult]) -> list[Tile]:
    """The five ways, each with its parts when it has several states."""
    found = counts(results)
    return [
        Tile(label, text, sum(found.get(s, 0) for s in states), _parts(found, states))
        for label, text, states in TILES
    ]


def _parts(
    found: Mapping[str, int], states: Sequence[State]
) -> list[tuple[StageState, str | Promise, int]]:
    if len(states) == 1:
        return []
    return [(STATE_TONES[s], STATE_LABELS[s], found[s]) for s in states if s in found]


def chips_of(results: list[RuleResult], asked: Asked) -> list[dict[str, object]]:
    """A filter for every state that occurs; a second click on the chosen one takes it off."""
    return [
        {
            "label": STATE_LABELS[State(state)],
            "tone": STATE_TONES[State(state)],
            "n": n,
            "chosen": asked.state == state,
            "url": asked.query(state="" if asked.state == state else state),
        }
        for state, n in counts(results).items()
    ]


def areas_of(results: list[RuleResult], asked: Asked) -> list[Area]:
    """The rows that fit, by area; whatever was asked for, or is broken, stands open."""
    fitting = [each for each in results if asked.fits(each)]
    return [
        _area(number, name, list(rows), asked)
        for (number, name), rows in groupby(fitting, key=lambda r: (r.area, r.area_name))
    ]


def _area(number: int, name: str, rows: list[RuleResult], asked: Asked) -> Area:
    found = counts(rows)
    wanting = (State.FAILED, State.MANUAL, State.OPEN)
    return Area(
        number,
        name,
        [Shown(each, STATE_LABELS[each.state], STATE_TONES[each.state]) for each in rows],
        sum(found.get(state, 0) for state in SETTLED),
        [(STATE_TONES[s], STATE_LABELS[s], found[s]) for s in wanting if s in found],
        asked.anything or State.FAILED in found,
    )
