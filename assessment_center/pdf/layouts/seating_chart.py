"""Seating charts: every seat at its place in the room, the podium and the doors marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessment_center.pdf.faces import Face
from assessment_center.pdf.layouts.common import (
    Pairs,
    draw_meta,
    draw_notes,
    draw_subtitle,
    each,
    note_lines,
)
from assessment_center.pdf.marks import heading
from assessment_center.pdf.page import (
    GREY,
    HAIR,
    MM,
    PALE,
    THIN,
    TINT,
    Box,
    Document,
    Imprint,
    Page,
    Paper,
)
from assessment_center.pdf.text import width
from assessment_center.pdf.wrap import fit

PODIUM = (46 * MM, 9 * MM)
DOOR = (5 * MM, 16 * MM)
LARGEST_SEAT = (44 * MM, 24 * MM)
SMALLEST_SEAT = 12 * MM
NARROW = 28 * MM


@dataclass(frozen=True)
class Seat:
    """One seat; row 1 is at the podium, column 1 at the left of whoever faces the podium.

    `station` stands beside the number, where workstations are numbered otherwise.
    """

    row: int
    column: int
    number: str
    name: str = ""
    detail: str = ""
    station: str = ""

    @property
    def who(self) -> str:
        return self.name


@dataclass(frozen=True)
class SeatingChart:
    """One room. Doors are any of front-left, front-right, back-left, back-right.

    `aisles` are places (row, column) of the grid where nothing stands, `broken` those whose seat
    cannot be used.
    """

    title: str
    seats: Sequence[Seat]
    rows: int
    columns: int
    meta: Pairs = ()
    doors: Sequence[str] = ()
    notes: Sequence[str] = ()
    subtitle: str = ""
    aisles: Sequence[tuple[int, int]] = ()
    broken: Sequence[tuple[int, int]] = ()


def seating_chart(
    charts: SeatingChart | Iterable[SeatingChart],
    *,
    imprint: Imprint,
    paper: Paper = Paper.A4_LANDSCAPE,
) -> bytes:
    """Print charts, one room on a page; places without a candidate are drawn pale."""
    document: Document | None = None
    for chart in each(charts, SeatingChart):
        document = document or Document(chart.title, paper=paper, imprint=imprint)
        draw_seating_chart(document, chart)
    return (document or Document("", paper=paper, imprint=imprint)).finish()


def draw_seating_chart(document: Document, chart: SeatingChart) -> None:
    """Draw one room into an open document."""
    page = document.page()
    y = heading(page, page.body.y, chart.title, size=17)
    y = draw_subtitle(page, y, chart.subtitle)
    y = draw_meta(page, y, chart.meta) + 2 * MM
    notes = note_lines(chart.notes, page.body.w)
    below = len(notes) * 9 * 1.45 + 2 * MM
    room = Box(page.body.x, y, page.body.w, page.body.bottom - y - below)
    draw_notes(page, room.bottom + 2 * MM, notes)
    page.box(room, weight=THIN)
    _draw_room(page, chart, room)


def _draw_room(page: Page, chart: SeatingChart, room: Box) -> None:
    podium = Box(room.centre - PODIUM[0] / 2, room.y + 3 * MM, *PODIUM)
    page.box(podium, weight=HAIR, fill=TINT)
    page.lines(podium, ("讲　台",), face=Face.HEI, size=11, align="center")
    for door in chart.doors:
        _draw_door(page, door, room)
    floor = Box(
        room.x + 9 * MM, podium.bottom + 4 * MM, room.w - 18 * MM,
        room.bottom - podium.bottom - 7 * MM,
    )  # fmt: skip
    places = {(seat.row, seat.column): seat for seat in chart.seats}
    aisles, broken = set(chart.aisles), set(chart.broken)
    if len(places) != len(chart.seats):
        raise ValueError("Two seats of the chart stand at the same place")
    for row in range(1, chart.rows + 1):
        for column in range(1, chart.columns + 1):
            seat = places.pop((row, column), None)
            box = _seat_box(floor, chart, row, column)
            if seat is not None:
                _draw_seat(page, seat, box)
            elif (row, column) not in aisles:
                _draw_empty(page, box, "损坏" if (row, column) in broken else "")
    if places:
        raise ValueError(f"Seats outside the chart: {sorted(places)}")


def _seat_box(floor: Box, chart: SeatingChart, row: int, column: int) -> Box:
    w, h = floor.w / chart.columns, floor.h / chart.rows
    between = 3 * MM if w >= NARROW else 1.2 * MM
    seat_w = min(w - between, LARGEST_SEAT[0])
    seat_h = min(h - 2 * MM, LARGEST_SEAT[1])
    x = floor.x + (column - 1) * w + (w - seat_w) / 2
    y = floor.y + (row - 1) * h + (h - seat_h) / 2
    return Box(x, y, seat_w, seat_h)


def _draw_door(page: Page, door: str, room: Box) -> None:
    end, side = door.split("-")
    y = room.y + 2 * MM if end == "front" else room.bottom - DOOR[1] - 2 * MM
    x = room.x if side == "left" else room.right - DOOR[0]
    box = Box(x, y, *DOOR)
    page.box(box, weight=HAIR, fill=TINT)
    page.lines(box, ("门",), face=Face.HEI, size=9, align="center")


def _draw_empty(page: Page, box: Box, words: str) -> None:
    page.box(box, weight=HAIR, color=PALE, dash=(2, 2))
    if words:
        page.text(box.centre, box.middle + 3, words, size=8.5, align="center", color=GREY)


def _draw_seat(page: Page, seat: Seat, box: Box) -> None:
    page.box(box, weight=THIN)
    inner = box.inset(0.5 * MM if box.w < NARROW else 1.2 * MM, 0.8 * MM)
    page.text(inner.x, inner.y + 8, seat.number, face=Face.HEI, size=9)
    beside = _beside(seat, inner, tall=box.h >= SMALLEST_SEAT)
    page.text(inner.right, inner.y + 8, beside, size=8, align="right")
    below = seat.detail if beside != seat.detail else ""
    detail = fit(below, Face.SONG, 8.5, inner.w, 1)
    foot = len(detail.lines) * 9 if below else 0.0
    name = fit(seat.name, Face.KAI, 13 if below else 11, inner.w)
    name_box = Box(inner.x, inner.y + 9, inner.w, inner.h - 9 - foot)
    page.lines(name_box, name.lines, face=Face.KAI, size=name.size, align="center", leading=1.1)
    for place, line in enumerate(reversed(detail.lines) if below else ()):
        page.text(
            inner.centre, inner.bottom - 1 - place * 9, line, size=detail.size, align="center"
        )


def _beside(seat: Seat, inner: Box, *, tall: bool) -> str:
    """What stands beside the number: the workstation, or, in a low box, what else is told."""
    if seat.station or tall:
        return seat.station
    needed = width(seat.number, Face.HEI, 9) + width(seat.detail, Face.SONG, 8) + 1 * MM
    return seat.detail if needed <= inner.w else ""
