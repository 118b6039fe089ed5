"""Rows of a sheet as they are kept: JSON, sealed for the sheet they belong to."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction

from assessment_center.opening.models import OpeningSheet
from assessment_center.sealing import needs_rotation, open_value, reseal, seal_value
from assessment_center.spreadsheets import Kind, Row, SheetSpec

NOTHING: tuple[Row, ...] = ()


def seal_rows(rows: Sequence[Row], *, row_id: UUID) -> bytes:
    """The rows in the order of the file."""
    told = [[row.number, {key: _plain(value) for key, value in row.values.items()}] for row in rows]
    return seal_value(json.dumps(told, ensure_ascii=False), row_id=row_id)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def open_rows(sheet: OpeningSheet, spec: SheetSpec) -> list[Row]:
    """The rows again, with dates and decimals as they were read."""
    kinds = {column.key: Kind(column.kind) for column in spec.columns}
    told = json.loads(open_value(sheet.rows_sealed, row_id=sheet.pk))
    return [
        Row(number, {key: _revived(value, kinds[key]) for key, value in values.items()})
        for number, values in told
    ]


def _revived(value: Any, kind: Kind) -> Any:
    if value is None:
        return None
    if kind is Kind.DATE:
        return date.fromisoformat(value)
    return Decimal(value) if kind is Kind.DECIMAL else value


def renew_sheets(limit: int) -> int:
    """Bring up to `limit` sheets under the present key (see `sealing.Holder`)."""
    with transaction.atomic():
        locked = OpeningSheet.objects.select_for_update().order_by("pk")
        old = islice((row for row in locked if needs_rotation(row.rows_sealed)), limit)
        done = 0
        for sheet in old:
            fresh = reseal(sheet.rows_sealed, row_id=sheet.pk)
            OpeningSheet.objects.filter(pk=sheet.pk).update(rows_sealed=fresh)
            done += 1
    return done
