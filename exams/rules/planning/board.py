"""The board on which groups are pinned: what is taken, who is free, and taking a pin out again."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from exams.rules.planning.judges import Group, judged
from exams.rules.planning.problem import (
    Block,
    Engagement,
    Problem,
    Sitter,
    Span,
    Task,
    length_of,
    overlap,
)


@dataclass(frozen=True, slots=True)
class Opening:
    """A time at a place where `free` of a task could come; `joins` prolongs the block there."""

    start: int
    place: str
    free: tuple[Sitter, ...]
    joins: bool = False


class Board:
    """Blocks pinned so far, kept by place and by person."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.blocks: list[Block] = []
        self.tasks = {task.key: task for task in problem.tasks}
        self._of_person: dict[str, list[Engagement]] = defaultdict(list)
        for person, taken in problem.engaged.items():
            self._of_person[person].extend(taken)
        self._at: dict[str, list[Block]] = defaultdict(list)

    def put(self, block: Block) -> None:
        self.blocks.append(block)
        self._at[block.place].append(block)
        mine = self._engagement(block)
        for sitter in block.sitters:
            self._of_person[sitter.person].append(mine)

    def take(self, block: Block) -> None:
        self.blocks.remove(block)
        self._at[block.place].remove(block)
        mine = self._engagement(block)
        for sitter in block.sitters:
            self._of_person[sitter.person].remove(mine)

    def _engagement(self, block: Block) -> Engagement:
        return Engagement(block.start, block.end, self.problem.places[block.place].site)

    def person_free(
        self, person: str, span: Span, site: str, *, without: Engagement | None = None
    ) -> bool:
        """Is the person nowhere else, with the rest (or the way) between?"""
        problem = self.problem
        for each in self._of_person.get(person, ()):
            if each == without:
                continue
            gap = problem.rest if each.site == site else max(problem.rest, problem.travel)
            if each.start < span[1] + gap and span[0] < each.end + gap:
                return False
        return True

    def place_free(self, place: str, span: Span) -> bool:
        pause = self.problem.pause
        if any(overlap(span, busy) for busy in self.problem.places[place].busy):
            return False
        return all(
            block.end + pause <= span[0] or span[1] + pause <= block.start
            for block in self._at[place]
        )

    def judges_free(self, task: Task, span: Span, *, without: Block | None = None) -> bool:
        """Can this group and all it meets have their judges, nobody in two of them?

        Asked for each of them: one that had enough may meet this group and another besides.
        """
        if not task.need:
            return True
        held: list[Group] = [(span, (task.need, task.judges))]
        for block in self.blocks:
            other = self.tasks[block.task]
            if other.need and block is not without:
                held.append(((block.start, block.end), (other.need, other.judges)))
        serving = self.problem.serving
        return all(judged(met, held, serving) for met, _wanted in held if overlap(met, span))

    def starts(self, task: Task, place: str, sitters: Iterable[Sitter]) -> list[int]:
        """Times at which something becomes possible: hours, rooms, judges and people freed."""
        problem = self.problem
        found = {window[0] for window in task.windows}
        found |= {end for _start, end in problem.places[place].busy}
        found |= {block.end + problem.pause for block in self._at[place]}
        found |= {block.end for block in self.blocks}
        for sitter in sitters:
            for each in self._of_person.get(sitter.person, ()):
                found |= {each.end + problem.rest, each.end + problem.travel}
        found |= {end for who in task.judges for _start, end in problem.serving.get(who, ())}
        return sorted(found)

    def openings(
        self, task: Task, place: str, sitters: Sequence[Sitter], *, most: int | None = None
    ) -> list[Opening]:
        """Where a group (or for turns the next one) could begin, the earliest first.

        A later one is listed only where somebody is free who was not before; with `most`, the
        list ends where so many are.
        """
        found: list[Opening] = []
        seen: set[str] = set()
        if task.by_turn and (joined := self._joined(task, place, sitters)):
            found.append(joined)
            seen |= {sitter.id for sitter in joined.free}
        site = self.problem.places[place].site
        for start in self.starts(task, place, sitters):
            if most is not None and len(seen) >= min(most, len(sitters)):
                break
            span = (start, start + task.minutes)
            if not self._open(task, place, span):
                continue
            free = tuple(s for s in sitters if self.person_free(s.person, span, site))
            if any(sitter.id not in seen for sitter in free):
                found.append(Opening(start, place, free))
                seen |= {sitter.id for sitter in free}
        return sorted(found, key=lambda each: each.start)

    def _open(self, task: Task, place: str, span: Span) -> bool:
        inside = any(first <= span[0] and span[1] <= last for first, last in task.windows)
        return inside and self.place_free(place, span) and self.judges_free(task, span)

    def _joined(self, task: Task, place: str, sitters: Sequence[Sitter]) -> Opening | None:
        """The next turn right after the last of this task here, if hours and room allow.

        Who had a turn before stays until the last one: he must not sit elsewhere meanwhile.
        """
        own = self._at[place]
        last = max(own, key=lambda block: block.end, default=None)
        if last is None or last.task != task.key or len(last.sitters) >= task.room[place]:
            return None
        span = (last.end, last.end + task.minutes)
        if not any(first <= last.start and span[1] <= end for first, end in task.windows):
            return None
        if any(overlap(span, busy) for busy in self.problem.places[place].busy):
            return None
        whole = (last.start, span[1])
        if not self.judges_free(task, whole, without=last):
            return None
        site = self.problem.places[place].site
        own_time = self._engagement(last)
        if not all(
            self.person_free(each.person, whole, site, without=own_time) for each in last.sitters
        ):
            return None
        free = tuple(s for s in sitters if self.person_free(s.person, whole, site))
        return Opening(span[0], place, free, joins=True) if free else None

    def pin(self, task: Task, opening: Opening, chosen: Sequence[Sitter]) -> tuple[Block, ...]:
        """Put the group up; gives what was put, and what it replaced where it prolongs one."""
        if opening.joins:
            last = max(self._at[opening.place], key=lambda block: block.end)
            self.take(last)
            longer = replace(last, end=last.end + task.minutes, sitters=(*last.sitters, *chosen))
            self.put(longer)
            return (longer, last)
        end = opening.start + length_of(task, len(chosen))
        block = Block(task.key, opening.place, opening.start, end, tuple(chosen))
        self.put(block)
        return (block,)

    def unpin(self, pinned: Sequence[Block]) -> None:
        self.take(pinned[0])
        for replaced in pinned[1:]:
            self.put(replaced)
