"""Writing sheets: streamed row by row, and no text is ever taken for a formula."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from assessment_center.spreadsheets.columns import TEXTUAL, ColumnSpec, Kind

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
MAX_CELL = 32_767
MAX_TITLE = 31
TEXT_FORMAT = "@"
DATE_FORMAT = "yyyy-mm-dd"
TIME_FORMAT = "yyyy-mm-dd hh:mm"
HEADER_FILL = PatternFill("solid", fgColor="FFE8EEF4")

Values = Mapping[str, Any] | Sequence[Any]


def write(
    rows: Iterable[Values],
    columns: Sequence[ColumnSpec],
    *,
    title: str,
    to: IO[bytes] | None = None,
) -> bytes:
    """A workbook of one sheet; `rows` is drawn once and never held in memory as a whole.

    A row is a mapping by column key or a sequence in the order of `columns`. With `to` the
    workbook is written there and the returned bytes are empty.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(sheet_title(title))
    sheet.freeze_panes = "A2"
    for index, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    sheet.append([header_cell(sheet, column.header) for column in columns])
    for row in rows:
        sheet.append([_cell(sheet, _pick(row, i, c), c) for i, c in enumerate(columns)])
    return save(book, to)


def save(book: Workbook, to: IO[bytes] | None = None) -> bytes:
    target = to if to is not None else io.BytesIO()
    book.save(target)
    return b"" if to is not None else target.getvalue()  # type: ignore[attr-defined]


def sheet_title(title: str) -> str:
    """A name that Excel accepts for a sheet."""
    return re.sub(r"[\[\]:*?/\\]", " ", str(title)).strip(" '")[:MAX_TITLE] or "Sheet1"


def header_cell(sheet: Any, text: str) -> Any:
    cell = text_cell(sheet, text)
    cell.font = Font(bold=True)
    cell.fill = HEADER_FILL
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell


def text_cell(sheet: Any, text: object) -> Any:
    """`text` exactly as it is; a leading sign is marked as text, never prefixed or dropped.

    XML knows no control characters: they become U+FFFD, a carriage return a line feed.
    """
    cell: Any = WriteOnlyCell(sheet)
    fill_text(cell, text)
    return cell


def fill_text(cell: Any, text: object) -> None:
    """Put `text` into a cell in the way of `text_cell`."""
    shown = ILLEGAL.sub("\ufffd", str(text)).replace("\r\n", "\n").replace("\r", "\n")[:MAX_CELL]
    cell.value = shown
    cell.data_type = "s"
    cell.number_format = TEXT_FORMAT
    if str(text).startswith(TRIGGERS):
        cell.quotePrefix = True


def _pick(row: Values, index: int, column: ColumnSpec) -> object:
    return row.get(column.key) if isinstance(row, Mapping) else row[index]


def _cell(sheet: Any, value: object, column: ColumnSpec) -> Any:
    if value is None or value == "":
        return None
    if column.choices:
        value = dict(column.choices).get(value, value)
    if isinstance(value, bool):
        return text_cell(sheet, _("是") if value else _("否"))
    if isinstance(value, datetime | date):
        return _date_cell(sheet, value)
    if isinstance(value, int | float | Decimal) and Kind(column.kind) not in TEXTUAL:
        number: Any = value
        return WriteOnlyCell(sheet, number)
    return text_cell(sheet, value)


def _date_cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.make_naive(value)
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = TIME_FORMAT if isinstance(value, datetime) else DATE_FORMAT
    return cell
