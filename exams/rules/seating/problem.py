"""What seating works on and what it gives back."""

from dataclasses import dataclass
from typing import Literal

from exams.rules.seating.quality import Bound, Quality

Numbering = Literal["serpentine", "row_major"]
Mixing = Literal["mixed", "few", "by_paper", "by_lot"]
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class RoomShape:
    """A room as a grid; `limit` is the largest number of candidates it may take.

    `accessible` are the places for candidates who need one; others sit there too.
    """

    rows: int
    columns: int
    blocked: frozenset[Place] = frozenset()
    limit: int | None = None
    accessible: frozenset[Place] = frozenset()

    @property
    def capacity(self) -> int:
        free = self.rows * self.columns - len(self.blocked)
        return free if self.limit is None else min(free, self.limit)


@dataclass(frozen=True, slots=True)
class Candidate:
    """`group` is the class (or "" for none): its members should not be neighbours.

    `accessible` tells who must sit on a place that is accessible.
    """

    id: str
    paper: str
    group: str = ""
    accessible: bool = False


@dataclass(frozen=True, slots=True)
class Seated:
    candidate: Candidate
    room: int
    number: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Hole:
    """A numbered place kept free for who comes late; planned as if `paper` lay on it."""

    room: int
    number: int
    row: int
    column: int
    paper: str


@dataclass(frozen=True, slots=True)
class Plan:
    seats: tuple[Seated, ...]
    holes: tuple[Hole, ...]
    quality: Quality
    bound: Bound
    algorithm: str
