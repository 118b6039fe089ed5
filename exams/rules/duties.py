"""Who serves where: every need filled by a qualified, free person; even load, changing faces."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

PLAIN_POST = {"panel_leader": "assessor"}


@dataclass(frozen=True, slots=True)
class Need:
    """`number` people for one post of one room (`room` None: the whole sitting).

    `avoid` may not be taken at all; `rather_not` only when nobody else is left.
    """

    room: UUID | None
    post: str
    number: int
    eligible: frozenset[UUID]
    avoid: frozenset[UUID] = frozenset()
    rather_not: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Placement:
    room: UUID | None
    post: str
    member: UUID


@dataclass(frozen=True, slots=True)
class Shortage:
    room: UUID | None
    post: str
    missing: int


@dataclass(frozen=True, slots=True)
class Assignment:
    placements: tuple[Placement, ...]
    shortages: tuple[Shortage, ...]


@dataclass(frozen=True, slots=True)
class Staff:
    """Who is there: load so far, posts held in the batch, who served last time, who is busy."""

    load: Mapping[UUID, int] = field(default_factory=dict)
    held: Mapping[UUID, frozenset[str]] = field(default_factory=dict)
    last: frozenset[UUID] = frozenset()
    busy: frozenset[UUID] = frozenset()
    pairs: tuple[tuple[str, str], ...] = ()


def assign(needs: Sequence[Need], staff: Staff, rng: Random) -> Assignment:
    """Fill the needs, those with the fewest candidates first; nobody stands on two posts.

    Hard: qualification, avoidance, being free, posts that exclude each other. Soft, in this
    order: no teacher of the candidates, the load so far, people who did not serve last time.
    """
    taken: set[UUID] = set(staff.busy)
    load = Counter(dict(staff.load))
    lot = {member: rng.random() for member in _everybody(needs)}
    placements, shortages = [], []
    for need in sorted(needs, key=lambda each: len(each.eligible - each.avoid) - each.number):
        free = [
            member
            for member in need.eligible - need.avoid - taken
            if not excluded(need.post, staff.held.get(member, frozenset()), staff.pairs)
        ]
        free.sort(key=_preference(need, load, staff.last, lot))
        for member in free[: need.number]:
            taken.add(member)
            load[member] += 1
            placements.append(Placement(need.room, need.post, member))
        if len(free) < need.number:
            shortages.append(Shortage(need.room, need.post, need.number - len(free)))
    return Assignment(tuple(placements), tuple(shortages))


def _preference(
    need: Need, load: Mapping[UUID, int], last: frozenset[UUID], lot: Mapping[UUID, float]
) -> Callable[[UUID], tuple[bool, int, bool, float]]:
    """Who comes first: unconcerned, least loaded, not of the last panel, then the lot."""

    def order(member: UUID) -> tuple[bool, int, bool, float]:
        return (member in need.rather_not, load[member], member in last, lot[member])

    return order


def _everybody(needs: Sequence[Need]) -> list[UUID]:
    return sorted({member for need in needs for member in need.eligible})


def plain(post: str) -> str:
    """A panel's leader is one of its assessors."""
    return PLAIN_POST.get(post, post)


def excluded(post: str, held: Collection[str], pairs: Sequence[tuple[str, str]]) -> bool:
    """Does a post already held exclude this one?"""
    own, others = plain(post), {plain(each) for each in held}
    return any(own in pair and (set(pair) - {own}) & others for pair in pairs)


def odd_at_least(number: int, *, odd: bool) -> int:
    """The panel's size: the least number, made odd where the rulebook wants it."""
    return number + 1 if odd and number % 2 == 0 else number


def changed_share(now: Collection[UUID], before: Collection[UUID]) -> float:
    """The share of today's panel that did not serve last time; 1 without a last time."""
    if not now or not before:
        return 1.0
    return len(set(now) - set(before)) / len(set(now))
