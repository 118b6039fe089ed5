"""Labels to be cut out: for desks, packets and doors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessment_center.pdf.faces import Face
from assessment_center.pdf.layouts.common import each
from assessment_center.pdf.marks import qr
from assessment_center.pdf.page import GREY, HAIR, MM, PALE, Box, Document, Imprint, Page
from assessment_center.pdf.wrap import fit

MARGIN = 12 * MM
FOOT = 17 * MM
PADDING = 3.5 * MM
LARGEST, SMALLEST_MAIN = 40.0, 12.0


@dataclass(frozen=True)
class Label:
    """One label: `main` as large as it fits, the other lines below it."""

    main: str
    lines: Sequence[str] = ()
    corner: str = ""
    heading: str = ""
    qr: str = ""

    @property
    def who(self) -> str:
        return self.main


def labels(
    items: Label | Iterable[Label],
    *,
    imprint: Imprint | None = None,
    across: int = 2,
    down: int = 5,
) -> bytes:
    """Print labels on A4 sheets of `across` × `down`, with thin lines to cut along."""
    document = Document("标签", imprint=imprint)
    page = document.page_frame()
    for index, item in enumerate(each(items, Label)):
        place = index % (across * down)
        if place == 0:
            page = document.page()
        w = (page.width - 2 * MARGIN) / across
        h = (page.height - MARGIN - FOOT) / down
        x, y = MARGIN + place % across * w, MARGIN + place // across * h
        _draw_label(page, item, Box(x, y, w, h))
    return document.finish()


def _draw_label(page: Page, item: Label, box: Box) -> None:
    page.box(box, weight=HAIR, color=PALE, dash=(3, 2))
    inner = box.inset(PADDING)
    if item.qr:
        side = min(inner.h * 0.62, 24 * MM)
        qr(page, Box(inner.right - side, inner.bottom - side, side, side), item.qr)
        text = Box(inner.x, inner.y, inner.w - side - 1.5 * MM, inner.h)
    else:
        text = inner
    top = inner.y
    if item.heading or item.corner:
        room = inner.w * (0.68 if item.corner else 1)
        words = fit(item.heading, Face.SONG, 9, room, 1)
        for line in words.lines:
            page.text(inner.x, top + 9, line, size=words.size, color=GREY)
            top += words.size * 1.3
        corner = fit(item.corner, Face.HEI, 11, inner.w * 0.3, 1)
        page.text(
            inner.right, inner.y + 10, "".join(corner.lines),
            face=Face.HEI, size=corner.size, align="right",
        )  # fmt: skip
    _draw_text(page, item, Box(text.x, top + 1 * MM, text.w, inner.bottom - top - 1 * MM))


def _draw_text(page: Page, item: Label, box: Box) -> None:
    lines = [fit(line, Face.SONG, 10.5, box.w) for line in item.lines]
    below = sum(len(line.lines) * line.size * 1.35 for line in lines)
    room = box.h - below
    size = max(SMALLEST_MAIN, min(LARGEST, room * 0.62))
    one_line = fit(item.main, Face.KAI, size, box.w, 1)
    two_lines = fit(item.main, Face.KAI, min(size, room / 2.5), box.w, 2)
    main = max(one_line, two_lines, key=lambda fitted: fitted.size)
    page.lines(
        Box(box.x, box.y, box.w, room), main.lines,
        face=Face.KAI, size=main.size, leading=1.2,
        align="left" if item.qr else "center",
    )  # fmt: skip
    y = box.bottom - below
    for line in lines:
        for words in line.lines:
            x = box.x if item.qr else box.centre
            page.text(
                x, y + line.size, words, size=line.size, align="left" if item.qr else "center"
            )
            y += line.size * 1.35
