"""Reading a filled-in sheet: row by row, in little memory, with every error in its place."""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError

import openpyxl
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.workbook import Workbook

from assessment_center.spreadsheets import archives, headers
from assessment_center.spreadsheets.cells import parse
from assessment_center.spreadsheets.columns import ColumnSpec, Kind, SheetSpec
from assessment_center.spreadsheets.layout import Layout, Merged, layout_of
from assessment_center.spreadsheets.outcomes import CellError, ReadResult, Row, SheetRefusedError
from assessment_center.spreadsheets.problems import CellProblem

DEFAULT_LIMIT = 20_000
MAX_ERRORS = 1_000
LAST_ROW = 1_048_576
STRAY_COLUMNS = 5
NOT_LETTERS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
BROKEN = (
    ParseError,
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    OverflowError,
)

Cells = tuple[ReadOnlyCell | EmptyCell, ...]


def read(
    source: bytes | str | Path | IO[bytes], spec: SheetSpec, *, limit_rows: int = DEFAULT_LIMIT
) -> ReadResult:
    """Rows and errors of the sheet named like `spec`, or of the first one.

    Columns may stand in any order, optional ones may be missing. Raises `SheetRefusedError`
    where the file as a whole is unfit: not an .xlsx, encrypted, inflating past 50 MB, a wrong
    header, more than `limit_rows` rows. Nothing is written anywhere.
    """
    stream = archives.open_source(source)
    try:
        archives.refuse_unsafe(stream)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read_book(stream, spec, limit_rows)
    finally:
        if isinstance(source, str | Path):
            stream.close()


def _read_book(stream: IO[bytes], spec: SheetSpec, limit_rows: int) -> ReadResult:
    try:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=False, keep_links=False)
    except BROKEN as error:
        raise archives.damaged() from error
    try:
        head = list(_rows(book, spec, max_row=headers.HEAD_ROWS, max_col=headers.MAX_COLUMNS))
        columns = headers.locate([[cell.value for cell in row] for row in head], spec)
        width = max(columns) + 1 + STRAY_COLUMNS
        sheet = _SheetReading(spec, columns, limit_rows)
        for number, row in enumerate(_rows(book, spec, max_col=width), start=1):
            if number > 1 and not sheet.take(number, row):
                break
        sheet.lay_out(_layout(book, spec))
    finally:
        book.close()
    if not sheet.taken:
        raise SheetRefusedError(_("表头下面没有数据行；请填写后再上传。"))
    return sheet.result


def _rows(
    book: Workbook, spec: SheetSpec, *, max_col: int, max_row: int | None = None
) -> Iterator[Cells]:
    """The sheet's rows from the first; a dimension that the file claims is not believed."""
    try:
        sheet = _sheet(book, spec)
        sheet.reset_dimensions()
        yield from sheet.iter_rows(min_row=1, max_row=max_row, max_col=max_col)
    except BROKEN as error:
        raise archives.damaged() from error


def _sheet(book: Workbook, spec: SheetSpec) -> Any:
    return book[spec.title if spec.title in book.sheetnames else book.sheetnames[0]]


def _layout(book: Workbook, spec: SheetSpec) -> Layout:
    try:
        with _sheet(book, spec)._get_source() as source:  # noqa: SLF001 - the cells' own file
            return layout_of(source)
    except BROKEN as error:
        raise archives.damaged() from error


