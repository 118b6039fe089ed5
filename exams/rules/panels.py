"""A panel drawn from the qualified pool: odd where ordered, led by one who may, with new faces."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from exams.rules.seating.draw import generator

ALGORITHM = "panel-1"
NO_SHARE = (0, 1)


class PoolTooSmallError(ValueError):
    """The pool of `room` holds `have` people for a panel of `need`; `leader`: nobody may lead."""

    def __init__(self, room: str, have: int, need: int, *, leader: bool = False) -> None:
        self.room, self.have, self.need, self.leader = room, have, need, leader
        super().__init__(f"{room}: {have} of {need}")


@dataclass(frozen=True, slots=True)
class PanelNeed:
    """`number` people for one room from `pool`; the first drawn of `leaders` leads.

    `last` served last time; `fresh` is the share (part, whole) that must be new.
    """

    room: str
    number: int
    pool: frozenset[str]
    leaders: frozenset[str]
    last: frozenset[str] = frozenset()
    fresh: tuple[int, int] = NO_SHARE


@dataclass(frozen=True, slots=True)
class Panel:
    """`members` begin with the leader; `rotated` is false where new faces were too few."""

    room: str
    members: tuple[str, ...]
    rotated: bool


def draw_panels(needs: Sequence[PanelNeed], *, key: str, purpose: str) -> list[Panel]:
    """Panels for every room of a sitting, nobody on two of them; scarce pools are drawn first.

    Raises `PoolTooSmallError` for a room that cannot be filled or has nobody to lead it.
    """
    rng = generator(key, purpose)
    taken: set[str] = set()
    found = []
    for need in sorted(needs, key=lambda each: (len(each.pool) - each.number, each.room)):
        panel = _draw_one(need, taken, rng)
        taken.update(panel.members)
        found.append(panel)
    return sorted(found, key=lambda each: each.room)


def _draw_one(need: PanelNeed, taken: set[str], rng: Random) -> Panel:
    free = sorted(need.pool - taken)
    if len(free) < need.number:
        raise PoolTooSmallError(need.room, len(free), need.number)
    order = rng.sample(free, len(free))
    leader = next((each for each in order if each in need.leaders), None)
    if leader is None:
        raise PoolTooSmallError(need.room, len(free), need.number, leader=True)
    wanted = fresh_wanted(need.number, need.fresh)
    rest = [each for each in order if each != leader]
    new = [each for each in rest if each not in need.last]
    missing = max(0, wanted - (leader not in need.last))
    kept = new[:missing]
    kept += [each for each in rest if each not in kept][: need.number - 1 - len(kept)]
    chosen = (leader, *kept[: need.number - 1])
    return Panel(need.room, chosen, sum(each not in need.last for each in chosen) >= wanted)


def fresh_wanted(number: int, share: tuple[int, int]) -> int:
    """How many of a panel must be new: the share, rounded up."""
    part, whole = share
    return -(-number * part // whole)


def needs_of(rows: Iterable[Mapping[str, object]]) -> list[PanelNeed]:
    """The needs as a draw keeps them in JSON, read back for a replay."""
    return [
        PanelNeed(
            str(row["room"]),
            int(str(row["number"])),
            frozenset(_texts(row["pool"])),
            frozenset(_texts(row["leaders"])),
            frozenset(_texts(row["last"])),
            _share(row["fresh"]),
        )
        for row in rows
    ]


def kept(need: PanelNeed) -> dict[str, object]:
    """A need as JSON."""
    return {
        "room": need.room,
        "number": need.number,
        "pool": sorted(need.pool),
        "leaders": sorted(need.leaders),
        "last": sorted(need.last),
        "fresh": list(need.fresh),
    }


def _texts(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []


def _share(value: object) -> tuple[int, int]:
    part, whole = _texts(value)
    return int(part), int(whole)
