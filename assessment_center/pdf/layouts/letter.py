"""Letters of appointment: calm and centred, with room for the seal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assessment_center.pdf.faces import Face
from assessment_center.pdf.layouts.common import each
from assessment_center.pdf.marks import seal_place
from assessment_center.pdf.page import GREY, HAIR, MM, THIN, Box, Document, Imprint, Page, Paper
from assessment_center.pdf.text import width
from assessment_center.pdf.wrap import fit, wrap

BORDER, INNER = 13 * MM, 15 * MM
TITLE, TEXT, SIGN = 48.0, 20.0, 16.0
LEADING = 1.85
MARGIN = 42 * MM
GAP = 1.0  # of the title's size, between its two characters


@dataclass(frozen=True)
class Letter:
    """One letter: `text` is one paragraph with the name in it."""

    title: str
    text: str
    issuer: str
    date: str
    number: str = ""
    seal: str = "（盖章）"
    who: str = ""


def letter(letters: Letter | Iterable[Letter], *, imprint: Imprint) -> bytes:
    """Print letters on A4 landscape, one on a page."""
    document: Document | None = None
    for item in each(letters, Letter):
        document = document or Document(item.title, paper=Paper.A4_LANDSCAPE, imprint=imprint)
        _draw(document.page(), item)
    return (document or Document("", paper=Paper.A4_LANDSCAPE, imprint=imprint)).finish()


def _draw(page: Page, item: Letter) -> None:
    whole = Box(0, 0, page.width, page.height)
    page.box(_within(whole, BORDER), weight=THIN)
    page.box(_within(whole, INNER), weight=HAIR)
    y = 48 * MM
    page.text(
        page.width / 2,
        y,
        item.title,
        face=Face.KAI,
        size=TITLE,
        align="center",
        spacing=TITLE * GAP,
    )
    if item.number:
        page.text(page.width - MARGIN, y + 12 * MM, item.number, size=11, align="right", color=GREY)
    room = page.width - 2 * MARGIN
    lines = wrap(item.text, Face.KAI, TEXT, room, indent=2 * TEXT)
    y += 30 * MM
    for number, line in enumerate(lines):
        page.text(MARGIN + (0 if number else 2 * TEXT), y, line, face=Face.KAI, size=TEXT)
        y += TEXT * LEADING
    _sign(page, item)


def _within(box: Box, edge: float) -> Box:
    """The frame leaves the foot of the page to the imprint."""
    return Box(edge, edge, box.w - 2 * edge, box.h - 2 * edge - 7 * MM)


def _sign(page: Page, item: Letter) -> None:
    issuer = fit(item.issuer, Face.KAI, SIGN, 100 * MM)
    longest = max(width(line, Face.KAI, issuer.size) for line in issuer.lines)
    x = page.width - MARGIN - max(longest / 2, 30 * MM)
    y = page.height - 66 * MM
    seal_place(page, x, y + 17 * MM, item.seal)
    for line in issuer.lines:
        page.text(x, y, line, face=Face.KAI, size=issuer.size, align="center")
        y += issuer.size * 1.5
    page.text(x, y + 2 * MM, item.date, face=Face.KAI, size=SIGN, align="center")
