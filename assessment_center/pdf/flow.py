"""Running text: paragraphs and tables poured into pages, lines justified, headings kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Protocol

from assessment_center.pdf.faces import Face
from assessment_center.pdf.page import Box, Page
from assessment_center.pdf.table import Grid, MeasuredRow, draw
from assessment_center.pdf.text import width
from assessment_center.pdf.wrap import wrap

FIRST_HEADING = re.compile(r"^[一二三四五六七八九十]+、")
SECOND_HEADING = re.compile(r"^（[一二三四五六七八九十]+）")
TERMS = re.compile(
    r"专项职业能力|职业技能|技能等级|等级认定|认定计划|质量督导|考评人员|工作方案|申报条件"
)
LONGEST_HEADING = 40  # characters; a longer line that begins like a heading is a paragraph
SMALL_TABLE = 0.4  # of a page; a larger table begins where its heading is and goes on over
MOST_STRETCH = 0.12  # of the size, added between characters to make a line full


@dataclass(frozen=True)
class Line:
    """One line of type, `left` points in from the edge; `full` lines fill the width.

    `number` hangs at the edge, outside the text.
    """

    text: str
    face: Face
    size: float
    height: float
    left: float = 0
    full: bool = False
    align: str = "left"
    keep: bool = False
    number: str = ""

    def draw(self, page: Page, box: Box, y: float) -> None:
        """Draw the line with its top at `y`."""
        baseline = y + (self.height + self.size * 0.76) / 2
        if self.align != "left":
            x = {"center": box.centre, "right": box.right - self.left}[self.align]
            page.text(x, baseline, self.text, face=self.face, size=self.size, align=self.align)
            return
        if self.number:
            page.text(box.x, baseline, self.number, face=self.face, size=self.size)
        gaps = len(self.text) - 1
        spare = box.w - self.left - width(self.text, self.face, self.size)
        spacing = spare / gaps if self.full and gaps and spare > 0 else 0
        if spacing > self.size * MOST_STRETCH:
            spacing = 0
        x = box.x + self.left
        page.text(x, baseline, self.text, face=self.face, size=self.size, spacing=spacing)


@dataclass(frozen=True)
class Space:
    """Empty room, dropped at the top of a page."""

    height: float
    keep: bool = False

    def draw(self, page: Page, box: Box, y: float) -> None:
        """Nothing to draw."""


@dataclass(frozen=True)
class TableRows:
    """Rows of one table that stand together on a page, below the table's header."""

    grid: Grid
    rows: tuple[MeasuredRow, ...]
    keep: bool = False

    @property
    def height(self) -> float:
        return self.grid.header.height + sum(row.height for row in self.rows)

    @property
    def beginning(self) -> float:
        """Height of the header and the first row, which stay with the heading before them."""
        return self.grid.header.height + (self.rows[0].height if self.rows else 0)

    def draw(self, page: Page, box: Box, y: float) -> None:  # noqa: ARG002 - the grid has its place
        """Draw header and rows with their top at `y`."""
        draw(page, self.grid, y, self.rows)


class Unit(Protocol):
    """Anything that can be poured: how high it is, whether it goes with the next, its drawing."""

    @property
    def height(self) -> float: ...

    @property
    def keep(self) -> bool: ...

    def draw(self, page: Page, box: Box, y: float) -> None: ...


Placed = tuple[float, Unit]


def paragraph(
    text: str, limit: float, *, face: Face = Face.FANGSONG, size: float = 16, leading: float = 1.75
) -> list[Unit]:
    """A paragraph with its first line indented by two characters.

    Lines that begin like “一、” and “（一）” become headings, kept with what follows; so is a
    paragraph that ends with a colon.
    """
    heading = len(text) <= LONGEST_HEADING and not text.rstrip().endswith(("。", "；"))
    if FIRST_HEADING.match(text) and heading:
        face = Face.HEI
    elif SECOND_HEADING.match(text) and heading:
        face = Face.KAI
    else:
        heading = False
    lines = wrap(text, face, size, limit, indent=2 * size)
    last, keep = len(lines) - 1, heading or text.rstrip().endswith("：")
    return [
        Line(
            line, face, size, size * leading,
            left=0 if index else 2 * size, full=index < last, keep=keep,
        )
        for index, line in enumerate(lines)
    ]  # fmt: skip


