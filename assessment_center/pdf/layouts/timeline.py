"""A card of an examination by the clock: what happens when, from top to bottom along one line."""

from __future__ import annotations

from collections.abc import Sequence
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
from assessment_center.pdf.marks import heading, signatures
from assessment_center.pdf.page import BOLD, GREY, MM, SMALL, Box, Document, Page
from assessment_center.pdf.wrap import wrap

TITLE, SUBTITLE, CLOCK, TEXT = 20.0, 12.0, 17.0, 13.0
CLOCK_WIDTH, LINE = 46 * MM, 52 * MM
LARGEST_STEP = 19 * MM
STEP_PADDING = 4 * MM
DOT = 1.5 * MM
FOOT = 14 * MM


@dataclass(frozen=True)
class Point:
    """One moment: the clock, how far from the start in words, what is done, by which article."""

    clock: str
    offset: str
    text: str
    basis: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Timeline:
    """The day of one room or sitting, its moments in the order of the clock."""

    title: str
    points: Sequence[Point]
    subtitle: str = ""
    meta: Pairs = ()
    notes: Sequence[str] = ()
    signatures: Sequence[str] = ()


@dataclass(frozen=True)
class _Laid:
    point: Point
    text: list[str]
    basis: list[str]

    @property
    def height(self) -> float:
        lines = len(self.text) * TEXT * 1.3 + len(self.basis) * SMALL * 1.3
        return max(lines, CLOCK * 1.1 + SMALL * 1.2) + STEP_PADDING


def draw_timeline(document: Document, card: Timeline) -> None:
    """Draw the card over as many pages as its moments need, spread calmly over each."""
    frame = document.page_frame()
    body = frame.body
    limit = body.w - LINE - 6 * MM
    laid = [
        _Laid(each, wrap(each.text, Face.SONG, TEXT, limit), _basis(each, limit))
        for each in card.points
    ]
    notes = note_lines(card.notes, body.w)
    head = (
        TITLE * 1.5
        + subtitle_height(card.subtitle, body.w, SUBTITLE, 1.6)
        + meta_height(body.w, card.meta)
    )
    foot = len(notes) * 9 * 1.45 + FOOT * bool(card.signatures) + 4 * MM
    pages = _split(laid, body.h - head - foot - 6 * MM)
    for number, part in enumerate(pages, 1):
        page = document.page(number if len(pages) > 1 else 0, len(pages))
        _draw_page(page, card, part, notes, body.h - head - foot - 6 * MM)


def _basis(point: Point, limit: float) -> list[str]:
    return wrap(point.basis, Face.SONG, SMALL, limit) if point.basis else []


def _split(laid: Sequence[_Laid], room: float) -> list[list[_Laid]]:
    pages: list[list[_Laid]] = [[]]
    left = room
    for each in laid:
        if pages[-1] and each.height > left:
            pages.append([])
            left = room
        pages[-1].append(each)
        left -= each.height
    return pages


def _draw_page(
    page: Page, card: Timeline, part: Sequence[_Laid], notes: Sequence[str], room: float
) -> None:
    body = page.body
    y = heading(page, body.y, card.title, size=TITLE)
    y = draw_subtitle(page, y, card.subtitle, SUBTITLE, 1.6)
    y = draw_meta(page, y, card.meta) + 6 * MM
    spare = (room - sum(each.height for each in part)) / max(len(part), 1)
    top = y
    for each in part:
        height = each.height + max(0.0, min(spare, LARGEST_STEP - each.height))
        _draw_step(page, each, y, height)
        y += height
    middle = top + part[0].height / 2 if part else top
    page.rule(body.x + LINE, middle, body.x + LINE, y - STEP_PADDING, color=GREY)
    y = draw_notes(page, y + 4 * MM, notes)
    signatures(page, Box(body.x, y + 3 * MM, body.w, 0), card.signatures, size=11)


def _draw_step(page: Page, step: _Laid, y: float, height: float) -> None:
    body, point = page.body, step.point
    axis = body.x + LINE
    middle = y + (height - STEP_PADDING) / 2
    if point.strong:
        box = Box(body.x, y, body.w, height - STEP_PADDING * 0.5)
        page.box(box, weight=BOLD)
        middle = box.middle
    face = Face.HEI
    clock_line = middle + CLOCK * 0.16 - (SMALL * 0.2 if point.offset else -CLOCK * 0.2)
    right = body.x + CLOCK_WIDTH
    page.text(right, clock_line, point.clock, face=face, size=CLOCK, align="right")
    if point.offset:
        page.text(right, clock_line + SMALL * 1.5, point.offset, size=SMALL, align="right")
    side = DOT * (2 if point.strong else 1.2)
    page.box(Box(axis - side / 2, middle - side / 2, side, side), weight=0, fill=GREY)
    x = axis + 5 * MM
    total = len(step.text) * TEXT * 1.3 + len(step.basis) * SMALL * 1.3
    line = middle - total / 2 + TEXT
    for words in step.text:
        page.text(x, line, words, face=Face.HEI if point.strong else Face.SONG, size=TEXT)
        line += TEXT * 1.3
    line -= TEXT * 1.3 - SMALL * 1.5
    for words in step.basis:
        page.text(x, line, words, size=SMALL, color=GREY)
        line += SMALL * 1.3
