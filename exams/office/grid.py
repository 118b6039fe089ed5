"""A room as rows of places for the page: a seat, an empty place, or no place."""

from collections.abc import Iterable
from dataclasses import dataclass

from exams.models import Room, SeatAssignment


@dataclass(frozen=True, slots=True)
class PlaceView:
    """One place of the picture; `tone` (0 to 7) tells papers apart, beside the paper's own mark."""

    seat: SeatAssignment | None = None
    blocked: bool = False
    tone: int = 0
    mark: str = ""


def grid_of(room: Room, seats: Iterable[SeatAssignment]) -> list[list[PlaceView]]:
    """The picture of a room; papers are marked A1, A2, B1 … in the order they appear."""
    by_place = {(seat.row, seat.column): seat for seat in seats}
    papers = sorted({(seat.paper_key, seat.form) for seat in by_place.values()})
    keys = sorted({key for key, _ in papers})
    blocked = {tuple(place) for place in room.blocked}
    rows = []
    for row in range(1, room.rows + 1):
        line = []
        for column in range(1, room.columns + 1):
            seat = by_place.get((row, column))
            if seat is None:
                line.append(PlaceView(blocked=(row, column) in blocked))
                continue
            at = keys.index(seat.paper_key)
            line.append(PlaceView(seat, tone=at % 8, mark=f"{at + 1}{seat.form}"))
        rows.append(line)
    return rows
