"""Announcements and letters in the shape of official papers: red head, number, title, text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assessment_center.pdf.faces import Face
from assessment_center.pdf.flow import (
    Line,
    Placed,
    Space,
    TableRows,
    Unit,
    centred,
    paragraph,
    pour,
)
from assessment_center.pdf.layouts.common import each
from assessment_center.pdf.layouts.flow_chart import FlowChart
from assessment_center.pdf.page import MM, RED, Box, Document, Imprint, Page
from assessment_center.pdf.table import Column, grid, measure
from assessment_center.pdf.text import width
from assessment_center.pdf.wrap import wrap

SIZE = 16.0
LEADING = 1.75
STEP = SIZE * LEADING
HEAD_SIZE = 40.0
TITLE_SIZE = 22.0
TABLE_SIZE = 11.0
ROW_HEIGHT = 9 * MM
RED_RULE = 1.8
CLOSER = (0.95, 0.9, 0.85, 0.8)  # of the usual distance of lines, when a page is to be saved
LITTLE = 0.25  # of a page: a last page with no more on it is worth saving
FEW = 8  # lines of attachments that stay together


@dataclass(frozen=True)
class Table:
    """A table inside the text."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    caption: str = ""


@dataclass(frozen=True)
class Notice:
    """An announcement. `body` is paragraphs, tables and flow charts in their order.

    A line break in the title stays. The last attachment goes with the signature, which never
    stands alone on a page.
    """

    issuer: str
    title: str
    body: Sequence[str | Table | FlowChart]
    signer: str
    date: str
    number: str = ""
    addressee: str = ""
    attachments: Sequence[str] = ()
    contact: str = ""
    red_head: bool = True


def notice(notices: Notice | Iterable[Notice], *, imprint: Imprint) -> bytes:
    """Print announcements on A4, pages counted within each."""
    document: Document | None = None
    for item in each(notices, Notice):
        document = document or Document(item.title.replace("\n", ""), imprint=imprint)
        draw_notice(document, item)
    return (document or Document("", imprint=imprint)).finish()


def _body(page: Page) -> Box:
    return Box(28 * MM, 32 * MM, page.width - 54 * MM, page.height - 32 * MM - 27 * MM)


def draw_notice(document: Document, item: Notice) -> None:
    """Draw one announcement into an open document."""
    body = _body(document.page_frame())
    head = 58 * MM if item.red_head else 0
    pages = _poured(_units(item, body), body.h - head, body.h)
    for number, placed in enumerate(pages, 1):
        page = document.page(number, len(pages))
        top = body.y
        if number == 1 and item.red_head:
            _draw_head(page, item, body)
            top += head
        for y, unit in placed:
            unit.draw(page, body, top + y)


def _poured(units: list[Unit], first: float, rest: float) -> list[list[Placed]]:
    """The pages; set a little closer when that saves a page for the end of the list and signature.

    GB/T 9704 7.3.5.4 allows it where the room left is too small for the signature.
    """
    pages = pour(units, first, rest)
    ends = sum(unit.height for _y, unit in pages[-1])
    for closer in CLOSER if len(pages) > 1 and ends <= LITTLE * rest else ():
        tried = pour([_closer(unit, closer) for unit in units], first, rest)
        if len(tried) < len(pages):
            return tried
    return pages


def _closer(unit: Unit, share: float) -> Unit:
    if isinstance(unit, Line | Space):
        return replace(unit, height=unit.height * share)
    return unit


def _draw_head(page: Page, item: Notice, body: Box) -> None:
    size = HEAD_SIZE
    while width(item.issuer, Face.TITLE, size) > body.w and size > TITLE_SIZE:
        size -= 1
    y = body.y + 14 * MM
    spare = body.w - width(item.issuer, Face.TITLE, size)
    spacing = min(spare / max(len(item.issuer), 1), size * 0.18)
    page.text(
        body.centre, y, item.issuer,
        face=Face.TITLE, size=size, align="center", color=RED, spacing=spacing,
    )  # fmt: skip
    y += 17 * MM
    if item.number:
        page.text(body.centre, y, item.number, face=Face.FANGSONG, size=SIZE, align="center")
    y += 4 * MM
    page.rule(body.x, y, body.right, y, weight=RED_RULE, color=RED)


def _units(item: Notice, body: Box) -> list[Unit]:
    units = centred(item.title, body.w, face=Face.TITLE, size=TITLE_SIZE)
    units.append(Space(STEP * 0.8, keep=True))
    if item.addressee:
        units += _plain(item.addressee, body.w, keep=True)
    for part in item.body:
        if isinstance(part, Table):
            units += _table(part, body)
        elif isinstance(part, FlowChart):
            units.append(part)
        else:
            units += paragraph(part, body.w)
    if item.contact:
        units += paragraph(item.contact, body.w)
    if item.attachments:
        units.append(Space(STEP * 0.6))
        listed = _attachments(item.attachments, body.w)
        # A short list goes over as a whole, a long one with its last line; both with who signs.
        together = listed if len(listed) <= FEW else listed[-1:]
        units += listed[: -len(together)]
        units += [replace(each, keep=True) if isinstance(each, Line) else each for each in together]
    units += _signature(item)
    return units


def _plain(text: str, limit: float, *, left: float = 0, keep: bool = False) -> list[Unit]:
    return [
        Line(line, Face.FANGSONG, SIZE, STEP, left=left, keep=keep)
        for line in wrap(text, Face.FANGSONG, SIZE, limit - left)
    ]


def _table(part: Table, body: Box) -> list[Unit]:
    table = grid(part.columns, body.x, body.w, TABLE_SIZE)
    rows = tuple(measure(table, row, ROW_HEIGHT) for row in part.rows)
    units: list[Unit] = [Space(STEP * 0.3, keep=True)]
    if part.caption:
        units.append(Line(part.caption, Face.HEI, 12, 22, align="center", keep=True))
    return [*units, TableRows(table, rows), Space(STEP * 0.4)]


def _attachments(attachments: Sequence[str], limit: float) -> list[Unit]:
    if len(attachments) == 1:
        return paragraph(f"附件：{attachments[0]}", limit)
    units = paragraph(f"附件：1. {attachments[0]}", limit)
    indent = width("附件：", Face.FANGSONG, SIZE) + 2 * SIZE
    for number, text in enumerate(attachments[1:], 2):
        units += _plain(f"{number}. {text}", limit, left=indent)
    return units


def _signature(item: Notice) -> list[Unit]:
    if not (item.signer or item.date):
        return []
    signer = width(item.signer, Face.FANGSONG, SIZE)
    date = width(item.date, Face.FANGSONG, SIZE)
    inset = 4 * SIZE
    centre = inset + max(signer, date) / 2
    return [
        Space(STEP * 1.4, keep=True),
        Line(item.signer, Face.FANGSONG, SIZE, STEP, left=centre - signer / 2, align="right",
             keep=True),
        Line(item.date, Face.FANGSONG, SIZE, STEP, left=centre - date / 2, align="right"),
    ]  # fmt: skip
