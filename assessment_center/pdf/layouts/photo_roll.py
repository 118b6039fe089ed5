"""The faces of a room, to be compared at the door: photo, seat, name and numbers of everybody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assessment_center.pdf.faces import Face
from assessment_center.pdf.layouts.common import (
    Pairs,
    draw_meta,
    draw_notes,
    draw_subtitle,
    meta_height,
    note_lines,
    subtitle_height,
)
from assessment_center.pdf.marks import heading, photo, signatures
from assessment_center.pdf.page import GREY, HAIR, MM, Box, Document, Page
from assessment_center.pdf.wrap import Fitted, fit

ACROSS, DOWN = 5, 6
PHOTO = (18 * MM, 24 * MM)
LEAST = 0.8  # of the photo's size, before a page takes fewer people
AROUND = 1.5 * MM
HEADING = 27.0
NAME, SMALL_TEXT = 11.0, 8.0


@dataclass(frozen=True)
class Portrait:
    """One person; without a photo the frame stays empty for a picture to be glued in.

    A photo that is a function is read when it is drawn, so that a set of rooms never holds all.
    """

    number: str
    name: str
    lines: Sequence[str] = ()
    photo: bytes | Callable[[], bytes | None] | None = None

    @property
    def who(self) -> str:
        return self.name


@dataclass(frozen=True)
class PhotoRoll:
    title: str
    people: Sequence[Portrait]
    subtitle: str = ""
    meta: Pairs = ()
    notes: Sequence[str] = ()
    signatures: Sequence[str] = ()


def draw_photo_roll(document: Document, roll: PhotoRoll) -> None:
    """Thirty people a page in rows of five, by their numbers; fewer where their words are long."""
    body = document.page_frame().body
    notes = note_lines(roll.notes, body.w)
    head = HEADING + subtitle_height(roll.subtitle, body.w) + meta_height(body.w, roll.meta)
    foot = len(notes) * 9 * 1.45 + (10 * MM if roll.signatures else 0) + 2 * MM
    floor = Box(body.x, body.y + head + 2 * MM, body.w, body.h - head - 2 * MM - foot)
    down = _rows(roll.people, floor)
    size = ACROSS * down
    parts = [roll.people[at : at + size] for at in range(0, len(roll.people), size)] or [()]
    for number, part in enumerate(parts, 1):
        page = document.page(number, len(parts))
        y = heading(page, page.body.y, roll.title)
        y = draw_subtitle(page, y, roll.subtitle)
        y = draw_meta(page, y, roll.meta) + 2 * MM
        _draw_people(page, part, Box(floor.x, y, floor.w, floor.h), down)
        y = draw_notes(page, floor.bottom + 2 * MM, notes)
        signatures(page, Box(page.body.x, y + 2 * MM, page.body.w, 0), roll.signatures)


def _rows(people: Sequence[Portrait], floor: Box) -> int:
    """How many rows a page takes with photos in which a face is still known."""
    most = max((_told(each, floor.w / ACROSS - 2 * MM).height for each in people), default=0)
    return min(max(int(floor.h / (PHOTO[1] * LEAST + most + AROUND)), 1), DOWN)


def _place(floor: Box, index: int, down: int) -> Box:
    w, h = floor.w / ACROSS, floor.h / down
    return Box(floor.x + index % ACROSS * w, floor.y + index // ACROSS * h, w, h)


@dataclass(frozen=True)
class _Told:
    """The words below a photo, laid into lines."""

    name: Fitted
    lines: list[Fitted]

    @property
    def height(self) -> float:
        below = sum(len(each.lines) * SMALL_TEXT * 1.25 for each in self.lines)
        return len(self.name.lines) * self.name.size * 1.2 + below + 1 * MM


def _told(person: Portrait, limit: float) -> _Told:
    lines = [fit(line, Face.SONG, SMALL_TEXT, limit) for line in person.lines]
    return _Told(fit(person.name, Face.KAI, NAME, limit), lines)


def _draw_people(page: Page, part: Sequence[Portrait], floor: Box, down: int) -> None:
    """All photos of a page have one size, whatever the names below them take."""
    told = [_told(each, floor.w / ACROSS - 2 * MM) for each in part]
    most = max((each.height for each in told), default=0)
    height = min(PHOTO[1], floor.h / down - most - AROUND)
    for index, (person, words) in enumerate(zip(part, told, strict=True)):
        _draw_person(page, person, words, _place(floor, index, down), height)


def _draw_person(page: Page, person: Portrait, told: _Told, box: Box, height: float) -> None:
    page.box(box, weight=HAIR)
    page.text(box.x + 1.5 * MM, box.y + 12, person.number, face=Face.HEI, size=10)
    width = height * PHOTO[0] / PHOTO[1]
    frame = Box(box.centre - width / 2, box.y + 1 * MM, width, height)
    photo(page, frame, person.photo() if callable(person.photo) else person.photo)
    y = frame.bottom + 0.5 * MM
    size = told.name.size
    for line in told.name.lines:
        page.text(box.centre, y + size, line, face=Face.KAI, size=size, align="center")
        y += size * 1.2
    for each in told.lines:
        for line in each.lines:
            page.text(box.centre, y + SMALL_TEXT, line, size=SMALL_TEXT, align="center", color=GREY)
            y += SMALL_TEXT * 1.25
