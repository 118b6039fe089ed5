"""The map of a venue for a wall: every room a card with its number, where it is and who sits there.

The office knows its rooms by site and name, not by the plan of the house; the cards stand in the
order in which the rooms are numbered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assessment_center.pdf.faces import Face
from assessment_center.pdf.flow import Unit, pour
from assessment_center.pdf.layouts.common import draw_subtitle, subtitle_height
from assessment_center.pdf.marks import heading
from assessment_center.pdf.page import BOLD, HAIR, MM, TINT, Box, Document, Page
from assessment_center.pdf.wrap import Fitted, fit

TITLE, SUBTITLE, GROUP, NUMBER, PLACE, TEXT = 30.0, 15.0, 16.0, 40.0, 15.0, 11.0
GAP = 4 * MM
LEADING = 1.3
SMALLEST_CARD = 62 * MM


@dataclass(frozen=True)
class Card:
    number: str
    place: str
    lines: Sequence[str] = ()


@dataclass(frozen=True)
class CardGroup:
    """The rooms of one sitting under its heading."""

    heading: str
    cards: Sequence[Card]


@dataclass(frozen=True)
class RoomCards:
    title: str
    groups: Sequence[CardGroup]
    subtitle: str = ""


@dataclass(frozen=True)
class _Heading:
    text: Fitted
    keep: bool = True

    @property
    def height(self) -> float:
        return len(self.text.lines) * self.text.size * 1.3 + 4 * MM

    def draw(self, page: Page, box: Box, y: float) -> None:
        height = self.height - 2 * MM
        page.box(Box(box.x, y, box.w, height), weight=0, fill=TINT)
        place = Box(box.x + 3 * MM, y, box.w, height)
        page.lines(place, self.text.lines, face=Face.HEI, size=self.text.size)


@dataclass(frozen=True)
class _Row:
    cards: Sequence[Card]
    texts: Sequence[tuple[Fitted, list[Fitted]]]
    across: int
    keep: bool = False

    @property
    def height(self) -> float:
        return max(_needed(each) for each in self.texts) + GAP

    def draw(self, page: Page, box: Box, y: float) -> None:
        w = (box.w - GAP * (self.across - 1)) / self.across
        for index, (card, told) in enumerate(zip(self.cards, self.texts, strict=True)):
            place = Box(box.x + index * (w + GAP), y, w, self.height - GAP)
            _draw_card(page, card, told, place)


def _needed(told: tuple[Fitted, list[Fitted]]) -> float:
    place, lines = told
    height = NUMBER * 1.15 + len(place.lines) * place.size * LEADING
    return height + sum(len(each.lines) * each.size * LEADING for each in lines) + 7 * MM


def draw_room_cards(document: Document, sheet: RoomCards) -> None:
    """Draw the map over as many pages as there are rooms for."""
    frame = document.page_frame()
    body = frame.body
    across = max(int((body.w + GAP) / (SMALLEST_CARD + GAP)), 1)
    head = TITLE * 1.5 + subtitle_height(sheet.subtitle, body.w, SUBTITLE, 1.7) + 3 * MM
    pages = pour(_units(sheet, body, across), body.h - head, body.h - head)
    for number, placed in enumerate(pages, 1):
        page = document.page(number if len(pages) > 1 else 0, len(pages))
        y = heading(page, body.y, sheet.title, size=TITLE)
        draw_subtitle(page, y, sheet.subtitle, SUBTITLE, 1.7)
        for y, unit in placed:
            unit.draw(page, body, body.y + head + y)


def _units(sheet: RoomCards, body: Box, across: int) -> list[Unit]:
    limit = (body.w - GAP * (across - 1)) / across - 6 * MM
    units: list[Unit] = []
    for group in sheet.groups:
        units.append(_Heading(fit(group.heading, Face.HEI, GROUP, body.w - 6 * MM)))
        for start in range(0, len(group.cards), across):
            cards = group.cards[start : start + across]
            units.append(_Row(cards, [_texts(card, limit) for card in cards], across))
    return units


def _texts(card: Card, limit: float) -> tuple[Fitted, list[Fitted]]:
    lines = [fit(line, Face.SONG, TEXT, limit, 3) for line in card.lines]
    return fit(card.place, Face.HEI, PLACE, limit), lines


def _draw_card(page: Page, card: Card, told: tuple[Fitted, list[Fitted]], box: Box) -> None:
    page.box(box, weight=BOLD)
    place, lines = told
    x, y = box.x + 3 * MM, box.y + 2 * MM
    number = fit(card.number, Face.HEI, NUMBER, box.w - 6 * MM, 1)
    page.text(x, y + NUMBER, "".join(number.lines), face=Face.HEI, size=number.size)
    y += NUMBER * 1.15
    for line in place.lines:
        page.text(x, y + place.size, line, face=Face.HEI, size=place.size)
        y += place.size * LEADING
    page.rule(x, y + 1.5 * MM, box.right - 3 * MM, y + 1.5 * MM, weight=HAIR)
    y += 2.5 * MM
    for each in lines:
        for line in each.lines:
            page.text(x, y + each.size, line, size=each.size)
            y += each.size * LEADING
