"""Labels to be cut out: for desks, packets and doors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessment_center.pdf.faces import Face
from assessment_center.pdf.layouts.common import each
from assessment_center.pdf.marks import qr
from assessment_center.pdf.page import GREY, HAIR, MM, PALE, SMALL, Box, Document, Imprint, Page
from assessment_center.pdf.wrap import fit

MARGIN = 12 * MM
FOOT = 17 * MM
PADDING = 3.5 * MM
CODE = 24 * MM
LARGEST, SMALLEST_MAIN = 40.0, 12.0
USUAL_HEIGHT = 50 * MM  # of a label; type grows with larger ones
LEADING = 1.35
ONE_LINE_ENOUGH = 0.6  # of the size two lines would have


@dataclass(frozen=True)
class Label:
    """One label: `main` as large as it fits, the other lines below it.

    `corner` stands at the upper right, with `left` at the upper left.
    """

    main: str
    lines: Sequence[str] = ()
    corner: str = ""
    heading: str = ""
    qr: str = ""
    left: bool = False

    @property
    def who(self) -> str:
        return self.main


@dataclass(frozen=True)
class LabelSheet:
    """Labels that are printed and cut together; the title says at the foot where they go."""

    items: Sequence[Label]
    across: int = 2
    down: int = 5
    title: str = ""


def labels(
    items: Label | Iterable[Label],
    *,
    imprint: Imprint | None = None,
    across: int = 2,
    down: int = 5,
) -> bytes:
    """Print labels on A4 sheets of `across` × `down`, with thin lines to cut along."""
    document = Document("标签", imprint=imprint)
    draw_labels(document, LabelSheet(tuple(each(items, Label)), across, down))
    return document.finish()


def draw_labels(document: Document, sheet: LabelSheet) -> None:
    """Draw the labels of one sheet into an open document, on as many pages as they take."""
    across, down = sheet.across, sheet.down
    page = document.page_frame()
    for index, item in enumerate(sheet.items):
        place = index % (across * down)
        if place == 0:
            page = document.page()
            baseline = page.height - 9 * MM
            page.text(MARGIN, baseline, sheet.title, size=SMALL, color=GREY)
        w = (page.width - 2 * MARGIN) / across
        h = (page.height - MARGIN - FOOT) / down
        x, y = MARGIN + place % across * w, MARGIN + place // across * h
        _draw_label(page, item, Box(x, y, w, h))


def _draw_label(page: Page, item: Label, box: Box) -> None:
    page.box(box, weight=HAIR, color=PALE, dash=(3, 2))
    inner = text = box.inset(PADDING)
    scale = min(max(inner.h / USUAL_HEIGHT, 1), 2)
    if item.qr:
        side = min(inner.h * 0.62, CODE * scale)
        qr(page, Box(inner.right - side, inner.bottom - side, side, side), item.qr)
        text = Box(inner.x, inner.y, inner.w - side - 1.5 * MM, inner.h)
    below = _draw_heading(page, item, inner, scale) + 1 * MM
    _draw_text(page, item, Box(text.x, below, text.w, inner.bottom - below), scale)


def _draw_heading(page: Page, item: Label, inner: Box, scale: float) -> float:
    y = inner.y
    corner_at, heading_at = ("left", "right") if item.left else ("right", "left")
    edges = {"left": inner.x, "right": inner.right}
    if item.corner:
        largest = 20 if item.left else 11
        corner = fit(item.corner, Face.HEI, largest * scale, inner.w * 0.3, 1)
        words = "".join(corner.lines)
        baseline = y + corner.size * 0.9
        page.text(
            edges[corner_at], baseline, words, face=Face.HEI, size=corner.size, align=corner_at
        )
    if item.heading:
        room = inner.w * (0.68 if item.corner else 1)
        heading = fit(item.heading, Face.SONG, 9 * scale, room, 1)
        for line in heading.lines:
            page.text(
                edges[heading_at], y + heading.size, line,
                size=heading.size, color=GREY, align=heading_at,
            )  # fmt: skip
            y += heading.size * 1.3
    return y


def _draw_text(page: Page, item: Label, box: Box, scale: float) -> None:
    lines = [fit(line, Face.SONG, 10.5 * scale, box.w) for line in item.lines]
    below = sum(len(line.lines) * line.size * LEADING for line in lines)
    room = box.h - below
    size = max(SMALLEST_MAIN, min(LARGEST * scale, room * 0.62))
    one_line = fit(item.main, Face.KAI, size, box.w, 1)
    two_lines = fit(item.main, Face.KAI, min(size, room / 2.5), box.w, 2)
    main = two_lines if one_line.size < two_lines.size * ONE_LINE_ENOUGH else one_line
    if len(main.lines) * main.size > room:
        raise ValueError(f"The label {item.main} has more text than its place holds")
    align = "left" if item.qr else "center"
    place = Box(box.x, box.y, box.w, room)
    page.lines(place, main.lines, face=Face.KAI, size=main.size, leading=1.2, align=align)
    x = box.x if item.qr else box.centre
    y = box.bottom - below
    for line in lines:
        for words in line.lines:
            page.text(x, y + line.size, words, size=line.size, align=align)
            y += line.size * LEADING
