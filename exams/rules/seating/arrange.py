"""The plan: even quotas of every paper per room, a good pattern per room, swaps for classes."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import partial
from random import Random

from exams.rules.seating.accessible import seat_accessibly
from exams.rules.seating.bounds import lower_bound, spare
from exams.rules.seating.capacity import fill
from exams.rules.seating.classes import separate
from exams.rules.seating.draw import generator
from exams.rules.seating.holes import is_phantom, leave_crowded, one_a_room, phantoms
from exams.rules.seating.numbering import path
from exams.rules.seating.pattern import Layout, layout, patterns
from exams.rules.seating.problem import (
    Candidate,
    Hole,
    Mixing,
    Numbering,
    Place,
    Plan,
    RoomShape,
    Seated,
)
from exams.rules.seating.quality import measure

ALGORITHM = "quota-pattern-swap/4"
APART = ((1, 1), (0, 0), (1, 0), (0, 1))


def arrange(
    shapes: Sequence[RoomShape],
    candidates: Sequence[Candidate],
    *,
    key: str,
    numbering: Numbering = "row_major",
    mixing: Mixing = "mixed",
    reserve: int = 0,
) -> Plan:
    """Seat every candidate once; equal neighbours as few as found, lexicographically.

    `mixing`: "mixed" spreads every paper over all rooms; "few" puts few papers into each room,
    as four parts that lie apart, so that packets are packed easily; "by_paper" keeps a paper's
    candidates in as few rooms as possible; "by_lot" only draws places (practical, where all do
    the same task). `reserve` places a room are kept free for late ones, as far as seats suffice.
    Raises `CapacityError` when the rooms are too small, `AccessibleError` when accessible places
    are too few, `ValueError` on a repeated id.
    """
    people = sorted(candidates, key=lambda each: each.id)
    if len({each.id for each in people}) != len(people):
        message = "a candidate is listed twice"
        raise ValueError(message)
    papers = Counter(each.paper for each in people)
    free = sum(shape.capacity for shape in shapes) - len(people)
    extra = phantoms(papers, min(reserve * len(shapes), free), partial(spare, shapes))
    numbers = fill(shapes, len(people) + len(extra))
    rng = generator(key, ALGORITHM)
    if mixing == "by_lot":
        rooms = _by_lot(people + extra, numbers, rng)
        layouts = [layout(*each, numbering) for each in zip(shapes, numbers, strict=True)]
        seat_accessibly(shapes, rooms, layouts)
    else:
        turns = _parts(shapes, numbers) if mixing == "few" else _turns(numbers, mixing, rng)
        rooms, layouts = _by_quota(shapes, people + extra, turns, numbering, rng)
        pinned = seat_accessibly(shapes, rooms, layouts) | _phantom_seats(rooms)
        separate(rooms, [each.links for each in layouts], rng, pinned)
    seats, holes = _seated(rooms, layouts)
    grids = _grids(seats, len(shapes))
    return Plan(seats, holes, measure(grids), lower_bound(shapes, papers), ALGORITHM)


def _phantom_seats(rooms: Sequence[Sequence[Candidate]]) -> set[tuple[int, int]]:
    return {
        (room, at)
        for room, people in enumerate(rooms)
        for at, each in enumerate(people)
        if is_phantom(each)
    }


def _by_lot(people: list[Candidate], numbers: Sequence[int], rng: Random) -> list[list[Candidate]]:
    rng.shuffle(people)
    start, rooms = 0, []
    for number in numbers:
        rooms.append(people[start : start + number])
        start += number
    return rooms


def _by_quota(
    shapes: Sequence[RoomShape],
    people: Sequence[Candidate],
    turns: Sequence[int],
    numbering: Numbering,
    rng: Random,
) -> tuple[list[list[Candidate]], list[Layout]]:
    """Deal in the order of `turns`, then lay each room; its people and places agree by index."""
    dealt: list[dict[str, list[Candidate]]] = [defaultdict(list) for _ in shapes]
    for room, candidate in zip(turns, _dealing_order(people, rng), strict=True):
        dealt[room][candidate.paper].append(candidate)
    one_a_room(dealt, rng)
    rooms, layouts = [], []
    for shape, stacks in zip(shapes, dealt, strict=True):
        seated, places = _place(shape, stacks, numbering, rng)
        leave_crowded(seated, places)
        rooms.append(seated)
        layouts.append(places)
    return rooms, layouts


def _turns(numbers: Sequence[int], mixing: Mixing, rng: Random) -> list[int]:
    """The rooms in the order in which they are dealt to; mixed: in laps, all evenly."""
    if mixing == "by_paper":
        return [room for room, number in enumerate(numbers) for _ in range(number)]
    lot = list(range(len(numbers)))
    rng.shuffle(lot)
    laps = [
        ((2 * turn + 1) / number, lot[room], room)
        for room, number in enumerate(numbers)
        for turn in range(number)
    ]
    laps.sort()
    return [room for _, _, room in laps]


def _parts(shapes: Sequence[RoomShape], numbers: Sequence[int]) -> list[int]:
    """The list in four parts, each laid along all rooms as large as the places that lie apart.

    Parts that follow each other touch only at corners, so a paper that fills two stays apart.
    What a room leaves empty is missing from its last parts.
    """
    turns: dict[Place, list[int]] = {part: [] for part in APART}
    for room, (shape, number) in enumerate(zip(shapes, numbers, strict=True)):
        counts = Counter((row % 2, column % 2) for row, column in path(shape, "row_major"))
        taken = 0
        for part in APART:
            more = min(number - taken, counts[part])
            turns[part] += [room] * more
            taken += more
    return [room for part in APART for room in turns[part]]


def _dealing_order(people: Sequence[Candidate], rng: Random) -> list[Candidate]:
    """Papers by number, largest first; inside a paper class by class, so classmates part."""
    papers = Counter(each.paper for each in people)
    groups = sorted({each.group for each in people})
    rng.shuffle(groups)
    rank = {group: at for at, group in enumerate(groups)}
    shuffled = list(people)
    rng.shuffle(shuffled)
    shuffled.sort(key=lambda each: (-papers[each.paper], each.paper, rank[each.group]))
    return shuffled


def _place(
    shape: RoomShape, stacks: dict[str, list[Candidate]], numbering: Numbering, rng: Random
) -> tuple[list[Candidate], Layout]:
    """Lay one room's candidates on its pattern, in the order of its places."""
    order = sorted(stacks, key=lambda paper: (-len(stacks[paper]), paper))
    if not order:
        return [], layout(shape, 0, numbering)
    images = patterns(shape, tuple(len(stacks[paper]) for paper in order), numbering)
    image = images[int(rng.random() * len(images))]
    rest = []
    for paper in order:
        stack = list(stacks[paper])
        rng.shuffle(stack)
        rest.append(iter(stack))
    return [next(rest[paper]) for paper in image.papers], image.room


def _seated(
    rooms: Sequence[Sequence[Candidate]], layouts: Sequence[Layout]
) -> tuple[tuple[Seated, ...], tuple[Hole, ...]]:
    seats, holes = [], []
    for at, (room, laid) in enumerate(zip(rooms, layouts, strict=True)):
        for number, (each, (row, column)) in enumerate(zip(room, laid.places, strict=True), 1):
            if is_phantom(each):
                holes.append(Hole(at, number, row, column, each.paper))
            else:
                seats.append(Seated(each, at, number, row, column))
    return tuple(seats), tuple(holes)


def _grids(seats: Sequence[Seated], rooms: int) -> list[dict[tuple[int, int], tuple[str, str]]]:
    grids: list[dict[tuple[int, int], tuple[str, str]]] = [{} for _ in range(rooms)]
    for seat in seats:
        grids[seat.room][seat.row, seat.column] = (seat.candidate.paper, seat.candidate.group)
    return grids
