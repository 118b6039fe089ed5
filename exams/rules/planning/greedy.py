"""A good timetable at once: the next group always goes where it is over first."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from exams.rules.planning.board import Board, Opening
from exams.rules.planning.problem import Block, Plan, Sitter, Task

Waiting = dict[str, list[Sitter]]
Rank = Callable[[Task, int], tuple[int, ...]]


def _load(task: Task, waiting: int) -> int:
    """Minutes still to come where all places work for this task alone."""
    at_once = len(task.room) if task.by_turn else sum(task.room.values())
    return -(-waiting // max(1, at_once)) * task.minutes


RANKS: tuple[Rank, ...] = (
    lambda task, waiting: (-_load(task, waiting),),
    lambda task, waiting: (len(task.room), -_load(task, waiting)),
    lambda task, _waiting: (-task.minutes,),
    lambda task, waiting: (_load(task, waiting),),
)


def fill_board(board: Board, waiting: Waiting, rank: Rank) -> Waiting:
    """Pin group after group, the task of the lowest rank first; gives who is left."""
    left: Waiting = {}
    open_tasks = {key: sitters for key, sitters in waiting.items() if sitters}
    while open_tasks:
        key = min(open_tasks, key=lambda k: (*rank(board.tasks[k], len(open_tasks[k])), k))
        task, sitters = board.tasks[key], open_tasks[key]
        opening = _best(board, task, sitters)
        if opening is None:
            left[key] = open_tasks.pop(key)
            continue
        chosen = choose(task, opening, open_tasks)
        board.pin(task, opening, chosen)
        gone = {sitter.id for sitter in chosen}
        open_tasks[key] = [each for each in sitters if each.id not in gone]
        if not open_tasks[key]:
            del open_tasks[key]
    return left


def _best(board: Board, task: Task, sitters: Sequence[Sitter]) -> Opening | None:
    """The opening that is over first and takes as many as the place does."""
    found: list[tuple[tuple[object, ...], Opening]] = []
    for place, size in sorted(task.room.items()):
        most = 1 if task.by_turn else min(size, len(sitters))
        for opening in board.openings(task, place, sitters, most=most):
            short = max(0, most - len(opening.free))
            others = sum(place in other.room for other in board.tasks.values())
            order = (short > 0, opening.start, short, others, -size, not opening.joins, place)
            found.append((order, opening))
    return min(found, key=lambda each: each[0])[1] if found else None


def choose(task: Task, opening: Opening, waiting: Mapping[str, Sequence[Sitter]]) -> list[Sitter]:
    """Those go first who still have something else to sit; then in the order of the list."""
    size = 1 if task.by_turn else task.room[opening.place]
    more = Counter(sitter.person for sitters in waiting.values() for sitter in sitters)
    ranked = sorted(opening.free, key=lambda sitter: -more[sitter.person])
    chosen: list[Sitter] = []
    taken: set[str] = set()
    for sitter in ranked:
        if len(chosen) < size and sitter.person not in taken:
            chosen.append(sitter)
            taken.add(sitter.person)
    return chosen


def plan_of(board: Board, left: Mapping[str, Sequence[Sitter]], *, proved: bool = False) -> Plan:
    order = {key: at for at, key in enumerate(board.tasks)}

    def when(block: Block) -> tuple[int, int, str]:
        return (block.start, order[block.task], block.place)

    rest = {key: tuple(sitters) for key, sitters in left.items() if sitters}
    return Plan(tuple(sorted(board.blocks, key=when)), rest, proved)
