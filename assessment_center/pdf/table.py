"""Tables with fixed columns: measured first, split over pages, drawn with thin rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assessment_center.pdf.faces import Face
from assessment_center.pdf.page import BOLD, HAIR, MM, THIN, Box, Page
from assessment_center.pdf.wrap import Fitted, fit, fit_list

PADDING = 1.2 * MM
LEADING = 1.22
HEADER_HEIGHT = 8.5 * MM
TEXT_SIZE = 10.5
SLACK = 0.01  # points; rows that fill a page to the brim still fit it
ALONE = 3  # rows a page keeps before it gives one to a lone last row


@dataclass(frozen=True)
class Column:
    """One column; `width` is its share of the table.

    A `listing` holds items parted by “、”: its row grows, and no item is broken.
    """

    label: str
    width: float
    align: str = "center"
    face: Face = Face.SONG
    names: bool = False
    listing: bool = False

    @property
    def cell_face(self) -> Face:
        """Names are set in Kai unless the column asks for another face."""
        return Face.KAI if self.names and self.face is Face.SONG else self.face


@dataclass(frozen=True)
class MeasuredRow:
    """A row laid into lines, with the height it needs."""

    cells: tuple[Fitted, ...]
    height: float


@dataclass(frozen=True)
class Grid:
    """Columns at their place on the page."""

    columns: tuple[Column, ...]
    x: float
    widths: tuple[float, ...]
    header: MeasuredRow
    size: float = TEXT_SIZE

    @property
    def width(self) -> float:
        return sum(self.widths)


def grid(columns: Sequence[Column], x: float, total: float, size: float = TEXT_SIZE) -> Grid:
    """Columns spread over `total` points from `x`, with their measured header."""
    shares = sum(column.width for column in columns)
    widths = tuple(column.width / shares * total for column in columns)
    cells = tuple(
        fit(column.label, Face.HEI, size, width - 2 * PADDING)
        for column, width in zip(columns, widths, strict=True)
    )
    return Grid(tuple(columns), x, widths, MeasuredRow(cells, _height(cells, HEADER_HEIGHT)), size)


def measure(
    grid: Grid, row: Sequence[str], minimum: float, padding: float = PADDING
) -> MeasuredRow:
    """One row of strings as it will stand in the grid; higher than `minimum` when it must be.

    Lines broken on purpose are kept at full size: the row grows. `padding` points stay free above
    and below the lines.
    """
    cells = tuple(
        _fit(text, column, grid.size, width - 2 * PADDING)
        for text, column, width in zip(row, grid.columns, grid.widths, strict=True)
    )
    return MeasuredRow(cells, _height(cells, minimum, padding))


def _fit(text: str, column: Column, size: float, limit: float) -> Fitted:
    if column.listing:
        return fit_list(text, column.cell_face, size, limit)
    return fit(text, column.cell_face, size, limit, max(2, text.count("\n") + 1))


def _height(cells: Sequence[Fitted], minimum: float, padding: float = PADDING) -> float:
    needed = max(len(cell.lines) * cell.size * LEADING for cell in cells) if cells else 0
    return max(minimum, needed + 2 * padding)


def split(rows: Sequence[MeasuredRow], first: float, rest: float) -> list[list[MeasuredRow]]:
    """Rows by page: the first page has `first` points of room below the header, others `rest`.

    A last row is not left alone: the one before goes with it.
    """
    pages: list[list[MeasuredRow]] = [[]]
    room = first
    for row in rows:
        if pages[-1] and row.height > room + SLACK:
            pages.append([])
            room = rest
        pages[-1].append(row)
        room -= row.height
    if len(pages) > 1 and len(pages[-1]) == 1 and len(pages[-2]) > ALONE:
        last = pages[-2].pop()
        if last.height + pages[-1][0].height <= rest:
            pages[-1].insert(0, last)
        else:
            pages[-2].append(last)
    return pages


def draw(page: Page, grid: Grid, y: float, rows: Sequence[MeasuredRow]) -> float:
    """Draw header and rows from `y` down; returns the y below the table."""
    top = y
    y = _draw_row(page, grid, y, grid.header, header=True)
    page.rule(grid.x, y, grid.x + grid.width, y, weight=THIN)
    for row in rows:
        y = _draw_row(page, grid, y, row)
        page.rule(grid.x, y, grid.x + grid.width, y, weight=HAIR)
    x = grid.x
    for width in grid.widths[:-1]:
        x += width
        page.rule(x, top, x, y, weight=HAIR)
    page.box(Box(grid.x, top, grid.width, y - top), weight=BOLD * 0.8)
    return y


def _draw_row(page: Page, grid: Grid, y: float, row: MeasuredRow, *, header: bool = False) -> float:
    x = grid.x
    for column, width, cell in zip(grid.columns, grid.widths, row.cells, strict=True):
        if any(cell.lines):
            page.lines(
                Box(x + PADDING, y, width - 2 * PADDING, row.height),
                cell.lines,
                face=Face.HEI if header else column.cell_face,
                size=cell.size,
                align="center" if header else column.align,
                leading=LEADING,
            )
        x += width
    return y + row.height
