"""Workbooks that go to an authority: titled, ruled, every text wrapped, set to be printed.

Small by nature, so they are built whole; what is streamed by the thousand is `writer.write`.
"""

import math
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from assessment_center.spreadsheets.columns import ColumnSpec
from assessment_center.spreadsheets.writer import HEADER_FILL, fill_text, save, sheet_title

A3, A4 = 8, 9
WIDEST = 170  # units of width that A4 across still shows in letters one can read
LINE = 15.0  # points a line of text takes
ROOM = 7.0  # points above and below the text
WIDE = 0x2E80  # from here on a letter takes two columns' units
THIN = Side(style="thin", color="FF8A94A0")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
MARGIN = 0.5  # inches


class Paper:
    """One sheet that grows row by row; `spans` says over how many columns each cell goes."""

    def __init__(self, title: str, widths: Sequence[float], *, landscape: bool) -> None:
        self.book = Workbook()
        self.sheet: Any = self.book.worksheets[0]
        self.sheet.title = sheet_title(title)
        self.widths = tuple(widths)
        for index, width in enumerate(widths, start=1):
            self.sheet.column_dimensions[get_column_letter(index)].width = width
        self._set_up(landscape=landscape)
        self.row = 0
        self.add([title], [len(widths)], size=16, heading=True, boxed=False)

    def _set_up(self, *, landscape: bool) -> None:
        sheet = self.sheet
        sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        sheet.page_setup.paperSize = A3 if sum(self.widths) > WIDEST else A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.print_options.horizontalCentered = True
        sheet.page_margins.left = sheet.page_margins.right = MARGIN
        sheet.oddFooter.center.text = "第 &P 页 共 &N 页"

    def add(
        self,
        texts: Sequence[object],
        spans: Sequence[int] = (),
        *,
        labels: Sequence[int] = (),
        heading: bool = False,
        size: int = 11,
        boxed: bool = True,
    ) -> int:
        """Append a row and give its number; `labels` are the places that are labels."""
        self.row += 1
        column, lines = 1, 1
        for place, text in enumerate(texts):
            span = spans[place] if spans else 1
            cell = self.sheet.cell(self.row, column)
            if not isinstance(text, str):
                cell.value = text
            elif text:
                fill_text(cell, text)
            label = heading or place in labels
            cell.font = Font(bold=label, size=size)
            centred = label or not isinstance(text, str)
            cell.alignment = Alignment(
                horizontal="center" if centred else "left", vertical="center", wrap_text=True
            )
            if boxed:
                self._box(column, span, filled=label)
            if span > 1:
                self.merge(self.row, column, self.row, column + span - 1)
            room = sum(self.widths[column - 1 : column - 1 + span])
            lines = max(lines, lines_of(str(text), room * 11 / size))
            column += span
        self.sheet.row_dimensions[self.row].height = lines * LINE * size / 11 + ROOM
        return self.row

    def _box(self, column: int, span: int, *, filled: bool) -> None:
        for each in range(column, column + span):
            cell: Cell = self.sheet.cell(self.row, each)
            cell.border = BOX
            if filled:
                cell.fill = HEADER_FILL

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        self.sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)

    def repeat(self, last: int) -> None:
        """The first `last` rows stand on every printed page and stay in sight."""
        self.sheet.print_title_rows = f"1:{last}"
        self.sheet.freeze_panes = f"A{last + 1}"

    def content(self) -> bytes:
        return save(self.book)


def lines_of(text: str, room: float) -> int:
    """How many lines `text` takes in a column of `room` units; a Chinese letter is two wide."""
    return sum(
        max(1, math.ceil(sum(2 if ord(each) >= WIDE else 1 for each in part) / max(room - 1, 1)))
        for part in text.split("\n")
    )


def listed(title: str, columns: Sequence[ColumnSpec], rows: Sequence[dict[str, Any]]) -> bytes:
    """A list across the page: its title, one heading repeated on every page, the rows ruled."""
    paper = Paper(title, [each.width for each in columns], landscape=True)
    head = paper.add([each.header for each in columns], heading=True)
    paper.repeat(head)
    for row in rows:
        paper.add([row.get(each.key, "") for each in columns])
    return paper.content()
