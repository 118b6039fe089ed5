"""What is wrong with a timetable, found anew from the groups themselves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from exams.rules.planning.judges import Group, judged
from exams.rules.planning.problem import Block, Problem, length_of, overlap


class Kind(StrEnum):
    HOURS = "hours"
    PLACE = "place"
    ROOM_TAKEN = "room_taken"
    CAPACITY = "capacity"
    PERSON = "person"
    REST = "rest"
    JUDGES = "judges"
    LENGTH = "length"


@dataclass(frozen=True, slots=True)
class Fault:
    """`block` breaks a rule; `other` is the group it meets, `person` whom it concerns."""

    kind: Kind
    block: Block
    other: Block | None = None
    person: str = ""


def faults(problem: Problem, blocks: Sequence[Block]) -> list[Fault]:
    """Every broken rule of every group; of two groups that meet, the later tells it."""
    found: list[Fault] = []
    groups = list(_groups(problem, blocks))
    for at, block in enumerate(blocks):
        found += _own(problem, block)
        for other in blocks[:at]:
            found += _between(problem, block, other)
        if problem.task(block.task).need and not judged(
            (block.start, block.end), groups, problem.serving
        ):
            found.append(Fault(Kind.JUDGES, block))
    return found


def _own(problem: Problem, block: Block) -> Iterator[Fault]:
    task, span = problem.task(block.task), (block.start, block.end)
    if block.place not in task.room:
        yield Fault(Kind.PLACE, block)
        return
    if len(block.sitters) > task.room[block.place]:
        yield Fault(Kind.CAPACITY, block)
    if block.end - block.start < length_of(task, len(block.sitters)):
        yield Fault(Kind.LENGTH, block)
    if not any(first <= span[0] and span[1] <= last for first, last in task.windows):
        yield Fault(Kind.HOURS, block)
    place = problem.places[block.place]
    if any(overlap(span, busy) for busy in place.busy):
        yield Fault(Kind.ROOM_TAKEN, block)
    for sitter in block.sitters:
        for each in problem.engaged.get(sitter.person, ()):
            if overlap(span, (each.start, each.end)):
                yield Fault(Kind.PERSON, block, person=sitter.person)
            elif _near(problem, span, (each.start, each.end), same=each.site == place.site):
                yield Fault(Kind.REST, block, person=sitter.person)


def _near(problem: Problem, one: tuple[int, int], two: tuple[int, int], *, same: bool) -> bool:
    gap = problem.rest if same else max(problem.rest, problem.travel)
    return one[0] < two[1] + gap and two[0] < one[1] + gap


def _between(problem: Problem, block: Block, other: Block) -> Iterator[Fault]:
    one, two = (block.start, block.end), (other.start, other.end)
    pause = problem.pause
    if block.place == other.place and one[0] < two[1] + pause and two[0] < one[1] + pause:
        yield Fault(Kind.ROOM_TAKEN, block, other)
    same = problem.places[block.place].site == problem.places[other.place].site
    near = _near(problem, one, two, same=same)
    if not near:
        return
    mine = {sitter.person for sitter in block.sitters}
    for sitter in other.sitters:
        if sitter.person in mine:
            kind = Kind.PERSON if overlap(one, two) else Kind.REST
            yield Fault(kind, block, other, sitter.person)


def _groups(problem: Problem, blocks: Sequence[Block]) -> Iterator[Group]:
    for block in blocks:
        task = problem.task(block.task)
        if task.need:
            yield (block.start, block.end), (task.need, task.judges)
