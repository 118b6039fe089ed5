"""Admission tickets: who, where, when, the photo, the code at the door, the rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assessment_center.pdf.faces import Face
from assessment_center.pdf.layouts.common import Pairs, each
from assessment_center.pdf.marks import photo, qr, seal_place
from assessment_center.pdf.page import (
    GREY,
    HAIR,
    MM,
    PALE,
    SMALL,
    TINT,
    Box,
    Document,
    Imprint,
    Page,
)
from assessment_center.pdf.table import Column, draw, grid, measure
from assessment_center.pdf.wrap import fit, wrap

PHOTO = (30 * MM, 40 * MM)
CODE = 26 * MM
LABEL_WIDTH = 24 * MM
FOOT = 19.5 * MM  # of half a page: the basis, the contact and the mark
SITTING_COLUMNS = (
    Column("科目", 22),
    Column("时间", 43),
    Column("考点", 40),
    Column("考场", 24),
    Column("座位", 17),
)


@dataclass(frozen=True)
class Style:
    """Measures of a ticket that has the page to itself, or shares it."""

    title: float
    gap: float
    picture: float
    fact: float
    name: float
    table: float
    sitting: float
    rules: float
    seal: float
    per_page: int

    @property
    def run_on(self) -> bool:
        """Whether the rules follow one another in one paragraph."""
        return self.per_page > 1


STYLES = {
    1: Style(26, 6 * MM, 1.0, 9 * MM, 14, 10.5, 11 * MM, 10.5, 20 * MM, per_page=1),
    2: Style(18, 2.2 * MM, 0.65, 6.4 * MM, 12, 9.5, 6.4 * MM, 8.0, 9.5 * MM, per_page=2),
}


@dataclass(frozen=True)
class TicketSitting:
    """One sitting the candidate attends."""

    subject: str
    time: str
    place: str
    room: str = ""
    seat: str = ""


@dataclass(frozen=True)
class Ticket:
    """One candidate's ticket. `number` is the admission number, `qr` what the door scans.

    `seal` is where the office's seal goes: nowhere, at a place of its own, or over the photo.
    `mark` ties this ticket to its record: code and version of the sheet.
    """

    centre: str
    name: str
    number: str
    facts: Pairs
    sittings: Sequence[TicketSitting]
    rules: Sequence[str] = ()
    title: str = "准考证"
    subtitle: str = ""
    photo: bytes | None = None
    qr: str = ""
    contact: str = ""
    seal: Literal["", "place", "photo"] = ""
    seal_words: str = ""
    mark: str = ""

    @property
    def who(self) -> str:
        return self.name


class NoRoomError(ValueError):
    """A ticket has more text than its place holds."""


def ticket(tickets: Ticket | Iterable[Ticket], *, imprint: Imprint, per_page: int = 1) -> bytes:
    """Print tickets, one on a page or two with a cut line between them.

    With two on a page the rules run on; where that still leaves no room, all are printed one on a
    page. Refuses a ticket that does not fit a page; nothing is cut.
    """
    if per_page not in STYLES:
        raise ValueError("per_page is 1 or 2")
    items = list(each(tickets, Ticket))
    attempts = [STYLES[per_page], STYLES[1], replace(STYLES[1], rules=8.0)]
    for style in attempts[:-1]:
        try:
            return _print(items, imprint, style)
        except NoRoomError:
            continue
    return _print(items, imprint, attempts[-1])


def _print(items: Sequence[Ticket], imprint: Imprint, style: Style) -> bytes:
    document = Document(items[0].title if items else "", imprint=imprint)
    for index, item in enumerate(items):
        place = index % style.per_page
        if place == 0:
            page = document.page()
        _draw_ticket(page, item, _area(page, place, style.per_page), style)
        foot = (place + 1) * page.height / style.per_page - 9 * MM
        page.text(page.body.right, foot, item.mark, size=SMALL, align="right", color=GREY)
        beside = (item.seal_words if item.seal == "photo" else "", item.contact)
        page.text(page.body.x, foot, "  ".join(filter(None, beside)), size=SMALL, color=GREY)
    return document.finish()


def _area(page: Page, place: int, per_page: int) -> Box:
    body = page.body
    if per_page == 1:
        return body
    half = page.height / 2
    if place == 1:
        page.rule(8 * MM, half, page.width - 8 * MM, half, weight=HAIR, color=PALE, dash=(3, 3))
    return Box(body.x, place * half + 7 * MM, body.w, half - 7 * MM - FOOT)


def _draw_ticket(page: Page, item: Ticket, area: Box, style: Style) -> None:
    y = _draw_title(page, item, area, style)
    y = _draw_person(page, item, Box(area.x, y, area.w, 0), style)
    y = _draw_sittings(page, item, y + style.gap, style)
    y += style.gap
    beside = 2 * style.seal + 2 * MM if item.seal == "place" else 0.0
    if beside:
        seal_place(
            page, area.right - style.seal, y + style.seal, item.seal_words, radius=style.seal
        )
    seal_ends = y + beside
    y = _draw_rules(page, item, Box(area.x, y, area.w - beside, area.bottom - y), style)
    y = max(y, seal_ends)
    if y > area.bottom + 1:
        raise NoRoomError(f"The ticket of {item.number} has more text than its place holds")


def _draw_title(page: Page, item: Ticket, area: Box, style: Style) -> float:
    centre = fit(item.centre, Face.SONG, style.title * 0.54, area.w, 1)
    y = area.y + style.title * 0.6
    page.text(area.centre, y, " ".join(centre.lines), size=centre.size, align="center")
    y += style.title * 1.35
    page.text(
        area.centre,
        y,
        item.title,
        face=Face.HEI,
        size=style.title,
        align="center",
        spacing=style.title * 0.35,
    )
    if item.subtitle:
        line = fit(item.subtitle, Face.KAI, style.title * 0.47, area.w, 1)
        y += style.title * 0.85
        words = " ".join(line.lines)
        page.text(area.centre, y, words, face=Face.KAI, size=line.size, align="center")
    return y + style.gap


def _draw_person(page: Page, item: Ticket, at: Box, style: Style) -> float:
    pairs = [("姓名", item.name), ("准考证号", item.number), *item.facts]
    w, h = PHOTO[0] * style.picture, PHOTO[1] * style.picture
    photo_box = Box(at.right - w, at.y, w, h)
    photo(page, photo_box, item.photo)
    bottom = photo_box.bottom
    if item.seal == "photo":
        radius = style.seal * 0.75
        seal_place(page, photo_box.x, photo_box.bottom - radius - MM, "", radius=radius)
    if item.qr:
        side = CODE * style.picture
        qr(page, Box(photo_box.centre - side / 2, bottom + 1.5 * MM, side, side), item.qr)
        bottom += 1.5 * MM + side
    y = at.y
    step = max((bottom - at.y) / len(pairs), style.fact) if item.qr else style.fact
    for index, (label, value) in enumerate(pairs):
        row = Box(at.x, y, at.w - w - 4 * MM, step)
        y = _draw_fact(page, row, label, value, name_size=0 if index else style.name)
    return max(y, bottom)


def _draw_fact(page: Page, row: Box, label: str, value: str, *, name_size: float) -> float:
    face = Face.KAI if name_size else Face.SONG
    text = fit(value, face, name_size or 11.0, row.w - LABEL_WIDTH - 4 * MM)
    height = max(row.h, len(text.lines) * text.size * 1.25 + 2 * MM)
    label_box = Box(row.x, row.y, LABEL_WIDTH, height)
    value_box = Box(label_box.right, row.y, row.w - LABEL_WIDTH, height)
    page.box(label_box, weight=HAIR, fill=TINT)
    page.box(value_box, weight=HAIR)
    words = fit(label, Face.HEI, 10.5, LABEL_WIDTH - 3 * MM)
    page.lines(label_box, words.lines, face=Face.HEI, size=words.size, align="center")
    page.lines(value_box.inset(2 * MM, 0), text.lines, face=face, size=text.size)
    return row.y + height


def _draw_sittings(page: Page, item: Ticket, y: float, style: Style) -> float:
    table = grid(SITTING_COLUMNS, page.body.x, page.body.w, style.table)
    rows = [
        measure(
            table,
            (sitting.subject, sitting.time, sitting.place, sitting.room, sitting.seat),
            style.sitting,
        )
        for sitting in item.sittings
    ]
    return draw(page, table, y, rows)


def _draw_rules(page: Page, item: Ticket, area: Box, style: Style) -> float:
    size = style.rules
    y = area.y
    if item.rules:
        y += size
        page.text(area.x, y, "考生须知", face=Face.HEI, size=size + 1)
        y += size * 0.3
    if style.run_on:
        words = "".join(f"{number}.{rule}" for number, rule in enumerate(item.rules, 1))
        rules, hang = [("", words)] if words else [], 0.0
    else:
        rules = [(f"{number}.", rule) for number, rule in enumerate(item.rules, 1)]
        hang = size * 1.7
    for number, rule in rules:
        y += 0 if style.run_on else size * 0.4
        page.text(area.x, y + size * 1.4, number, size=size)
        for line in wrap(rule, Face.SONG, size, area.w - hang):
            y += size * 1.4
            page.text(area.x + hang, y, line, size=size)
    return y
