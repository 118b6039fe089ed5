"""Rules and lists posted on a wall: one page, as large as the text allows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessment_center.pdf.faces import Face
from assessment_center.pdf.flow import Line, Placed, Space, Unit, centred, pour
from assessment_center.pdf.layouts.common import each
from assessment_center.pdf.page import BOLD, HAIR, MM, Box, Document, Imprint, Paper
from assessment_center.pdf.wrap import wrap

LARGEST, SMALLEST = 30, 14
LEADING = 1.6
GAP = 0.45


@dataclass(frozen=True)
class WallNotice:
    """A posted text: its items are numbered unless they carry their own numbers."""

    title: str
    items: Sequence[str]
    issuer: str = ""
    date: str = ""
    subtitle: str = ""
    numbered: bool = True


def wall_notice(
    notices: WallNotice | Iterable[WallNotice], *, imprint: Imprint, paper: Paper = Paper.A3
) -> bytes:
    """Print posters; the largest type from 30 to 14 pt that fits one page is taken."""
    document: Document | None = None
    for item in each(notices, WallNotice):
        document = document or Document(item.title, paper=paper, imprint=imprint)
        draw_wall_notice(document, item)
    return (document or Document("", paper=paper, imprint=imprint)).finish()


def draw_wall_notice(document: Document, item: WallNotice) -> None:
    """Draw one poster into an open document."""
    frame = document.page_frame()
    edge = Box(0, 0, frame.width, frame.height - document.foot).inset(18 * MM)
    body = edge.inset(17 * MM, 16 * MM)
    pages = _largest(item, body)
    for number, placed in enumerate(pages, 1):
        page = document.page(number if len(pages) > 1 else 0, len(pages))
        page.box(edge, weight=BOLD * 1.6)
        page.box(edge.inset(2 * MM), weight=HAIR)
        for y, unit in placed:
            unit.draw(page, body, body.y + y)


def _largest(item: WallNotice, body: Box) -> list[list[Placed]]:
    pages: list[list[Placed]] = [[]]
    for size in range(LARGEST, SMALLEST - 1, -1):
        pages = pour(_units(item, body, float(size)), body.h, body.h)
        if len(pages) == 1:
            return _spread(pages[0], body)
    return pages


def _spread(placed: list[Placed], body: Box) -> list[list[Placed]]:
    """A page that is not full begins a little lower, so that it stands calmly in its frame."""
    bottom = max((y + unit.height for y, unit in placed), default=0)
    shift = (body.h - bottom) * 0.3
    return [[(y + shift, unit) for y, unit in placed]]


def _units(item: WallNotice, body: Box, size: float) -> list[Unit]:
    units = centred(item.title, body.w, face=Face.HEI, size=size * 1.9, leading=1.4)
    if item.subtitle:
        units += centred(item.subtitle, body.w, face=Face.KAI, size=size)
    units.append(Space(size * 1.4, keep=True))
    for number, text in enumerate(item.items, 1):
        units += _item(f"{number}. " if item.numbered else "", text, body.w, size)
    for words in filter(None, (item.issuer, item.date)):
        units.append(Space(size * 0.6, keep=True))
        units += [
            Line(line, Face.SONG, size, size * LEADING, align="right", left=size)
            for line in wrap(words, Face.SONG, size, body.w - size)
        ]
    return units


def _item(number: str, text: str, limit: float, size: float) -> list[Unit]:
    hang = size * 2 if number else 0
    lines = wrap(text, Face.SONG, size, limit - hang)
    last = len(lines) - 1
    return [
        *(
            Line(
                line, Face.SONG, size, size * LEADING,
                left=hang, full=index < last, number="" if index else number,
            )
            for index, line in enumerate(lines)
        ),
        Space(size * GAP),
    ]  # fmt: skip
