"""The best timetable found: several quick ones, a bound that proves it, small ones in full.

The same problem gives the same plan in every process: limits are steps, not seconds.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from exams.rules.planning.board import Board, Opening
from exams.rules.planning.bound import earliest_finish
from exams.rules.planning.greedy import RANKS, Waiting, fill_board, plan_of
from exams.rules.planning.level import levelled
from exams.rules.planning.problem import Plan, Problem, Sitter, Task
from exams.rules.planning.together import Left, place_together

STEPS = 20_000
SMALL = 9  # sitters that are searched in full
FEW = 4


def solve(problem: Problem) -> Plan:
    """First what is sat together, then the groups; who is left over is told in `left`.

    Fewest are left, then it is over as early as possible, then in as few groups as possible.
    """
    best: Plan | None = None
    for rank in RANKS:
        board, left = _begun(problem)
        rest = fill_board(board, _waiting(problem), rank)
        plan = plan_of(board, {**left, **rest})
        best = plan if best is None or worth(plan) < worth(best) else best
    assert best is not None
    board, left = _begun(problem)
    waiting = _waiting(problem)
    if best.unplaced == _count(left) and best.finish <= earliest_finish(board, waiting):
        best = Plan(best.blocks, best.left, proved=True)
    elif _count(waiting) <= SMALL:
        best = Search(board, left, waiting, best).run()
    return levelled(problem, best)


def worth(plan: Plan) -> tuple[int, int, int]:
    return (plan.unplaced, plan.finish, len(plan.blocks))


def _begun(problem: Problem) -> tuple[Board, Left]:
    board = Board(problem)
    return board, place_together(board, [task for task in problem.tasks if task.together])


def _waiting(problem: Problem) -> Waiting:
    return {task.key: list(task.sitters) for task in problem.tasks if not task.together}


def _count(waiting: Waiting) -> int:
    return sum(len(sitters) for sitters in waiting.values())


class Search:
    """Every timetable of a small problem, group by group in the order of the clock."""

    def __init__(self, board: Board, left: Left, waiting: Waiting, best: Plan) -> None:
        self.board, self.left, self.waiting, self.best = board, left, waiting, best
        self.keys = [key for key, sitters in waiting.items() if sitters]
        self.steps = 0

    def run(self) -> Plan:
        self._go((-1, 0, ""))
        if self.steps > STEPS:
            return self.best
        return Plan(self.best.blocks, self.best.left, proved=True)

    def _go(self, after: tuple[int, int, str]) -> None:
        self.steps += 1
        plan = plan_of(self.board, {**self.left, **self.waiting})
        if worth(plan) < worth(self.best):
            self.best = plan
        if self.steps > STEPS or not _count(self.waiting):
            return
        for at, key in enumerate(self.keys):
            for opening in self._openings(key):
                mark = (opening.start, at, opening.place)
                if mark < after or self._hopeless(opening, key):
                    continue
                for chosen in self._choices(key, opening):
                    self._try(key, opening, chosen, mark)

    def _openings(self, key: str) -> Iterator[Opening]:
        task = self.board.tasks[key]
        if self.waiting[key]:
            for place in sorted(task.room):
                yield from self.board.openings(task, place, self.waiting[key])

    def _hopeless(self, opening: Opening, key: str) -> bool:
        """It cannot be better than what is known already."""
        end = opening.start + self.board.tasks[key].minutes
        return self.best.unplaced == _count(self.left) and end > self.best.finish

    def _try(
        self, key: str, opening: Opening, chosen: Sequence[Sitter], mark: tuple[int, int, str]
    ) -> None:
        before = self.waiting[key]
        gone = {sitter.id for sitter in chosen}
        self.waiting[key] = [each for each in before if each.id not in gone]
        pinned = self.board.pin(self.board.tasks[key], opening, chosen)
        self._go(mark)
        self.board.unpin(pinned)
        self.waiting[key] = before

    def _choices(self, key: str, opening: Opening) -> Iterator[list[Sitter]]:
        """Any of those who have more to sit, filled up with those who have not."""
        task: Task = self.board.tasks[key]
        size = 1 if task.by_turn else task.room[opening.place]
        more = Counter(each.person for sitters in self.waiting.values() for each in sitters)
        many = [each for each in opening.free if more[each.person] > 1]
        single = [each for each in opening.free if more[each.person] == 1]
        for number in range(min(size, len(many), FEW), -1, -1):
            for some in combinations(many, number):
                chosen = [*some, *single[: size - number]]
                if chosen and len({each.person for each in chosen}) == len(chosen):
                    yield chosen