class _SheetReading:
    """The state of one pass: what was taken, and where each key stood first."""

    def __init__(self, spec: SheetSpec, columns: dict[int, ColumnSpec], limit_rows: int) -> None:
        self.spec = spec
        self.columns = columns
        self.limit_rows = limit_rows
        self.letters = {c.key: get_column_letter(index + 1) for index, c in columns.items()}
        self.first_rows: dict[tuple[Any, ...], int] = {}
        self.named: dict[str, tuple[int, str]] = {}
        self.result = ReadResult()
        self.taken = 0
        self.numbers: set[int] = set()

    def take(self, number: int, row: Cells) -> bool:
        """Take one row; False once there are too many errors to go on."""
        if number > LAST_ROW:
            raise archives.damaged()
        blank = [_is_blank(cell) for cell in row]
        if all(blank):
            return True
        self.taken += 1
        self.numbers.add(number)
        if self.taken > self.limit_rows:
            raise SheetRefusedError(
                _("数据超过 %(limit)d 行；请分成几个文件上传。") % {"limit": self.limit_rows}
            )
        errors: list[CellError] = []
        values: dict[str, Any] = dict.fromkeys(column.key for column in self.spec.columns)
        for index, column in self.columns.items():
            if index >= len(row) or blank[index]:
                if column.required:
                    errors.append(self._error(number, column, _("必填，不能为空")))
                continue
            try:
                values[column.key] = _value(row[index], column)
            except CellProblem as problem:
                errors.append(self._error(number, column, str(problem)))
        if any(not empty and i not in self.columns for i, empty in enumerate(blank)):
            errors += self._strays(number, row)
        failed = {error.header for error in errors}
        errors += self._other_name(number, values) or self._duplicates(number, values, failed)
        self.result.errors += errors
        if not errors:
            self.result.rows.append(Row(number, values))
        self.result.truncated = len(self.result.errors) >= MAX_ERRORS
        return not self.result.truncated

    def lay_out(self, layout: Layout) -> None:
        """Tell merged cells, of which every row but the first looks filled in and is empty."""
        self.result.hidden = layout.hidden & self.numbers
        told = [each for merged in layout.merged[:MAX_ERRORS] for each in self._split(merged)]
        spoilt = {error.row for error in told}
        self.result.rows = [row for row in self.result.rows if row.number not in spoilt]
        self.result.errors = sorted([*self.result.errors, *told], key=lambda each: each.row)

    def _split(self, merged: Merged) -> list[CellError]:
        """What is wrong with merged cells; those of a single cell in use are only a decoration."""
        rows = sorted(self.numbers.intersection(merged.rows))
        columns = sorted(set(self.columns).intersection(merged.columns))
        if len(rows) * len(columns) < 2:  # noqa: PLR2004 - one cell is not several
            return []
        text = _("%(cells)s 是合并单元格；请取消合并，逐格填写") % {"cells": merged.ref}
        return [self._error(rows[0], self.columns[columns[0]], text)]

    def _error(self, number: int, column: ColumnSpec, message: str) -> CellError:
        return CellError(number, self.letters[column.key], column.header, message)

    def _strays(self, number: int, row: Cells) -> list[CellError]:
        message = _("此列没有表头；请删去这里的内容，或填到对应的列")
        return [
            CellError(number, get_column_letter(index + 1), "", message)
            for index, cell in enumerate(row)
            if index not in self.columns and not _is_blank(cell)
        ]

    def _duplicates(self, number: int, values: dict[str, Any], failed: set[str]) -> list[CellError]:
        columns = [c for c in self.columns.values() if c.key in self.spec.key_columns]
        key = tuple(values[column.key] for column in columns)
        if not any(value is not None for value in key) or failed & {
            column.header for column in columns
        }:
            return []
        first = self.first_rows.setdefault(key, number)
        if first == number:
            return []
        headers = "、".join(column.header for column in columns)
        text = _("第 %(first)d 行与第 %(second)d 行重复（%(headers)s相同），请删去一行")
        words = {"first": first, "second": number, "headers": headers}
        return [self._error(number, columns[0], text % words)]

    def _other_name(self, number: int, values: dict[str, Any]) -> list[CellError]:
        """One number under two names in a file is told naming both rows."""
        if self.spec.who is None:
            return []
        name, document = (values[key] for key in self.spec.who)
        if not (name and document):
            return []
        first = self.named.setdefault(document, (number, name))
        if first[1] == name:
            return []
        text = _("与第 %(row)d 行证件号码相同，姓名却不同：那里是“%(first)s”，这里是“%(name)s”")
        column = next(c for c in self.columns.values() if c.key == self.spec.who[0])
        return [
            self._error(number, column, text % {"row": first[0], "first": first[1], "name": name})
        ]


def _is_blank(cell: ReadOnlyCell | EmptyCell) -> bool:
    value = cell.value
    return value is None or (value.__class__ is str and (not value or value.isspace()))


def _value(cell: ReadOnlyCell | EmptyCell, column: ColumnSpec) -> Any:
    if cell.data_type == "f":
        raise CellProblem(_("含有公式；请复制后“选择性粘贴”为数值或文本"))
    if cell.data_type == "e":
        raise CellProblem(_("单元格是错误值（如 #N/A），请改为正确内容"))
    return accepted(parse(_shown(cell, column), column), column)


def accepted(value: Any, column: ColumnSpec) -> Any:
    """The parsed value as the column's own check keeps it; `CellProblem` with its sentence."""
    if column.validate is None:
        return value
    try:
        return column.validate(value)
    except ValidationError as error:
        raise CellProblem("；".join(error.messages)) from error
    except ValueError as error:
        raise CellProblem(str(error)) from error


def _shown(cell: ReadOnlyCell | EmptyCell, column: ColumnSpec) -> Any:
    """The cell's value; of a day that Excel shows as a month alone only the month was meant.

    Whoever types 2027年12月 gets the first of December: as the end of a term that is a month short.
    """
    value = cell.value
    if isinstance(value, datetime) and column.kind == Kind.DATE and value.day == 1:
        pattern = NOT_LETTERS.sub("", str(cell.number_format or "")).lower()
        if "y" in pattern and "m" in pattern and "d" not in pattern:
            return f"{value:%Y-%m}"
    return value
