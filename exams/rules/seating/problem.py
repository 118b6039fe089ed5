"""What seating works on and what it gives back."""

from dataclasses import dataclass
from typing import Literal

from exams.rules.seating.quality import Bound, Quality

Numbering = Literal["serpentine", "row_major"]
Mixing = Literal["mixed", "by_paper", "by_lot"]
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class RoomShape:
    """A room as a grid; `limit` is the largest number of candidates it may take."""

    rows: int
    columns: int
    blocked: frozenset[Place] = frozenset()
    limit: int | None = None

    @property
    def capacity(self) -> int:
        free = self.rows * self.columns - len(self.blocked)
        return free if self.limit is None else min(free, self.limit)


@dataclass(frozen=True, slots=True)
class Candidate:
    """`group` is the class (or "" for none): its members should not be neighbours."""

    id: str
    paper: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Seated:
    candidate: Candidate
    room: int
    number: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Plan:
    seats: tuple[Seated, ...]
    quality: Quality
    bound: Bound
    algorithm: str
