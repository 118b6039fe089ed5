"""What no plan can beat: per paper, the least number of equal neighbours the rooms allow."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from exams.rules.seating.problem import RoomShape
from exams.rules.seating.quality import Bound

EXACT_SIDE = 6
EXACT_DIAGONAL_SIDE = 10
Least = tuple[int, ...]
Step = tuple[float, int]
Cost = Callable[[int, int], int]


def lower_bound(shapes: Sequence[RoomShape], papers: Mapping[str, int]) -> Bound:
    """Sum over the papers of the least pairs for their number of candidates.

    Exact in each open room of up to six rows or columns, convexified over the rooms; elsewhere
    from the degrees of the places. The diagonal bound holds for plans without side pairs and is
    None where the pair bound is above zero, or a room is irregular.
    """
    kinds = Counter(shapes)
    steps = _merged((_steps(least_pairs(shape)), count) for shape, count in kinds.items())
    pairs = sum(_take(steps, number) for number in papers.values())
    if pairs or any(least_diagonals(shape) is None for shape in kinds):
        return Bound(pairs, None)
    steps = _merged((_steps(least_diagonals(shape) or (0,)), n) for shape, n in kinds.items())
    return Bound(0, sum(_take(steps, number) for number in papers.values()))


@lru_cache(maxsize=256)
def least_pairs(shape: RoomShape) -> Least:
    """For m = 0, 1, …: the least side and front neighbours among m equal papers in the room."""
    low, high = sorted((shape.rows, shape.columns))
    if shape.blocked or low > EXACT_SIDE:
        return _by_degrees(shape)
    states = list(range(1 << low))
    inside = {state: (state & (state >> 1)).bit_count() for state in states}
    return _columnwise(states, inside, high, _touching)[: shape.capacity + 1]


@lru_cache(maxsize=256)
def least_diagonals(shape: RoomShape) -> Least | None:
    """For m = 0, 1, …: the least diagonal pairs among m equal papers none of which touch."""
    low, high = sorted((shape.rows, shape.columns))
    if shape.blocked or low > EXACT_DIAGONAL_SIDE:
        return None
    states = [state for state in range(1 << low) if not state & (state >> 1)]
    inside = dict.fromkeys(states, 0)
    return _columnwise(states, inside, high, _diagonal)[: shape.capacity + 1]


NEVER = 10**9


def _touching(left: int, right: int) -> int:
    return (left & right).bit_count()


def _diagonal(left: int, right: int) -> int:
    if left & right:
        return NEVER
    return (left & (right << 1)).bit_count() + (left & (right >> 1)).bit_count()


def _columnwise(states: list[int], inside: Mapping[int, int], columns: int, between: Cost) -> Least:
    """Least cost by number of places taken, one column after the other."""
    best = {state: {state.bit_count(): inside[state]} for state in states}
    for _ in range(columns - 1):
        following: dict[int, dict[int, int]] = {state: {} for state in states}
        for left in states:
            for right in states:
                extra = between(left, right) + inside[right]
                if extra < NEVER:
                    _relax(best[left], following[right], right.bit_count(), extra)
        best = following
    most = max(m for costs in best.values() for m in costs)
    return tuple(min(costs.get(m, NEVER) for costs in best.values()) for m in range(most + 1))


def _relax(source: Mapping[int, int], target: dict[int, int], more: int, extra: int) -> None:
    for taken, cost in source.items():
        number = taken + more
        if cost + extra < target.get(number, NEVER):
            target[number] = cost + extra


def _by_degrees(shape: RoomShape) -> Least:
    """Every place left out removes at most its own neighbours from all the pairs there are."""
    places = {
        (row, column) for row in range(1, shape.rows + 1) for column in range(1, shape.columns + 1)
    } - shape.blocked
    degrees = sorted(
        sum((row + a, column + b) in places for a, b in ((0, 1), (1, 0), (0, -1), (-1, 0)))
        for row, column in places
    )
    edges = sum(degrees) // 2
    return tuple(max(0, edges - sum(degrees[m:])) for m in range(shape.capacity + 1))


def _steps(least: Least) -> list[Step]:
    """The convex hull from below as (rise per candidate, number of candidates)."""
    hull: list[tuple[int, int]] = []
    for point in enumerate(least):
        while len(hull) > 1 and _rises_less(hull[-2], hull[-1], point):
            hull.pop()
        hull.append(point)
    return [((y - v) / (x - u), x - u) for (u, v), (x, y) in pairwise(hull)]


def _rises_less(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> bool:
    return (b[1] - a[1]) * (c[0] - a[0]) >= (c[1] - a[1]) * (b[0] - a[0])


def _merged(kinds: Iterable[tuple[list[Step], int]]) -> list[Step]:
    return sorted((rise, length * count) for steps, count in kinds for rise, length in steps)


def _take(steps: Sequence[Step], number: int) -> int:
    """Place `number` equal papers where they cost least; rounded down."""
    total, left = 0.0, number
    for rise, length in steps:
        part = min(left, length)
        total += rise * part
        left -= part
    return int(total + 1e-9)
