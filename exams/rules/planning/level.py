"""Groups of a task made about equally large, where that costs nobody anything."""

from dataclasses import replace

from exams.rules.planning.board import Board
from exams.rules.planning.problem import Block, Plan, Problem, Sitter, Task


def levelled(problem: Problem, plan: Plan) -> Plan:
    """The same times and places; 13 and 12 rather than 24 and 1."""
    board = Board(problem)
    for block in plan.blocks:
        board.put(block)
    for task in problem.tasks:
        if not task.together and not task.by_turn:
            _level(board, task)
    order = {(block.start, block.place): at for at, block in enumerate(plan.blocks)}
    blocks = sorted(board.blocks, key=lambda block: order[block.start, block.place])
    return replace(plan, blocks=tuple(blocks))


def _level(board: Board, task: Task) -> None:
    done = False
    while not done:
        done = True
        own = [block for block in board.blocks if block.task == task.key]
        own.sort(key=lambda block: (-len(block.sitters), -block.start, block.place))
        for full in own:
            for empty in reversed(own):
                if len(full.sitters) - len(empty.sitters) < 2:  # noqa: PLR2004 - one more is even
                    break
                if len(empty.sitters) < task.room[empty.place] and _move(board, full, empty):
                    done = False
                    break
            if not done:
                break


def _move(board: Board, full: Block, empty: Block) -> bool:
    """Half the difference goes over, those who are free then, the last of the list first."""
    wanted = (len(full.sitters) - len(empty.sitters)) // 2
    wanted = min(wanted, board.tasks[full.task].room[empty.place] - len(empty.sitters))
    site = board.problem.places[empty.place].site
    board.take(full)
    there = {sitter.person for sitter in empty.sitters}
    going: list[Sitter] = []
    for sitter in reversed(full.sitters):
        fits = sitter.person not in there
        if len(going) < wanted and fits and _free(board, sitter, empty, site):
            going.append(sitter)
    gone = {sitter.id for sitter in going}
    stay = tuple(sitter for sitter in full.sitters if sitter.id not in gone)
    board.put(replace(full, sitters=stay))
    if going:
        board.take(empty)
        board.put(replace(empty, sitters=(*empty.sitters, *reversed(going))))
    return bool(going)


def _free(board: Board, sitter: Sitter, block: Block, site: str) -> bool:
    return board.person_free(sitter.person, (block.start, block.end), site)
