"""Before what time no timetable can be over: counted for each task as if it were alone."""

from collections import defaultdict
from collections.abc import Sequence

from exams.rules.planning.board import Board
from exams.rules.planning.greedy import Waiting
from exams.rules.planning.problem import Sitter, Task


def earliest_finish(board: Board, waiting: Waiting) -> int:
    """Given what is pinned, no plan that places everybody ends before this minute."""
    ends = [block.end for block in board.blocks]
    alike: dict[object, list[str]] = defaultdict(list)
    for key, sitters in waiting.items():
        if sitters:
            task = board.tasks[key]
            ends.append(_alone(board, task, sitters))
            same = (task.minutes, task.windows, tuple(sorted(task.room.items())), task.by_turn)
            alike[same].append(key)
    ends += [_rivals(board, waiting, keys) for keys in alike.values() if len(keys) > 1]
    return max(ends, default=0)


def _alone(board: Board, task: Task, sitters: Sequence[Sitter]) -> int:
    """When enough seats have been offered, people being free whenever one of them is."""
    size = {place: 1 if task.by_turn else room for place, room in task.room.items()}
    return _after(_slots(board, task, sitters), size, len(sitters))


def _rivals(board: Board, waiting: Waiting, keys: Sequence[str]) -> int:
    """Tasks that share all their places: their groups come one after the other."""
    task = board.tasks[keys[0]]
    most = 1 if task.by_turn else max(task.room.values())
    groups = sum(-(-len(waiting[key]) // most) for key in keys)
    sitters = [sitter for key in keys for sitter in waiting[key]]
    return _after(_slots(board, task, sitters), dict.fromkeys(task.room, 1), groups)


def _after(slots: Sequence[tuple[int, str]], size: dict[str, int], wanted: int) -> int:
    seats = 0
    for end, place in slots:
        seats += size[place]
        if seats >= wanted:
            return end
    return slots[-1][0] if slots else 0


def _slots(board: Board, task: Task, sitters: Sequence[Sitter]) -> list[tuple[int, str]]:
    """(end, place) of groups packed as early as each place allows, in the order of their ends."""
    found: list[tuple[int, str]] = []
    for place in sorted(task.room):
        site, pause = board.problem.places[place].site, board.problem.pause
        gap = 0 if task.by_turn else pause
        starts, last = set(board.starts(task, place, sitters)), -gap - 1
        while starts:
            start = min(starts)
            starts.discard(start)
            span = (start, start + task.minutes)
            inside = any(first <= start and span[1] <= end for first, end in task.windows)
            if start < last + gap or not inside or not board.place_free(place, span):
                continue
            if any(board.person_free(each.person, span, site) for each in sitters):
                found.append((span[1], place))
                last = span[1]
                starts.add(last + gap)
    return sorted(found)
