"""Who needs an accessible place gets one; a candidate of the same paper gives it where possible."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from exams.rules.seating.capacity import AccessibleError
from exams.rules.seating.pattern import Layout
from exams.rules.seating.problem import Candidate, RoomShape

Seat = tuple[int, int]
Rooms = list[list[Candidate]]


def seat_accessibly(
    shapes: Sequence[RoomShape], rooms: Rooms, layouts: Sequence[Layout]
) -> set[Seat]:
    """Swap in place; returns the seats (room, index) that must not be swapped any more.

    Raises `AccessibleError` when the rooms in use have too few such places.
    """
    needing = [
        (room, at) for room, own in enumerate(rooms) for at, one in enumerate(own) if one.accessible
    ]
    if not needing:
        return set()
    fit = set(_fit(shapes, rooms, layouts))
    if len(fit) < len(needing):
        raise AccessibleError(len(needing) - len(fit))
    settled = {seat for seat in needing if seat in fit}
    free: dict[str, list[Seat]] = defaultdict(list)
    for room, at in sorted(fit - settled):
        free[rooms[room][at].paper].append((room, at))
    for seat in needing:
        if seat not in settled:
            settled.add(_swap(rooms, layouts, seat, free))
    return settled


def _fit(shapes: Sequence[RoomShape], rooms: Rooms, layouts: Sequence[Layout]) -> Iterator[Seat]:
    for room, (shape, people) in enumerate(zip(shapes, rooms, strict=True)):
        for at, place in enumerate(layouts[room].places[: len(people)]):
            if place in shape.accessible:
                yield room, at


def _swap(rooms: Rooms, layouts: Sequence[Layout], seat: Seat, free: dict[str, list[Seat]]) -> Seat:
    """Take a free accessible seat: one of the same paper, else where least is lost."""
    own = rooms[seat[0]][seat[1]]
    options = free[own.paper] or [each for seats in free.values() for each in seats]
    target = min(options, key=lambda each: (_weight(rooms, layouts, each, own.paper), each))
    other = rooms[target[0]][target[1]]
    free[other.paper].remove(target)
    rooms[seat[0]][seat[1]], rooms[target[0]][target[1]] = other, own
    return target


def _weight(rooms: Rooms, layouts: Sequence[Layout], seat: Seat, paper: str) -> int:
    room, at = seat
    links = layouts[room].links[at]
    return sum(weight for other, weight in links if rooms[room][other].paper == paper)
