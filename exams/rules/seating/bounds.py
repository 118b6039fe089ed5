"""What no plan can beat: per paper, the least number of equal neighbours the rooms allow."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial
from itertools import pairwise

from exams.rules.seating.problem import Place, RoomShape
from exams.rules.seating.quality import Bound

EXACT_SIDE = 10
EXACT_DIAGONAL_SIDE = 14
Least = tuple[int, ...]
Step = tuple[float, int]


def lower_bound(shapes: Sequence[RoomShape], papers: Mapping[str, int]) -> Bound:
    """Sum over the papers of the least pairs for their number of candidates.

    Exact in each room of up to ten rows or columns, whatever places are missing, convexified
    over the rooms; elsewhere from the degrees of the places. The diagonal bound holds for plans
    without side pairs and is None where the pair bound is above zero, or a room is too large.
    """
    kinds = Counter(shapes)
    steps = _pair_steps(kinds)
    pairs = sum(_take(steps, number) for number in papers.values())
    if pairs or any(least_diagonals(shape) is None for shape in kinds):
        return Bound(pairs, None)
    steps = _merged((_steps(least_diagonals(shape) or (0,)), n) for shape, n in kinds.items())
    return Bound(0, sum(_take(steps, number) for number in papers.values()))


def spare(shapes: Sequence[RoomShape], number: int) -> int:
    """How many more of one paper sit in these rooms without another pair being forced."""
    steps = _pair_steps(Counter(shapes))
    most = sum(length for _, length in steps)
    least = _take(steps, number)
    costs_more = bisect_right(range(most + 1), least, lo=number, key=partial(_take, steps))
    return costs_more - 1 - number


def _pair_steps(kinds: Mapping[RoomShape, int]) -> list[Step]:
    return _merged((_steps(least_pairs(shape)), count) for shape, count in kinds.items())


@lru_cache(maxsize=256)
def least_pairs(shape: RoomShape) -> Least:
    """For m = 0, 1, …: the least side and front neighbours among m equal papers in the room."""
    if min(shape.rows, shape.columns) > EXACT_SIDE:
        return _by_degrees(shape)
    return _place_by_place(shape, corners=False)


@lru_cache(maxsize=256)
def least_diagonals(shape: RoomShape) -> Least | None:
    """For m = 0, 1, …: the least diagonal pairs among m equal papers none of which touch.

    Ends with the largest m for which none need touch.
    """
    if min(shape.rows, shape.columns) > EXACT_DIAGONAL_SIDE:
        return None
    return _place_by_place(shape, corners=True)


NEVER = 10**9


def _place_by_place(shape: RoomShape, *, corners: bool) -> Least:
    """Least cost by number of places taken, along the shorter side, one place after the other.

    A state is which of the last places are taken, as bits, the latest lowest; as many as reach
    back to the neighbour in front, or with `corners` to the one diagonally in front.
    """
    width, cells = _lines(shape)
    keep = (1 << (width + corners)) - 1
    best: dict[int, list[int]] = {0: [0]}
    for at, there in enumerate(cells):
        column = at % width
        following: dict[int, list[int]] = {}
        for state, costs in best.items():
            _merge(following, (state << 1) & keep, costs)
            extra = _touched(state, width, column, corners=corners)
            if there and extra < NEVER:
                taken = [NEVER, *(cost + extra for cost in costs)]
                _merge(following, (state << 1 | 1) & keep, taken)
        best = following
    most = max(len(costs) for costs in best.values())
    least = (
        min(costs[m] if m < len(costs) else NEVER for costs in best.values()) for m in range(most)
    )
    return tuple(least)[: shape.capacity + 1]


def _lines(shape: RoomShape) -> tuple[int, list[bool]]:
    """The shorter side, and for each place along it, line by line, whether there is a seat."""
    down = range(1, shape.rows + 1)
    along = range(1, shape.columns + 1)
    cells: list[Place]
    if shape.rows < shape.columns:
        cells = [(row, column) for column in along for row in down]
    else:
        cells = [(row, column) for row in down for column in along]
    return min(shape.rows, shape.columns), [place not in shape.blocked for place in cells]


def _touched(state: int, width: int, column: int, *, corners: bool) -> int:
    """What one more taken place costs after `state`: pairs, or corners where none may touch."""
    front = state >> (width - 1) & 1
    side = state & 1 if column else 0
    if not corners:
        return front + side
    if front or side:
        return NEVER
    left = state >> width & 1 if column else 0
    right = state >> (width - 2) & 1 if 0 <= column < width - 1 else 0
    return left + right


def _merge(into: dict[int, list[int]], state: int, costs: list[int]) -> None:
    known = into.get(state)
    if known is None:
        into[state] = costs
        return
    longer, shorter = (known, costs) if len(known) >= len(costs) else (costs, known)
    merged = [min(pair) for pair in zip(longer, shorter, strict=False)]
    into[state] = merged + longer[len(shorter) :]


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
