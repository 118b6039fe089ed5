"""A room drawn as text: one line a row from the podium, one character a place.

座座空座座      座 a seat, 空 no seat (aisle), 坏 a broken seat,
座座空座轮      备 a seat kept for who comes late, 轮 an accessible seat
"""

from collections.abc import Iterable
from dataclasses import dataclass

SEAT, AISLE, BROKEN, RESERVED, ACCESSIBLE = "座", "空", "坏", "备", "轮"
MARKS = SEAT + AISLE + BROKEN + RESERVED + ACCESSIBLE
LARGEST = 40
Place = tuple[int, int]


class PictureError(ValueError):
    """What is wrong: `kind` empty, size, width or mark; `row` from 1, 0 for the whole."""

    def __init__(self, kind: str, row: int = 0, mark: str = "") -> None:
        self.kind, self.row, self.mark = kind, row, mark
        super().__init__(f"{kind} in row {row}: {mark}")


@dataclass(frozen=True, slots=True)
class Picture:
    rows: int
    columns: int
    blocked: tuple[Place, ...] = ()
    broken: tuple[Place, ...] = ()
    reserved: tuple[Place, ...] = ()
    accessible: tuple[Place, ...] = ()

    @property
    def seats(self) -> int:
        """How many can be sat on, reserved ones too."""
        return self.rows * self.columns - len(self.blocked) - len(self.broken)


def read(text: str) -> Picture:
    """The room a picture shows; raises `PictureError`. Spaces and empty lines say nothing."""
    lines = [line for raw in text.splitlines() if (line := "".join(raw.split()))]
    if not lines:
        raise PictureError("empty")
    width = len(lines[0])
    if len(lines) > LARGEST or width > LARGEST:
        raise PictureError("size")
    marked: dict[str, list[Place]] = {mark: [] for mark in MARKS}
    for row, line in enumerate(lines, 1):
        if len(line) != width:
            raise PictureError("width", row)
        for column, mark in enumerate(line, 1):
            if mark not in marked:
                raise PictureError("mark", row, mark)
            marked[mark].append((row, column))
    kinds = (tuple(marked[mark]) for mark in (AISLE, BROKEN, RESERVED, ACCESSIBLE))
    found = Picture(len(lines), width, *kinds)
    if not found.seats:
        raise PictureError("empty")
    return found


def draw(
    rows: int,
    columns: int,
    *,
    blocked: Iterable[Place] = (),
    broken: Iterable[Place] = (),
    reserved: Iterable[Place] = (),
    accessible: Iterable[Place] = (),
) -> str:
    """The picture of a room; `read` gives the same room back."""
    marks = dict.fromkeys(accessible, ACCESSIBLE) | dict.fromkeys(reserved, RESERVED)
    marks |= dict.fromkeys(broken, BROKEN) | dict.fromkeys(blocked, AISLE)
    return "\n".join(
        "".join(marks.get((row, column), SEAT) for column in range(1, columns + 1))
        for row in range(1, rows + 1)
    )
