"""Cards of the staff at the size of a bank card: one on a page, or ten on an A4 sheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assessment_center.pdf.faces import Face
from assessment_center.pdf.layouts.common import Pairs, each
from assessment_center.pdf.marks import photo, qr
from assessment_center.pdf.page import (
    GREY,
    HAIR,
    MM,
    PALE,
    SMALL,
    THIN,
    Box,
    Document,
    Imprint,
    Page,
    Paper,
)
from assessment_center.pdf.wrap import fit, wrap

WIDTH, HEIGHT = Paper.CARD.value
ACROSS, DOWN = 2, 5
EDGE = 4 * MM
PHOTO = (21 * MM, 28 * MM)
CODE = 15 * MM
NAME_SIZE, FACT_SIZE = 15.0, 8.5
FACT_SIZES = (9.0, 8.5, SMALL)
FACT_STEP, TIGHT = 1.4, 1.15
STEPS = tuple((size, size * step) for step in (FACT_STEP, TIGHT) for size in FACT_SIZES)


@dataclass(frozen=True)
class StaffCard:
    """One card: facts stand in their order, a long value goes on over a second line."""

    title: str
    name: str
    facts: Pairs
    issuer: str
    photo: bytes | None = None
    qr: str = ""

    @property
    def who(self) -> str:
        return self.name


def staff_cards(
    items: StaffCard | Iterable[StaffCard], *, imprint: Imprint, paper: Paper = Paper.A4
) -> bytes:
    """Print cards; on A4 with thin lines to cut along, on `CARD` each to the paper's edge."""
    whole = paper is Paper.CARD
    document = Document("证卡", paper=paper, imprint=Imprint() if whole else imprint)
    page = document.page_frame()
    a_page = 1 if whole else ACROSS * DOWN
    for index, item in enumerate(each(items, StaffCard)):
        place = index % a_page
        if place == 0:
            page = document.page()
        box = Box(0, 0, WIDTH, HEIGHT) if whole else _place(page, place)
        if not whole:
            page.box(box, weight=HAIR, color=PALE, dash=(3, 2))
        _draw(page, item, box)
    return document.finish()


def _place(page: Page, place: int) -> Box:
    left = (page.width - ACROSS * WIDTH) / 2
    return Box(left + place % ACROSS * WIDTH, 6 * MM + place // ACROSS * HEIGHT, WIDTH, HEIGHT)


def _draw(page: Page, item: StaffCard, box: Box) -> None:
    inner = box.inset(EDGE)
    title = fit(item.title, Face.HEI, 11, inner.w, 1)
    for line in title.lines:
        page.text(inner.centre, inner.y + 10, line, face=Face.HEI, size=title.size, align="center")
    rule = inner.y + 15
    page.rule(inner.x, rule, inner.right, rule, weight=THIN)
    top = rule + 2.2 * MM
    photo(page, Box(inner.x, top, *PHOTO), item.photo, words="照片")
    left = inner.x + PHOTO[0] + 3 * MM
    foot = inner.bottom - FACT_SIZE - 1.5 * MM
    _text(page, item, Box(left, top, inner.right - left, foot - top))
    if item.qr:
        qr(page, Box(inner.right - CODE, top - 1 * MM, CODE, CODE), item.qr)
    issuer = fit(item.issuer, Face.SONG, FACT_SIZE, inner.w, 1)
    for line in issuer.lines:
        page.text(inner.right, inner.bottom, line, size=issuer.size, align="right", color=GREY)


def _text(page: Page, item: StaffCard, at: Box) -> None:
    """The name, then the facts; what stands beside the code is narrower than what is below it."""
    beside = at.w - (CODE + 1 * MM if item.qr else 0)
    name = fit(item.name, Face.KAI, NAME_SIZE, beside, 2)
    y = at.y
    for line in name.lines:
        y += name.size
        page.text(at.x, y, line, face=Face.KAI, size=name.size)
        y += 2
    y += 2
    size, step = next(
        (each for each in STEPS if _fits(item, at, beside, y, *each)), (SMALL, SMALL * TIGHT)
    )
    lines = _fact_lines(item, at, beside, y, size, step)
    step = min(step, (at.bottom - y) / max(len(lines), 1))
    if step < size:
        raise ValueError(f"The card of {item.name} has more text than its place holds")
    for line in lines:
        y += step
        page.text(at.x, y, line, size=size)


def _fits(item: StaffCard, at: Box, beside: float, y: float, size: float, step: float) -> bool:
    return len(_fact_lines(item, at, beside, y, size, step)) * step <= at.bottom - y


def _fact_lines(
    item: StaffCard, at: Box, beside: float, y: float, size: float, step: float
) -> list[str]:
    """A line whose letters begin below the code has the whole width."""
    found: list[str] = []
    for label, value in item.facts:
        top = y + (len(found) + 1) * step - size
        wide = beside if top < at.y - 1 * MM + CODE else at.w
        found += wrap(f"{label}：{value}", Face.SONG, size, wide)
    return found
