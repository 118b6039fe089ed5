"""Sheets made by hand, so that the reader is tried on what people really send."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import pytest

from assessment_center.spreadsheets import ColumnSpec, SheetSpec

Book = Callable[..., bytes]


@pytest.fixture
def spec() -> SheetSpec:
    return SheetSpec(
        "报名表",
        (
            ColumnSpec("name", "姓名", required=True, max_length=10),
            ColumnSpec("number", "身份证号", required=True, kind="id_number", width=22),
            ColumnSpec("birth", "出生日期", kind="date"),
            ColumnSpec("level", "等级", kind="choice", choices=((4, "四级"), (3, "三级"))),
            ColumnSpec("phone", "手机号", kind="phone"),
            ColumnSpec("years", "工龄", kind="integer"),
            ColumnSpec("score", "成绩", kind="decimal"),
            ColumnSpec("resit", "补考", kind="boolean"),
        ),
        notes=("每人一行。",),
        key_columns=("number",),
    )


@pytest.fixture
def book(spec: SheetSpec) -> Book:
    """`book(rows, header=…, before=…)` → an .xlsx with `before` rows above the header."""

    def make(
        rows: Sequence[Sequence[Any]],
        header: Sequence[Any] | None = None,
        before: Sequence[Sequence[Any]] = (),
        title: str = "报名表",
        merge: str = "",
    ) -> bytes:
        workbook = openpyxl.Workbook()
        sheet = workbook.active
        assert sheet is not None
        sheet.title = title
        for row in (*before, header or [c.header for c in spec.columns], *rows):
            sheet.append(list(row))
        if merge:
            sheet.merge_cells(merge)
        target = io.BytesIO()
        workbook.save(target)
        return target.getvalue()

    return make
