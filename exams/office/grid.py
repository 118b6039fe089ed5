"""A room as rows of places for the page: a seat, an empty place, or no place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from exams.models import Room, SeatAssignment
from exams.stations import station_labels


@dataclass(frozen=True, slots=True)
class PlaceView:
    """One place of the picture; `tone` (0 to 7) tells papers apart, beside the paper's own mark.

    `hole` is the number of a place kept free, 0 for none; `station` the workstation's where it
    is another than the seat's.
    """

    row: int
    column: int
    seat: SeatAssignment | None = None
    blocked: bool = False
    broken: bool = False
    reserved: bool = False
    accessible: bool = False
    hole: int = 0
    tone: int = 0
    mark: str = ""
    station: str = ""


def grid_of(
    room: Room, seats: Iterable[SeatAssignment], holes: Iterable[Mapping[str, Any]] = ()
) -> list[list[PlaceView]]:
    """The picture of a room; papers are marked A1, A2, B1 … in the order they appear."""
    by_place = {(seat.row, seat.column): seat for seat in seats}
    stations = station_labels([room.pk])
    keys = sorted({seat.paper_key for seat in by_place.values()})
    numbers = {(hole["row"], hole["column"]): hole["number"] for hole in holes}
    kinds = {
        name: {(row, column) for row, column in getattr(room, name)}
        for name in ("blocked", "broken", "reserved", "accessible")
    }

    def view(row: int, column: int) -> PlaceView:
        marks: dict[str, Any] = {name: (row, column) in own for name, own in kinds.items()}
        seat = by_place.get((row, column))
        if seat is None:
            return PlaceView(row, column, hole=numbers.get((row, column), 0), **marks)
        at = keys.index(seat.paper_key)
        station = stations.get((room.pk, seat.seat_number), "")
        return PlaceView(
            row, column, seat, tone=at % 8, mark=f"{at + 1}{seat.form}", station=station, **marks
        )

    return [
        [view(row, column) for column in range(1, room.columns + 1)]
        for row in range(1, room.rows + 1)
    ]
