"""Slips to be cut out and handed to each: whose account, its one-time code, where and how."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessment_center.pdf.faces import Face
from assessment_center.pdf.layouts.common import each
from assessment_center.pdf.marks import qr
from assessment_center.pdf.page import GREY, HAIR, MM, PALE, Box, Document, Imprint, Page
from assessment_center.pdf.wrap import MIN_SIZE, fit

ACROSS, DOWN = 2, 5
MARGIN, FOOT = 10 * MM, 15 * MM
PADDING = 4 * MM
CODE = 21 * MM
CODE_SIZE = 16.0
CODE_STEP = CODE_SIZE + 3 * MM
NAME_SIZE = 17.0
TEXT_SIZE = 10.5
NUMBER_STEP = TEXT_SIZE + 2 * MM
SMALL_SIZE = 8.5
STEP = SMALL_SIZE * 1.4
LEADING = 1.15


@dataclass(frozen=True)
class Slip:
    """One slip; `number` is what the account is found by, `group` the class it is handed out in."""

    name: str
    number: str
    number_label: str
    code: str
    group: str = ""

    @property
    def who(self) -> str:
        return self.name


@dataclass(frozen=True)
class SlipWords:
    """What every slip of a sheet says; `address` goes into the QR code, `shown` stands in print."""

    heading: str
    code_label: str
    until: str
    address: str
    shown: str
    steps: Sequence[str]


def slips(
    items: Slip | Iterable[Slip], words: SlipWords, *, imprint: Imprint | None = None
) -> bytes:
    """Print slips on A4, two across and five down, with dashed lines to cut along."""
    document = Document(words.heading, imprint=imprint)
    page = document.page_frame()
    w = (page.width - 2 * MARGIN) / ACROSS
    h = (page.height - MARGIN - FOOT) / DOWN
    for index, item in enumerate(each(items, Slip)):
        place = index % (ACROSS * DOWN)
        if place == 0:
            page = document.page()
        x, y = MARGIN + place % ACROSS * w, MARGIN + place // ACROSS * h
        _draw(page, item, words, Box(x, y, w, h))
    return document.finish()


def _draw(page: Page, item: Slip, words: SlipWords, box: Box) -> None:
    page.box(box, weight=HAIR, color=PALE, dash=(3, 2))
    inner = box.inset(PADDING)
    y = _head(page, item, words, inner)
    qr(page, Box(inner.right - CODE, y + 1 * MM, CODE, CODE), words.address)
    left = Box(inner.x, y, inner.w - CODE - 2 * MM, inner.h)
    lines = _foot_lines(words, inner.w)
    room = inner.bottom - STEP * len(lines) - y - NUMBER_STEP - CODE_STEP
    y = _name(page, item.name, Box(left.x, y, left.w, room))
    page.text(inner.x, y + TEXT_SIZE, f"{item.number_label}  {item.number}", size=TEXT_SIZE)
    y += NUMBER_STEP + CODE_SIZE
    label = page.text(inner.x, y, f"{words.code_label}  ", size=TEXT_SIZE)
    code = fit(item.code, Face.HEI, CODE_SIZE, left.w - label, 1)
    page.text(inner.x + label, y, item.code, face=Face.HEI, size=code.size)
    y = inner.bottom - STEP * (len(lines) - 1)
    for line, size in lines:
        page.text(inner.x, y, line, size=size)
        y += STEP


def _name(page: Page, text: str, box: Box) -> float:
    """The name as large as its place allows, in one line or two; returns the y below it."""
    name = fit(text, Face.KAI, NAME_SIZE, box.w, 1)
    size = NAME_SIZE
    while len(name.lines) * name.size * LEADING > box.h and size > MIN_SIZE:
        size = max(MIN_SIZE, size - 1)
        name = fit(text, Face.KAI, size, box.w, 2)
    y = box.y
    for line in name.lines:
        y += name.size * LEADING
        page.text(box.x, y, line, face=Face.KAI, size=name.size)
    return y + 1.5 * MM


def _head(page: Page, item: Slip, words: SlipWords, inner: Box) -> float:
    size = 9.0
    group = fit(item.group, Face.SONG, size, inner.w * 0.42, 1)
    heading = fit(words.heading, Face.SONG, size, inner.w * 0.56, 1)
    y = inner.y + size
    page.text(inner.x, y, "".join(heading.lines), size=heading.size, color=GREY)
    page.text(inner.right, y, "".join(group.lines), size=group.size, align="right", color=GREY)
    return y + 1 * MM


def _foot_lines(words: SlipWords, limit: float) -> list[tuple[str, float]]:
    """The address, the two steps and the day, each with its size."""
    found = []
    for text in (words.shown, *words.steps, words.until):
        fitted = fit(text, Face.SONG, SMALL_SIZE, limit, 1)
        found += [(line, fitted.size) for line in fitted.lines]
    return found
