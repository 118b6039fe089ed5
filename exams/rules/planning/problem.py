"""What is to be planned: who sits what, for how long, in which places, in which hours.

Times are whole minutes counted from one midnight, so that the rules know no calendar.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sitter:
    """One application; `person` is the same in all applications of a person."""

    id: str
    person: str


@dataclass(frozen=True, slots=True)
class Place:
    """A room, with the spans in which somebody else has it."""

    id: str
    site: str = ""
    busy: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """Candidates of one subject who can be examined by the same people at the same stations.

    `room` says how many a place takes at once. `by_turn`: one after the other, `minutes` each,
    and `room` is how many may wait for their turn. `together`: all at one time, in as many places
    as it takes, with the other tasks of the `session`; `once` where rules forbid a second time. A
    span of `windows` holds a whole group. `need` judges serve in every place, out of `judges`.
    """

    key: str
    minutes: int
    sitters: tuple[Sitter, ...]
    room: Mapping[str, int]
    windows: tuple[Span, ...]
    by_turn: bool = False
    together: bool = False
    session: str = ""
    once: bool = False
    need: int = 0
    judges: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Engagement:
    """A person or a judge is taken from `start` to `end` at `site`."""

    start: int
    end: int
    site: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """`pause` minutes lie between two groups of a place, `rest` between two of a person.

    `travel` is the rest where the sites differ. `engaged` are persons' other sittings, `serving`
    judges' other duties.
    """

    tasks: tuple[Task, ...]
    places: Mapping[str, Place]
    pause: int = 0
    rest: int = 0
    travel: int = 0
    engaged: Mapping[str, tuple[Engagement, ...]] = field(default_factory=dict)
    serving: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)

    def task(self, key: str) -> Task:
        return next(task for task in self.tasks if task.key == key)


@dataclass(frozen=True, slots=True)
class Block:
    """A group: these sitters of a task, at this place, from `start` to `end`."""

    task: str
    place: str
    start: int
    end: int
    sitters: tuple[Sitter, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """`left` could not be placed; `proved`: nothing places more people or finishes earlier."""

    blocks: tuple[Block, ...]
    left: Mapping[str, tuple[Sitter, ...]]
    proved: bool = False

    @property
    def finish(self) -> int:
        return max((block.end for block in self.blocks), default=0)

    @property
    def unplaced(self) -> int:
        return sum(len(each) for each in self.left.values())


def length_of(task: Task, sitters: int) -> int:
    """Minutes a group of so many takes."""
    return task.minutes * sitters if task.by_turn else task.minutes


def overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
