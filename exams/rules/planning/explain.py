"""Why somebody could not be placed: the limit that binds, found by loosening one at a time."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from exams.rules.planning.board import Board
from exams.rules.planning.greedy import RANKS, fill_board
from exams.rules.planning.problem import Plan, Problem, Sitter, Task


class Limit(StrEnum):
    NO_PLACE = "no_place"
    HOURS = "hours"
    ONE_TIME = "one_time"
    SEATS = "seats"
    JUDGES = "judges"
    PERSONS = "persons"
    STATIONS = "stations"


@dataclass(frozen=True, slots=True)
class Shortage:
    """`people` of a task have no place; `have` of `need` (judges, minutes, seats) there are."""

    task: str
    people: int
    limit: Limit
    have: int = 0
    need: int = 0
    persons: tuple[str, ...] = ()


def explain(problem: Problem, plan: Plan) -> Iterator[Shortage]:
    """One shortage for each task that is not wholly placed."""
    for key, sitters in plan.left.items():
        yield _shortage(problem, plan, problem.task(key), sitters)


def _shortage(problem: Problem, plan: Plan, task: Task, left: tuple[Sitter, ...]) -> Shortage:
    number = len(left)
    longest = max((last - first for first, last in task.windows), default=0)
    if not task.room:
        return Shortage(task.key, number, Limit.NO_PLACE)
    if longest < task.minutes:
        return Shortage(task.key, number, Limit.HOURS, longest, task.minutes)
    return _together(plan, task, left) if task.together else _groups(problem, plan, task, left)


def _groups(problem: Problem, plan: Plan, task: Task, left: tuple[Sitter, ...]) -> Shortage:
    number = len(left)
    able = len(task.judges)
    if task.need > able:
        return Shortage(task.key, number, Limit.JUDGES, able, task.need)
    if _fits(problem, plan, replace(task, need=0), left):
        return Shortage(task.key, number, Limit.JUDGES, able, task.need)
    wanted = _wanted_elsewhere(problem, task)
    apart = tuple(
        Sitter(each.id, f"\0{each.id}") if each.person in wanted else each for each in left
    )
    people = tuple(sorted({each.person for each in left} & wanted))
    if people and _fits(problem, plan, task, apart):
        return Shortage(task.key, number, Limit.PERSONS, persons=people)
    size = len(task.room) if task.by_turn else sum(task.room.values())
    return Shortage(task.key, number, Limit.STATIONS, len(task.sitters) - number, size)


def _wanted_elsewhere(problem: Problem, task: Task) -> set[str]:
    """Who has something else than what everybody sits: another group, or a sitting of before."""
    others = [each for each in problem.tasks if each.key != task.key and not each.together]
    return {sitter.person for each in others for sitter in each.sitters} | set(problem.engaged)


def _together(plan: Plan, task: Task, left: tuple[Sitter, ...]) -> Shortage:
    """Somebody sits the session already with another application, or the seats do not suffice."""
    seated = {each.person for block in plan.blocks for each in block.sitters}
    people = tuple(sorted({each.person for each in left}))
    if task.once and seated.issuperset(people):
        return Shortage(task.key, len(left), Limit.ONE_TIME, persons=people)
    return Shortage(task.key, len(left), Limit.SEATS, sum(task.room.values()), len(task.sitters))


def _fits(problem: Problem, plan: Plan, task: Task, left: tuple[Sitter, ...]) -> bool:
    """Would those left over find a place beside everything planned, under this looser task?"""
    tasks = tuple(task if each.key == task.key else each for each in problem.tasks)
    board = Board(replace(problem, tasks=tasks))
    for block in plan.blocks:
        board.put(block)
    return not fill_board(board, {task.key: list(left)}, RANKS[0])
