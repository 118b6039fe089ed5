"""Lists: sign-in sheets, score sheets, rolls. One sheet after another, each from its own page 1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assessment_center.pdf.layouts.common import (
    NOTE_SIZE,
    Pairs,
    draw_meta,
    draw_notes,
    draw_subtitle,
    meta_height,
    note_lines,
    subtitle_height,
)
from assessment_center.pdf.marks import heading, signatures
from assessment_center.pdf.page import MM, Box, Document, Imprint, Page, Paper
from assessment_center.pdf.table import (
    PADDING,
    Column,
    Grid,
    MeasuredRow,
    draw,
    grid,
    measure,
    split,
)
from assessment_center.pdf.text import check_glyphs

TITLE_SIZE = 18.0
SUBTITLE_SIZE = 12.0
SIGNATURE_HEIGHT = 13 * MM
GAP = 2.5 * MM
TIGHT_PADDING = 0.9 * MM


@dataclass(frozen=True)
class Roster:
    """One list with its heading. Rows are strings in the order of the columns.

    Heights are in mm. Rows close up to `tightest` where that keeps the list on one page.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]
    subtitle: str = ""
    meta: Pairs = ()
    signatures: Sequence[str] = ()
    notes: Sequence[str] = ()
    blank_rows: int = 0
    row_height: float = 8.0
    tightest: float = 0.0


def roster(
    sheets: Roster | Iterable[Roster], *, imprint: Imprint, paper: Paper = Paper.A4
) -> bytes:
    """Print lists; the table's header is repeated, pages are counted within each list."""
    document: Document | None = None
    for sheet in [sheets] if isinstance(sheets, Roster) else sheets:
        check_glyphs(_texts(sheet))
        document = document or Document(sheet.title, paper=paper, imprint=imprint)
        draw_roster(document, sheet)
    return (document or Document("", paper=paper, imprint=imprint)).finish()


def _texts(sheet: Roster) -> Iterator[tuple[str, str]]:
    head = [sheet.title, sheet.subtitle, *sheet.signatures, *sheet.notes]
    head += [column.label for column in sheet.columns]
    head += [text for pair in sheet.meta for text in pair]
    yield from ((sheet.title, text) for text in head)
    named = next((index for index, column in enumerate(sheet.columns) if column.names), None)
    for row in sheet.rows:
        who = sheet.title if named is None else row[named]
        yield who, "".join(row)


def _head_height(page: Page, sheet: Roster) -> float:
    height = TITLE_SIZE * 1.5 + meta_height(page.body.w, sheet.meta) + GAP
    return height + subtitle_height(sheet.subtitle, page.body.w, SUBTITLE_SIZE)


def _foot_height(sheet: Roster, notes: Sequence[str]) -> float:
    height = len(notes) * NOTE_SIZE * 1.45
    return height + (SIGNATURE_HEIGHT if sheet.signatures else 0) + GAP


def _row_height(sheet: Roster, fits: float) -> tuple[float, float]:
    """Points for a row and its padding, where `fits` would fill one page with all of them."""
    wanted = sheet.row_height * MM
    if sheet.tightest and sheet.tightest * MM <= fits < wanted:
        return fits, TIGHT_PADDING
    return wanted, PADDING


def draw_roster(document: Document, sheet: Roster) -> None:
    """Draw one list into an open document."""
    page = document.page_frame()
    body = page.body
    table = grid(sheet.columns, body.x, body.w)
    blank = [""] * len(sheet.columns)
    rows = [*sheet.rows, *[blank] * sheet.blank_rows]
    notes = note_lines(sheet.notes, body.w)
    room = body.h - _head_height(page, sheet) - _foot_height(sheet, notes) - table.header.height
    height, padding = _row_height(sheet, room / max(len(rows), 1))
    measured = [measure(table, row, height, padding) for row in rows]
    pages = split(measured, room, room)
    for number, part in enumerate(pages, 1):
        page = document.page(number, len(pages))
        _draw_page(page, sheet, table, part, notes)


def _draw_page(
    page: Page, sheet: Roster, table: Grid, rows: Sequence[MeasuredRow], notes: Sequence[str]
) -> None:
    y = heading(page, page.body.y, sheet.title, size=TITLE_SIZE)
    y = draw_subtitle(page, y, sheet.subtitle, SUBTITLE_SIZE)
    y = draw_meta(page, y, sheet.meta)
    y = draw(page, table, y + GAP * 0.6, rows) + GAP
    y = draw_notes(page, y, notes)
    if sheet.signatures:
        signatures(page, Box(page.body.x, y + 4 * MM, page.body.w, 0), sheet.signatures)
