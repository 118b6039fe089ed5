"""Slips to be cut out and handed to each: whose account, its one-time code, where and how."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessment_center.pdf.faces import Face
from assessment_center.pdf.layouts.common import each
from assessment_center.pdf.marks import qr
from assessment_center.pdf.page import GREY, HAIR, MM, PALE, Box, Document, Imprint, Page
from assessment_center.pdf.wrap import fit

ACROSS, DOWN = 2, 5
MARGIN, FOOT = 10 * MM, 15 * MM
PADDING = 4 * MM
CODE = 21 * MM
CODE_SIZE = 16.0
NAME_SIZE = 17.0
SMALL_SIZE = 8.5
STEP = SMALL_SIZE * 1.4


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
    """What every slip of a sheet says."""

    heading: str
    code_label: str
    until: str
    address: str
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
    side = Box(inner.right - CODE, y + 1 * MM, CODE, CODE)
    qr(page, side, words.address)
    left = Box(inner.x, y, inner.w - CODE - 2 * MM, inner.h)
    name = fit(item.name, Face.KAI, NAME_SIZE, left.w, 2)
    for line in name.lines:
        y += name.size * 1.2
        page.text(inner.x, y, line, face=Face.KAI, size=name.size)
    y += 5 * MM
    page.text(inner.x, y, f"{item.number_label}  {item.number}", size=10.5)
    y += 2 * MM + CODE_SIZE
    label = page.text(inner.x, y, f"{words.code_label}  ", size=10.5)
    page.text(inner.x + label, y, item.code, face=Face.HEI, size=CODE_SIZE, spacing=0.6)
    _foot(page, words, inner)


def _head(page: Page, item: Slip, words: SlipWords, inner: Box) -> float:
    size = 9.0
    group = fit(item.group, Face.SONG, size, inner.w * 0.42, 1)
    heading = fit(words.heading, Face.SONG, size, inner.w * 0.56, 1)
    y = inner.y + size
    page.text(inner.x, y, "".join(heading.lines), size=heading.size, color=GREY)
    page.text(inner.right, y, "".join(group.lines), size=group.size, align="right", color=GREY)
    return y + 1 * MM


def _foot(page: Page, words: SlipWords, inner: Box) -> None:
    lines = [
        line for step in words.steps for line in fit(step, Face.SONG, SMALL_SIZE, inner.w).lines
    ]
    lines.append(words.until)
    y = inner.bottom - STEP * (len(lines) - 1)
    for line in lines:
        page.text(inner.x, y, line, size=SMALL_SIZE)
        y += STEP
