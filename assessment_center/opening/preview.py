"""Kept rows as a page shows them: words for choices, ID numbers masked."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from assessment_center.people.rules.id_document import mask
from assessment_center.spreadsheets import ColumnSpec, Kind, Row, SheetSpec


def shown_rows(rows: Sequence[Row], spec: SheetSpec) -> list[tuple[int, list[str]]]:
    """The row's number in the file and its cells."""
    return [
        (row.number, [shown(row.values.get(column.key), column) for column in spec.columns])
        for row in rows
    ]


def shown(value: Any, column: ColumnSpec) -> str:
    """One cell in words; empty ones stay empty."""
    if value is None:
        return ""
    if column.kind == Kind.ID_NUMBER:
        return mask(value)
    if column.choices:
        return str(dict(column.choices).get(value, value))
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value)
