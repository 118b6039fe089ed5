"""A subject that everybody sits at one and the same time, in as many rooms as that takes."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from exams.rules.planning.board import Board
from exams.rules.planning.problem import Block, Sitter, Span, Task
from exams.rules.seating.capacity import CapacityError, fewest

Left = dict[str, list[Sitter]]


def place_together(board: Board, tasks: Sequence[Task]) -> Left:
    """Pin the sessions in their order; gives who could not be placed.

    Tasks of one session begin at one time, whatever they last. Somebody with two of them sits one
    and has a second session of his own, where the rules do not bind all to one time.
    """
    left: Left = {}
    for _session, group in groupby(tasks, key=lambda task: task.session):
        waiting = [(task, list(task.sitters)) for task in group]
        while any(sitters for _task, sitters in waiting):
            now, later = _once_each(waiting)
            if not _seat(board, now):
                left |= {task.key: sitters for task, sitters in waiting if sitters}
                break
            if all(task.once for task, _sitters in waiting):
                left |= {task.key: sitters for task, sitters in later if sitters}
                break
            waiting = later
    return left


Waiting = list[tuple[Task, list[Sitter]]]


def _once_each(waiting: Waiting) -> tuple[Waiting, Waiting]:
    """Everybody's first application, and the others."""
    seen: set[str] = set()
    now: Waiting = []
    later: Waiting = []
    for task, sitters in waiting:
        first: list[Sitter] = []
        rest: list[Sitter] = []
        for sitter in sitters:
            (rest if sitter.person in seen else first).append(sitter)
            seen.add(sitter.person)
        now.append((task, first))
        later.append((task, rest))
    return [each for each in now if each[1]], later


def _seat(board: Board, session: Waiting) -> bool:
    """At the first time at which all rooms and all people are free."""
    for start in _starts(board, session):
        blocks = _at(board, session, start)
        if blocks:
            for block in blocks:
                board.put(block)
            return True
    return False


def _starts(board: Board, session: Waiting) -> Iterator[int]:
    found: set[int] = set()
    for task, sitters in session:
        for place in task.room:
            found.update(board.starts(task, place, sitters))
    yield from sorted(found)


def _at(board: Board, session: Waiting, start: int) -> list[Block]:
    """The rooms of all tasks of the session at this time; none where one has not enough."""
    used: set[str] = set()
    blocks: list[Block] = []
    for task, sitters in sorted(session, key=lambda each: -len(each[1])):
        span = (start, start + task.minutes)
        inside = any(first <= start and span[1] <= last for first, last in task.windows)
        free = [p for p in task.room if p not in used and board.place_free(p, span)]
        if not inside or not _people_free(board, sitters, span):
            return []
        try:
            chosen = fewest([task.room[place] for place in free], len(sitters), reserve=0)
        except CapacityError:
            return []
        places = [free[at] for at in chosen]
        used.update(places)
        blocks += _shared(task, places, sitters, span)
    return blocks


def _people_free(board: Board, sitters: Sequence[Sitter], span: Span) -> bool:
    sites = {place.site for place in board.problem.places.values()}
    return all(board.person_free(each.person, span, site) for each in sitters for site in sites)


def _shared(
    task: Task, places: Sequence[str], sitters: Sequence[Sitter], span: Span
) -> Iterator[Block]:
    """In proportion to the seats, so that no room is much emptier."""
    total = sum(task.room[place] for place in places)
    seats = taken = 0
    for place in places:
        seats += task.room[place]
        upto = len(sitters) * seats // total
        if upto > taken:
            yield Block(task.key, place, *span, tuple(sitters[taken:upto]))
        taken = upto
