"""The plan: even quotas of every paper per room, a good pattern per room, swaps for classes."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from random import Random

from exams.rules.seating.bounds import lower_bound
from exams.rules.seating.capacity import fill
from exams.rules.seating.classes import separate
from exams.rules.seating.draw import generator
from exams.rules.seating.pattern import layout, pattern
from exams.rules.seating.problem import Candidate, Mixing, Numbering, Plan, RoomShape, Seated
from exams.rules.seating.quality import measure

ALGORITHM = "quota-pattern-swap/2"


def arrange(
    shapes: Sequence[RoomShape],
    candidates: Sequence[Candidate],
    *,
    key: str,
    numbering: Numbering = "row_major",
    mixing: Mixing = "mixed",
) -> Plan:
    """Seat every candidate once; equal neighbours as few as found, lexicographically.

    `mixing`: "mixed" spreads every paper over all rooms; "by_paper" keeps a paper's candidates in
    as few rooms as possible; "by_lot" only draws places (practical, where all do the same task).
    Raises `CapacityError` when the rooms are too small, `ValueError` on a repeated id.
    """
    people = sorted(candidates, key=lambda each: each.id)
    if len({each.id for each in people}) != len(people):
        message = "a candidate is listed twice"
        raise ValueError(message)
    numbers = fill(shapes, len(people))
    rng = generator(key, ALGORITHM)
    if mixing == "by_lot":
        rooms = _by_lot(people, numbers, rng)
    else:
        rooms = _by_quota(shapes, people, numbers, numbering, mixing, rng)
    seats = tuple(_seated(shapes, rooms, numbering))
    grids = _grids(seats, len(shapes))
    papers = Counter(each.paper for each in people)
    return Plan(seats, measure(grids), lower_bound(shapes, papers), ALGORITHM)


def _by_lot(people: list[Candidate], numbers: Sequence[int], rng: Random) -> list[list[Candidate]]:
    rng.shuffle(people)
    start, rooms = 0, []
    for number in numbers:
        rooms.append(people[start : start + number])
        start += number
    return rooms


def _by_quota(
    shapes: Sequence[RoomShape],
    people: list[Candidate],
    numbers: Sequence[int],
    numbering: Numbering,
    mixing: Mixing,
    rng: Random,
) -> list[list[Candidate]]:
    turns = _turns(numbers, mixing, rng)
    dealt: list[dict[str, list[Candidate]]] = [defaultdict(list) for _ in shapes]
    for room, candidate in zip(turns, _dealing_order(people, rng), strict=True):
        dealt[room][candidate.paper].append(candidate)
    rooms = [
        _place(shape, stacks, numbering, rng) for shape, stacks in zip(shapes, dealt, strict=True)
    ]
    links = [
        layout(shape, len(room), numbering).links for shape, room in zip(shapes, rooms, strict=True)
    ]
    separate(rooms, links, rng)
    return rooms


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
) -> list[Candidate]:
    """Lay one room's candidates on its pattern, in the order of its places."""
    order = sorted(stacks, key=lambda paper: (-len(stacks[paper]), paper))
    if not order:
        return []
    quotas = tuple(len(stacks[paper]) for paper in order)
    images = pattern(shape, quotas, numbering)
    image = images[int(rng.random() * len(images))]
    rest = []
    for paper in order:
        stack = list(stacks[paper])
        rng.shuffle(stack)
        rest.append(iter(stack))
    return [next(rest[paper]) for paper in image]


def _seated(
    shapes: Sequence[RoomShape], rooms: Sequence[Sequence[Candidate]], numbering: Numbering
) -> list[Seated]:
    return [
        Seated(candidate, at, number, row, column)
        for at, (shape, room) in enumerate(zip(shapes, rooms, strict=True))
        for number, (candidate, (row, column)) in enumerate(
            zip(room, layout(shape, len(room), numbering).places, strict=True), 1
        )
    ]


def _grids(seats: Sequence[Seated], rooms: int) -> list[dict[tuple[int, int], tuple[str, str]]]:
    grids: list[dict[tuple[int, int], tuple[str, str]]] = [{} for _ in range(rooms)]
    for seat in seats:
        grids[seat.room][seat.row, seat.column] = (seat.candidate.paper, seat.candidate.group)
    return grids
