"""Classmates apart: swap candidates of one paper, so that the papers stay where they lie."""

from collections import deque
from collections.abc import Container, Sequence
from random import Random

from exams.rules.seating.pattern import Links
from exams.rules.seating.problem import Candidate

TRIES = 60
VISITS = 12


def separate(
    rooms: list[list[Candidate]],
    links: Sequence[Links],
    rng: Random,
    pinned: Container[tuple[int, int]] = frozenset(),
) -> None:
    """Reduce neighbouring classmates in place; the work grows with the number of conflicts.

    A swap is made when it leaves fewer conflicts around both seats, or as many but moved on.
    Nobody leaves a seat (room, index) that is `pinned`.
    """
    seats = [
        (room, at)
        for room, people in enumerate(rooms)
        for at in range(len(people))
        if (room, at) not in pinned
    ]
    by_paper: dict[str, list[tuple[int, int]]] = {}
    for room, at in seats:
        by_paper.setdefault(rooms[room][at].paper, []).append((room, at))
    waiting = deque(seat for seat in seats if _conflicts(rooms, links, seat))
    visits = dict.fromkeys(waiting, 0)
    while waiting:
        seat = waiting.popleft()
        now = _conflicts(rooms, links, seat)
        if not now:
            continue
        visits[seat] = visits.get(seat, 0) + 1
        partners = by_paper[rooms[seat[0]][seat[1]].paper]
        moved = _improve(rooms, links, seat, partners, rng)
        left = [each for each in (seat, *moved) if _conflicts(rooms, links, each)]
        waiting.extend(each for each in left if visits.get(each, 0) < VISITS)


def _improve(
    rooms: list[list[Candidate]],
    links: Sequence[Links],
    seat: tuple[int, int],
    partners: Sequence[tuple[int, int]],
    rng: Random,
) -> tuple[tuple[int, int], ...]:
    """Try partners until a swap pays; returns the seats to look at again."""
    count = len(partners)
    for attempt in range(tries := min(TRIES, 4 * count)):
        other = partners[int(rng.random() * count)]
        if rooms[other[0]][other[1]].group == rooms[seat[0]][seat[1]].group:
            continue
        before = _conflicts(rooms, links, seat) + _conflicts(rooms, links, other)
        _swap(rooms, seat, other)
        after = _conflicts(rooms, links, seat) + _conflicts(rooms, links, other)
        if after < before or (after == before and attempt == tries - 1):
            return (other,)
        _swap(rooms, seat, other)
    return ()


def _swap(rooms: list[list[Candidate]], one: tuple[int, int], two: tuple[int, int]) -> None:
    rooms[one[0]][one[1]], rooms[two[0]][two[1]] = rooms[two[0]][two[1]], rooms[one[0]][one[1]]


def _conflicts(
    rooms: Sequence[Sequence[Candidate]], links: Sequence[Links], seat: tuple[int, int]
) -> int:
    room, at = seat
    people = rooms[room]
    group = people[at].group
    if not group:
        return 0
    return sum(people[other].group == group for other, _ in links[room][at])
