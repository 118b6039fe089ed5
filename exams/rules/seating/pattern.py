"""One room: which paper lies on which place, so that equal papers are apart. Solved once per mix.

The rooms of a sitting share few mixes of papers, so a good search here costs little in total.
A room that is not full uses its first places, unless leaving others empty keeps more apart.
"""

import math
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from exams.rules.seating.bounds import least_diagonals, least_pairs
from exams.rules.seating.numbering import path
from exams.rules.seating.problem import Numbering, Place, RoomShape

SIDE = 64
ROUNDS = 10
STEPS_PER_PLACE = 220
HOT, COLD = 3.0, 0.12
Links = tuple[tuple[tuple[int, int], ...], ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The places used in a room in their numbered order, and who neighbours whom."""

    places: tuple[Place, ...]
    links: Links


@dataclass(frozen=True, slots=True)
class Pattern:
    """The places used in a room and, for each of them, the paper as an index into the quotas."""

    room: Layout
    papers: tuple[int, ...]


@lru_cache(maxsize=1024)
def layout(shape: RoomShape, used: int, numbering: Numbering) -> Layout:
    """The first `used` places of the room; accessible places are used before others are."""
    return _linked(_first(path(shape, numbering), used, shape.accessible))


def _linked(places: tuple[Place, ...]) -> Layout:
    """A link is (index of the neighbour, weight)."""
    index = {place: at for at, place in enumerate(places)}
    links = []
    for row, column in places:
        near = []
        for down in (-1, 0, 1):
            for right in (-1, 0, 1):
                at = index.get((row + down, column + right))
                if at is not None and (down or right):
                    near.append((at, 1 if down and right else SIDE))
        links.append(tuple(near))
    return Layout(places, tuple(links))


def _first(places: Sequence[Place], used: int, accessible: frozenset[Place]) -> tuple[Place, ...]:
    ranked = sorted(range(len(places)), key=lambda at: (places[at] not in accessible, at))
    return tuple(places[at] for at in sorted(ranked[:used]))


@lru_cache(maxsize=4096)
def patterns(
    shape: RoomShape, quotas: tuple[int, ...], numbering: Numbering
) -> tuple[Pattern, ...]:
    """The best pattern found; equally good mirror images come with it.

    `quotas` are the candidates per paper, largest first. The search starts from places grouped so
    that no two of a group touch, is seeded by its own input and stops at the room's bound.
    """
    used, target = sum(quotas), _target(shape, quotas)
    rng = Random(f"{shape.rows}x{shape.columns}:{quotas}")  # noqa: S311
    room = layout(shape, used, numbering)
    starts = [_spread(room, quotas), _spread(room, quotas, by_parity=True)]
    best, cost = _search(room, starts, rng, target)
    whole = _linked(path(shape, numbering))
    if cost > target and used < len(whole.places):
        kept = shape.accessible.intersection(room.places)
        starts = _with_gaps(room, best, whole, quotas, kept)
        looser, less = _search(whole, starts, rng, target, kept)
        if less < cost:
            room, best = whole, looser
    return _images(room, best)


def _search(
    room: Layout,
    starts: Sequence[list[int]],
    rng: Random,
    target: int,
    kept: Container[Place] = (),
) -> tuple[list[int], int]:
    """The best colours found and their cost; the places `kept` are not left empty."""
    best, best_cost = starts[0], math.inf
    held = {at for at, place in enumerate(room.places) if place in kept}
    for turn in range(ROUNDS):
        colours = list(starts[turn] if turn < len(starts) else best)
        cost = _anneal(room, colours, rng, target, held)
        if cost < best_cost:
            best, best_cost = colours, cost
        if best_cost <= target:
            break
    return best, int(best_cost)


def _with_gaps(
    room: Layout,
    colours: Sequence[int],
    whole: Layout,
    quotas: Sequence[int],
    kept: Container[Place],
) -> list[list[int]]:
    """Ways to begin with all places of the room; each empty one is a colour of its own, below 0.

    So no two empty places count as equal: as found on the first places, and dealt with the empty
    places as the last paper, which leaves them behind the others.
    """
    found = dict(zip(room.places, colours, strict=True))
    starts = [[found.get(place, -1 - at) for at, place in enumerate(whole.places)]]
    empty = len(whole.places) - sum(quotas)
    for by_parity in (False, True):
        dealt = _spread(whole, (*quotas, empty), by_parity=by_parity)
        starts.append(
            [-1 - at if paper == len(quotas) else paper for at, paper in enumerate(dealt)]
        )
    return [each for each in starts if _keeps(whole, each, kept)]


def _keeps(room: Layout, colours: Sequence[int], kept: Container[Place]) -> bool:
    return not any(
        colour < 0 and place in kept for place, colour in zip(room.places, colours, strict=True)
    )


def _target(shape: RoomShape, quotas: Sequence[int]) -> int:
    """The cost no pattern can beat, as far as it is known."""
    sides, diagonals = least_pairs(shape), least_diagonals(shape)
    cost = SIDE * sum(sides[quota] for quota in quotas)
    if cost or diagonals is None:
        return cost
    if max(quotas) >= len(diagonals):
        return SIDE
    return sum(diagonals[quota] for quota in quotas)


def _spread(room: Layout, quotas: Sequence[int], *, by_parity: bool = False) -> list[int]:
    """Deal the papers over the four groups of places that never touch, largest group first.

    `by_parity` puts the two groups that touch only at corners one after the other: few large
    papers then lie like the colours of a chessboard, which swapping alone rarely finds.
    """
    groups: dict[tuple[int, int], list[int]] = {}
    for at, (row, column) in enumerate(room.places):
        groups.setdefault((row % 2, column % 2), []).append(at)
    keys = sorted(groups, key=lambda key: (-len(groups[key]), key))
    if by_parity:
        first = sum(keys[0]) % 2
        keys.sort(key=lambda key: sum(key) % 2 != first)
    order = [at for key in keys for at in groups[key]]
    dealt = [paper for paper, quota in enumerate(quotas) for _ in range(quota)]
    colours = [0] * len(order)
    for at, paper in zip(order, dealt, strict=True):
        colours[at] = paper
    return colours


def _cost_at(links: Links, colours: Sequence[int], at: int, colour: int) -> int:
    return sum(weight for other, weight in links[at] if colours[other] == colour)


def _total(room: Layout, colours: Sequence[int]) -> int:
    return sum(_cost_at(room.links, colours, at, own) for at, own in enumerate(colours)) // 2


def _anneal(
    room: Layout, colours: list[int], rng: Random, target: int, held: Container[int]
) -> int:
    """Swap places while it pays, now and then when it does not; leaves the best in `colours`.

    A place that is `held` does not become empty.
    """
    links, count = room.links, len(colours)
    cost = _total(room, colours)
    if cost <= target or len(set(colours)) < 2:  # noqa: PLR2004 - one paper cannot be swapped
        return cost
    best, best_cost = colours[:], cost
    steps = STEPS_PER_PLACE * count
    cooling = (COLD / HOT) ** (1 / steps)
    heat = HOT
    for _ in range(steps):
        heat *= cooling
        one, two = int(rng.random() * count), int(rng.random() * count)
        change = _swap_change(links, colours, one, two)
        if change is None or (change > 0 and rng.random() >= math.exp(-change / heat)):
            continue
        if held and _empties(colours, held, one, two):
            continue
        colours[one], colours[two] = colours[two], colours[one]
        cost += change
        if cost < best_cost:
            best, best_cost = colours[:], cost
            if cost <= target:
                break
    colours[:] = best
    return best_cost


def _swap_change(links: Links, colours: Sequence[int], one: int, two: int) -> int | None:
    """By how much the cost rises when two places change papers; None when nothing changes."""
    first, second = colours[one], colours[two]
    if first == second:
        return None
    change = 0
    for other, weight in links[one]:
        if other != two:
            own = colours[other]
            change += weight * ((own == second) - (own == first))
    for other, weight in links[two]:
        if other != one:
            own = colours[other]
            change += weight * ((own == first) - (own == second))
    return change


def _empties(colours: Sequence[int], held: Container[int], one: int, two: int) -> bool:
    return (colours[one] < 0 and two in held) or (colours[two] < 0 and one in held)


def _images(room: Layout, colours: Sequence[int]) -> tuple[Pattern, ...]:
    """The pattern and those of its mirror images that use the same places."""
    taken = [(place, own) for place, own in zip(room.places, colours, strict=True) if own >= 0]
    used = _linked(tuple(place for place, _ in taken))
    by_place = dict(taken)
    rows = max(row for row, _ in used.places) + 1
    columns = max(column for _, column in used.places) + 1
    images = [Pattern(used, tuple(by_place.values()))]
    for flip_rows, flip_columns in ((True, False), (False, True), (True, True)):
        flipped = [
            (rows - row if flip_rows else row, columns - column if flip_columns else column)
            for row, column in used.places
        ]
        if all(place in by_place for place in flipped):
            images.append(Pattern(used, tuple(by_place[place] for place in flipped)))
    return tuple(images)
