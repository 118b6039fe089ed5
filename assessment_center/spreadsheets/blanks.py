"""The sheet to fill in: drop-downs, text format where digits matter, notes on a second page."""

from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from assessment_center.spreadsheets.columns import TEXTUAL, ColumnSpec, Kind, SheetSpec
from assessment_center.spreadsheets.writer import (
    DATE_FORMAT,
    TEXT_FORMAT,
    header_cell,
    save,
    sheet_title,
    text_cell,
)

LAST_ROW = 5_001
NOTE_WIDTH = 60


def template(spec: SheetSpec) -> bytes:
    """An empty workbook for `spec`; what `read` accepts is what this hands out."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(sheet_title(spec.title))
    notes: Any = book.create_sheet(_("填写说明"))
    lists: Any = book.create_sheet(_("选项"))
    lists.sheet_state = "hidden"
    _prepare_columns(sheet, spec)
    _add_choices(sheet, lists, spec)
    sheet.append([_head(sheet, column) for column in spec.columns])
    _write_notes(notes, spec)
    return save(book)


def _prepare_columns(sheet: Any, spec: SheetSpec) -> None:
    sheet.freeze_panes = "A2"
    for index, column in enumerate(spec.columns, start=1):
        dimension = sheet.column_dimensions[get_column_letter(index)]
        dimension.width = column.width
        if Kind(column.kind) in TEXTUAL or column.kind == Kind.CHOICE:
            dimension.number_format = TEXT_FORMAT
        elif column.kind == Kind.DATE:
            dimension.number_format = DATE_FORMAT


def _head(sheet: Any, column: ColumnSpec) -> Any:
    cell = header_cell(sheet, f"{column.header} *" if column.required else column.header)
    if column.help:
        cell.comment = Comment(column.help, _("考务办公室"), height=90, width=240)
    return cell


def _labels(column: ColumnSpec) -> list[str]:
    if column.kind == Kind.BOOLEAN:
        return [_("是"), _("否")]
    return [str(label) for _value, label in column.choices]


def _add_choices(sheet: Any, lists: Any, spec: SheetSpec) -> None:
    """Choices stand on a hidden page: a list inside the rule may hold only 255 characters."""
    columns = [_labels(column) for column in spec.columns]
    for number in range(max((len(labels) for labels in columns), default=0)):
        lists.append([text_cell(lists, c[number]) if number < len(c) else None for c in columns])
    for index, labels in enumerate(columns, start=1):
        if not labels:
            continue
        letter = get_column_letter(index)
        rule = DataValidation(
            type="list",
            formula1=f"'{lists.title}'!${letter}$1:${letter}${len(labels)}",
            allow_blank=True,
            showErrorMessage=True,
            errorTitle=_("选项不符"),
            error=_("请从下拉列表中选择"),
        )
        rule.add(f"{letter}2:{letter}{LAST_ROW}")
        sheet.data_validations.append(rule)


def _note(notes: Any, text: str) -> Any:
    """A cell that shows its whole text, however long, beside the others of its row."""
    cell = text_cell(notes, text)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _write_notes(notes: Any, spec: SheetSpec) -> None:
    for letter, width in zip("ABCD", (20, 8, NOTE_WIDTH, 24), strict=True):
        notes.column_dimensions[letter].width = width
    titles = (_("列"), _("必填"), _("说明"), _("示例"))
    notes.append([header_cell(notes, title) for title in titles])
    for column in spec.columns:
        texts = (column.header, _("是") if column.required else "", column.help, column.example)
        notes.append([_note(notes, text) if text else None for text in texts])
    for note in spec.notes:
        cell = text_cell(notes, note)
        cell.font = Font(italic=True)
        notes.append([cell])