def centred(
    text: str, limit: float, *, face: Face, size: float, leading: float = 1.6
) -> list[Unit]:
    """A centred text over as many lines as it needs, balanced in length."""
    lines = wrap(text, face, size, limit)
    if len(lines) > 1 and "\n" not in text:
        even = width(text, face, size) / len(lines) + size * 1.2
        balanced = wrap(text, face, size, min(limit, even))
        lines = balanced if len(balanced) == len(lines) else lines
        lines = _by_sense(lines, lambda line: width(line, face, size) <= limit)
    return [Line(line, face, size, size * leading, align="center", keep=True) for line in lines]


def _by_sense(lines: list[str], fits: Callable[[str], bool]) -> list[str]:
    """A title on two lines breaks beside a term of the trade, not within it (GB/T 9704 7.3.1)."""
    if len(lines) != 2:  # noqa: PLR2004 - two lines have one break
        return lines
    text, cut = "".join(lines), len(lines[0])
    terms = [found.span() for found in TERMS.finditer(text)]
    within = next((span for span in terms if span[0] < cut < span[1]), None)
    for place in sorted(within or (), key=lambda each: abs(each - cut)):
        moved = [text[:place], text[place:]]
        if all(line and fits(line) for line in moved):
            return moved
    return lines


def pour(units: Iterable[Unit], first: float, rest: float) -> list[list[Placed]]:
    """Units by page with their distance from the top; the first page has `first` points of room.

    A unit marked `keep` goes over with the unit after it.
    """
    pages: list[list[Placed]] = [[]]
    room, y = first, 0.0
    blocks = _blocks(units)
    for block, after in zip_longest(blocks, blocks[1:]):
        height = _needed(block, rest)
        if after and block[-1].keep:
            height += _needed(after, rest)
        if pages[-1] and y + min(height, rest) > room + 0.01:
            pages.append([])
            room, y = rest, 0.0
        for unit in block:
            for part in _fitting(unit, room - y, rest):
                if y and y + part.height > room + 0.01:
                    pages.append([])
                    room, y = rest, 0.0
                if isinstance(part, Space) and not y:
                    continue
                pages[-1].append((y, part))
                y += part.height
    return pages


def _needed(block: Sequence[Unit], rest: float) -> float:
    """Room a block wants where it begins: a small table all of it, a large one its first row."""
    if isinstance(block[0], TableRows) and block[0].height > rest * SMALL_TABLE:
        return block[0].beginning
    return sum(unit.height for unit in block)


def _blocks(units: Iterable[Unit]) -> list[list[Unit]]:
    """Units grouped so that a kept one stands with its follower; a table may be broken anyway."""
    blocks: list[list[Unit]] = []
    joined = False
    for unit in units:
        if joined and not isinstance(unit, TableRows):
            blocks[-1].append(unit)
        else:
            blocks.append([unit])
        joined = unit.keep
    return blocks


def _fitting(unit: Unit, room: float, rest: float) -> Sequence[Unit]:
    """The unit itself, or a table cut into parts that fit the room and then whole pages."""
    if not isinstance(unit, TableRows) or unit.height <= room:
        return [unit]
    parts: list[tuple[MeasuredRow, ...]] = [()]
    left = room - unit.grid.header.height
    for row in unit.rows:
        if row.height > left and (parts[-1] or len(parts) == 1):
            parts.append(())
            left = rest - unit.grid.header.height
        parts[-1] = (*parts[-1], row)
        left -= row.height
    return [TableRows(unit.grid, part) for part in parts if part]
