# ruff: noqa: DTZ001 - variants people type are what is tested; Excel knows no zones
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import openpyxl
import pytest

from assessment_center.spreadsheets import (
    CellError,
    ColumnSpec,
    Kind,
    ReadResult,
    SheetSpec,
    error_lines,
    error_report,
    read,
    template,
    write,
)
from assessment_center.spreadsheets.writer import sheet_title


def load(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\n", "＝"])
def test_no_text_becomes_a_formula_and_none_is_changed(start: str) -> None:
    text = f"{start}HYPERLINK(1)"
    cell = load(write([[text]], [ColumnSpec("a", "甲")], title="x")).active["A2"]
    assert (cell.value, cell.data_type, bool(cell.quotePrefix)) == (text, "s", True)


def test_a_carriage_return_arrives_as_a_line_feed_and_control_characters_are_shown() -> None:
    sheet = load(write([["\r=1"], ["a\x00b\r\nc"]], [ColumnSpec("a", "甲")], title="x")).active
    assert [(c.value, c.data_type, bool(c.quotePrefix)) for c in sheet["A"][1:]] == [
        ("\n=1", "s", True),
        ("a\ufffdb\nc", "s", False),
    ]


def test_values_keep_their_kind() -> None:
    columns = [
        ColumnSpec("number", "身份证号", kind="id_number"),
        ColumnSpec("birth", "出生日期", kind=Kind.DATE),
        ColumnSpec("at", "时间"),
        ColumnSpec("level", "等级", kind="choice", choices=((4, "四级"),)),
        ColumnSpec("score", "成绩", kind="decimal"),
        ColumnSpec("resit", "补考", kind="boolean"),
        ColumnSpec("other", "其他"),
    ]
    row = {
        "number": 11010119900307123,
        "birth": date(2026, 3, 1),
        "at": datetime(2026, 3, 1, 1, 30, tzinfo=UTC),
        "level": 4,
        "score": Decimal("85.5"),
        "resit": False,
        "other": UUID(int=1),
    }
    sheet = load(write(iter([row, {}]), columns, title="a/b")).active
    assert sheet.title == "a b"
    assert [(c.value, c.number_format) for c in sheet[2]] == [
        ("11010119900307123", "@"),
        (datetime(2026, 3, 1), "yyyy-mm-dd"),
        (datetime(2026, 3, 1, 9, 30), "yyyy-mm-dd hh:mm"),
        ("四级", "@"),
        (85.5, "General"),
        ("否", "@"),
        (str(UUID(int=1)), "@"),
    ]
    assert sheet.freeze_panes == "A2"


def test_what_is_written_is_read_back(spec: SheetSpec) -> None:
    rows = [["=张三", "A" * 8, date(2020, 2, 29), 3, "13800138000", 2, Decimal("1.5"), True]]
    target = io.BytesIO()
    assert write(rows, spec.columns, title=spec.title, to=target) == b""
    assert [list(r.values.values()) for r in read(target, spec).rows] == rows


def test_sheet_titles_are_made_fit() -> None:
    assert [sheet_title(t) for t in ("[a]:*?", "", "x" * 40)] == ["a", "Sheet1", "x" * 31]


def test_the_template_offers_choices_text_format_and_notes(spec: SheetSpec) -> None:
    book = load(template(spec))
    sheet = book["报名表"]
    assert [c.value for c in sheet[1]][:3] == ["姓名 *", "身份证号 *", "出生日期"]
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["B"].number_format == "@"
    assert sheet.column_dimensions["C"].number_format == "yyyy-mm-dd"
    assert [(str(v.sqref), v.formula1) for v in sheet.data_validations.dataValidation] == [
        ("D2:D5001", "'选项'!$D$1:$D$2"),
        ("H2:H5001", "'选项'!$H$1:$H$2"),
    ]
    assert book["选项"].sheet_state == "hidden"
    assert [c.value for c in book["选项"]["D"]] == ["四级", "三级"]
    assert book["填写说明"]["A10"].value == "每人一行。"


def test_help_stands_beside_the_header_and_on_the_notes_page() -> None:
    help_text = "18 位"
    spec = SheetSpec("x", (ColumnSpec("a", "甲", help=help_text, example="=1", required=True),))
    book = load(template(spec))
    assert book["x"]["A1"].comment.text == help_text
    assert [c.value for c in book["填写说明"][2]] == ["甲", "是", help_text, "=1"]


def test_the_error_report_lists_row_column_and_message(spec: SheetSpec) -> None:
    result = ReadResult(errors=[CellError(3, "B", "身份证号", "=不对")], truncated=True)
    sheet = load(error_report(result, spec)).active
    assert [[c.value for c in row] for row in sheet] == [
        ["行", "列", "表头", "问题"],
        [3, "B", "身份证号", "=不对"],
    ]
    assert error_lines(result) == [
        "第 3 行 B3“身份证号”：=不对",
        "问题过多，只列出前面的；请改正后重新上传。",
    ]
    assert error_lines(ReadResult()) == []
