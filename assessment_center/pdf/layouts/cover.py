"""The leaf between two sets: whose papers follow, what lies in the bag, and who packed it.

The dark tab at the right edge steps down from set to set, so that a printed stack falls apart into
its sets at a glance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assessment_center.pdf.faces import Face
from assessment_center.pdf.layouts.common import Pairs, draw_meta, draw_notes, note_lines
from assessment_center.pdf.marks import signatures
from assessment_center.pdf.page import MM, Box, Document, Page
from assessment_center.pdf.table import Column, draw, grid, measure, split
from assessment_center.pdf.wrap import fit

MAIN, SUBTITLE = 54.0, 14.0
TAB = (7 * MM, 24 * MM)
TABS = 9
COLUMNS = (
    Column("序号", 7), Column("名称", 40, align="left"), Column("纸码", 24), Column("版次", 9),
    Column("份数", 9), Column("装袋", 11), Column("领取", 11), Column("交回", 11),
)  # fmt: skip
ROW = 8.5 * MM


@dataclass(frozen=True)
class Cover:
    """`lines` are name, code, version and copies of what follows; `step` places the tab."""

    main: str
    lines: Sequence[tuple[str, str, str, str]]
    heading: str = ""
    meta: Pairs = ()
    notes: Sequence[str] = ()
    signatures: Sequence[str] = ()
    step: int = 0


def draw_cover(document: Document, cover: Cover) -> None:
    """Draw the leaf; a long list goes on over the page."""
    body = document.page_frame().body
    table = grid(COLUMNS, body.x, body.w)
    rows = [
        measure(table, (str(number), *line, "", "", ""), ROW)
        for number, line in enumerate(cover.lines, 1)
    ]
    notes = note_lines(cover.notes, body.w)
    head = MAIN * 1.4 + SUBTITLE * 3 + 22 * MM
    room = body.h - head - len(notes) * 9 * 1.45 - 18 * MM - table.header.height
    pages = split(rows, room, room)
    for number, part in enumerate(pages, 1):
        page = document.page(number if len(pages) > 1 else 0, len(pages))
        y = _draw_head(page, cover)
        y = draw(page, table, y, part) + 3 * MM
        y = draw_notes(page, y, notes)
        signatures(page, Box(body.x, y + 5 * MM, body.w, 0), cover.signatures, size=11)
        _draw_tab(page, cover.step)


def _draw_head(page: Page, cover: Cover) -> float:
    body = page.body
    y = body.y
    if cover.heading:
        told = fit(cover.heading, Face.KAI, SUBTITLE, body.w)
        for line in told.lines:
            page.text(
                body.centre, y + told.size, line, face=Face.KAI, size=told.size, align="center"
            )
            y += told.size * 1.4
    main = fit(cover.main, Face.HEI, MAIN, body.w, 1)
    for line in main.lines:
        page.text(body.centre, y + MAIN, line, face=Face.HEI, size=main.size, align="center")
        y += MAIN * 1.25
    return draw_meta(page, y + 2 * MM, cover.meta) + 3 * MM


def _draw_tab(page: Page, step: int) -> None:
    top = page.body.y + step % TABS * TAB[1]
    edge = page.width - 5 * MM - TAB[0]
    page.ink.polygon(
        [
            (edge, page.height - top),
            (edge + TAB[0], page.height - top),
            (edge + TAB[0], page.height - top - TAB[1]),
            (edge, page.height - top - TAB[1]),
        ]
    )
