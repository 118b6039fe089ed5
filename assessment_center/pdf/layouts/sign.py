"""Signs to be read from afar: doors, ways, rooms of the day. One a page, as large as it fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assessment_center.pdf.faces import Face
from assessment_center.pdf.page import BOLD, HAIR, MM, Box, Document, Page
from assessment_center.pdf.wrap import Fitted, fit

LARGEST, LINES_SIZE, HEADING_SIZE = 190.0, 22.0, 18.0
BANNER = 420.0  # a single character: one sheet of a banner
ONE_LINE = 9  # characters that are not broken over two lines
ARROW = 42 * MM
LEADING = 1.15
# The head and shaft of an arrow to the right in a square of side one, from the tip clockwise.
ARROW_SHAPE = (
    (1.0, 0.5), (0.55, 1.0), (0.55, 0.68), (0.0, 0.68),
    (0.0, 0.32), (0.55, 0.32), (0.55, 0.0),
)  # fmt: skip
TURNS = {"right": (1, 0), "left": (-1, 0), "up": (0, -1)}


@dataclass(frozen=True)
class Sign:
    """`main` as large as it fits; `arrow` is right, left, up or empty; `lines` stand below."""

    main: str
    arrow: str = ""
    heading: str = ""
    lines: Sequence[str] = ()


def draw_sign(document: Document, sign: Sign) -> None:
    """Draw the sign on one page in a double frame."""
    page = document.page()
    edge = Box(0, 0, page.width, page.height - document.foot).inset(18 * MM)
    page.box(edge, weight=BOLD * 2)
    page.box(edge.inset(2 * MM), weight=HAIR)
    inner = edge.inset(12 * MM, 10 * MM)
    top = inner.y
    if sign.heading:
        told = fit(sign.heading, Face.KAI, HEADING_SIZE, inner.w)
        for line in told.lines:
            page.text(
                inner.centre, top + told.size, line, face=Face.KAI, size=told.size, align="center"
            )
            top += told.size * 1.3
    below = [fit(line, Face.SONG, LINES_SIZE, inner.w) for line in sign.lines]
    height = sum(len(each.lines) * each.size * 1.4 for each in below)
    room = Box(inner.x, top, inner.w, inner.bottom - top - height)
    _draw_main(page, sign, room)
    y = inner.bottom - height
    for each in below:
        for line in each.lines:
            page.text(inner.centre, y + each.size, line, size=each.size, align="center")
            y += each.size * 1.4


def _draw_main(page: Page, sign: Sign, room: Box) -> None:
    if sign.arrow == "up":
        side = min(ARROW, room.h * 0.4)
        _draw_arrow(page, Box(room.centre - side / 2, room.y + 4 * MM, side, side), sign.arrow)
        room = Box(room.x, room.y + side + 4 * MM, room.w, room.h - side - 4 * MM)
    elif sign.arrow:
        left = room.x if sign.arrow == "left" else room.right - ARROW
        _draw_arrow(page, Box(left, room.middle - ARROW / 2, ARROW, ARROW), sign.arrow)
        shift = ARROW + 6 * MM
        x = room.x + (shift if sign.arrow == "left" else 0)
        room = Box(x, room.y, room.w - shift, room.h)
    told = largest(sign.main, room)
    page.lines(room, told.lines, face=Face.HEI, size=told.size, align="center", leading=LEADING)


def largest(text: str, room: Box) -> Fitted:
    """The text at the largest size the room holds: a short one in one line, a long one in two."""
    size = BANNER if len(text) == 1 else LARGEST
    most = 1 if len(text.replace(" ", "")) <= ONE_LINE else 2
    while size > LINES_SIZE:
        told = fit(text, Face.HEI, size, room.w, most)
        if told.size >= size and len(told.lines) * size * LEADING <= room.h:
            return told
        size *= 0.94
    return fit(text, Face.HEI, LINES_SIZE, room.w)


def _draw_arrow(page: Page, box: Box, turn: str) -> None:
    dx, dy = TURNS[turn]
    points = []
    for x, y in ARROW_SHAPE:
        along, across = x - 0.5, y - 0.5
        px, py = along * dx - across * dy, along * dy + across * dx
        points.append((box.centre + px * box.w, page.height - (box.middle + py * box.h)))
    page.ink.polygon(points)
