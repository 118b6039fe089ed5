# ruff: noqa: RUF001, DTZ001 - variants people type are what is tested; Excel knows no zones
import io
import tracemalloc
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError

from assessment_center.spreadsheets import (
    CellError,
    ColumnSpec,
    ReadResult,
    Row,
    SheetRefusedError,
    SheetSpec,
    layout,
    read,
    reader,
    template,
)
from assessment_center.spreadsheets.cells import parse
from assessment_center.spreadsheets.problems import CellProblem
from tests.assessment_center.spreadsheets.conftest import Book

ID = "11010119900307123X"


def errors(result: ReadResult) -> list[tuple[str, str, str]]:
    return [(e.address, e.header, e.message) for e in result.errors]


def test_a_good_sheet_is_read_with_typed_values(book: Book, spec: SheetSpec) -> None:
    row = ["张三", ID, date(1990, 3, 7), "四级", 13800138000, 3, 85.5, "是"]
    result = read(book([row, [None] * 8, ["李四", "A" * 8]]), spec)
    assert result.ok
    assert result.rows == [
        Row(
            2,
            {
                "name": "张三",
                "number": ID,
                "birth": date(1990, 3, 7),
                "level": 4,
                "phone": "13800138000",
                "years": 3,
                "score": Decimal("85.5"),
                "resit": True,
            },
        ),
        Row(
            4,
            {
                "name": "李四",
                "number": "A" * 8,
                "birth": None,
                "level": None,
                "phone": None,
                "years": None,
                "score": None,
                "resit": None,
            },
        ),
    ]


def test_path_stream_and_bytes_are_alike(book: Book, spec: SheetSpec, tmp_path: Path) -> None:
    data = book([["张三", ID]])
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    stream = io.BytesIO(data)
    stream.read()
    expected = read(data, spec).rows
    assert [read(s, spec).rows for s in (path, str(path), stream)] == [expected] * 3


def test_columns_stand_in_any_order_and_optional_ones_may_be_missing(
    book: Book, spec: SheetSpec
) -> None:
    result = read(book([[ID, None, "张三"]], header=["身份证 号*", None, "姓　名"]), spec)
    assert (result.rows[0].values["name"], result.rows[0].values["number"]) == ("张三", ID)


def test_the_sheet_named_like_the_spec_is_read_else_the_first(book: Book, spec: SheetSpec) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(book([["张三", ID]])))
    workbook.create_sheet("说明", 0)
    target = io.BytesIO()
    workbook.save(target)
    assert len(read(target.getvalue(), spec).rows) == 1
    assert len(read(book([["张三", ID]], title="Sheet1"), spec).rows) == 1


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        (0, None, "必填，不能为空"),
        (0, "  ", "必填，不能为空"),
        (0, "张" * 11, "共 11 个字，最多 10 个字"),
        (0, "张\u202e三", "含有不可见或自造字符（U+202E），请删去后重新输入"),
        (0, "张\t三", "含有不可见或自造字符（U+0009），请删去后重新输入"),
        (0, "\ue000", "含有不可见或自造字符（U+E000），请删去后重新输入"),
        (0, timedelta(hours=30), "应为文本，请把单元格格式设为“文本”后重新填写"),
        (2, time(9, 30), "不是可识别的日期；请写成 2026-03-01 这样的年-月-日"),
        (4, True, "应为文本，请把单元格格式设为“文本”后重新填写"),
        (0, date(2020, 1, 1), "应为文本，请把单元格格式设为“文本”后重新填写"),
        (0, 12345678901234567, "数字过长，已被 Excel 改动；请把单元格格式设为“文本”后重新填写"),
        (0, "=1+1", "含有公式；请复制后“选择性粘贴”为数值或文本"),
        (0, "#N/A", "单元格是错误值（如 #N/A），请改为正确内容"),
        (1, 1.1e17, "身份证号必须是文本，不能是数字；请把单元格格式设为“文本”后重新填写"),
        (1, "110_101", "含有证件号码不允许的字符，或长度不对"),
        (2, "3/1/2026", "“3/1/2026”分不清年、月、日；请写成 2026-03-01 这样，年份写四位"),
        (2, "2026年3月", "只写了年和月；请补上日，如 2026-03-01"),
        (2, 46082, "这是数字，不是日期；请把单元格格式设为“日期”或“文本”后重新填写"),
        (2, True, "不是可识别的日期；请写成 2026-03-01 这样的年-月-日"),
        (2, "2026-02-30", "没有这一天，请核对年、月、日"),
        (2, "0026-02-03", "年份不合理，请核对"),
        (2, datetime(2026, 3, 1, 9, 30), "只填日期，不要带时间"),
        (3, "四极", "没有“四极”这个选项，是否为“四级”？"),
        (3, "高级工程", "没有“高级工程”这个选项；可填：四级、三级"),
        (4, "12345", "不是有效的电话号码；请填 11 位手机号，或带区号的固定电话"),
        (5, "三", "应为整数"),
        (5, 3.5, "应为整数"),
        (6, "八十", "应为数字"),
        (6, "1e9999999", "应为数字"),
        (6, True, "应为数字"),
        (7, "也许", "请填“是”或“否”"),
    ],
)
def test_each_bad_cell_is_named_and_its_row_left_out(
    book: Book, spec: SheetSpec, column: int, value: Any, message: str
) -> None:
    row = ["张三", ID, *[None] * 6]
    row[column] = value
    result = read(book([row, ["李四", "A" * 8]]), spec)
    header = spec.columns[column].header
    assert errors(result) == [(f"{'ABCDEFGH'[column]}2", header, message)]
    assert [r.number for r in result.rows] == [3]


@pytest.mark.parametrize(
    "value",
    [
        "2026-03-01",
        "2026-3-1",
        "2026/3/1",
        "2026.3.1",
        "20260301",
        "2026年3月1日",
        "２０２６-０３-０１",
        20260301,
        20260301.0,
        datetime(2026, 3, 1),
        date(2026, 3, 1),
    ],
)
def test_unambiguous_dates_are_taken(book: Book, spec: SheetSpec, value: Any) -> None:
    result = read(book([["张三", ID, value]]), spec)
    assert result.rows[0].values["birth"] == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("name", " 张三　", "张三"),
        ("name", 2301, "2301"),
        ("name", 23.5, "23.5"),
        ("number", "110101 19900307 123x", ID),
        ("number", "１１０１０１１９９００３０７１２３Ｘ", ID),
        ("level", "3", 3),
        ("phone", "+86 138-0013-8000", "13800138000"),
        ("phone", "023-68881234", "02368881234"),
        ("years", "12", 12),
        ("years", 12.0, 12),
        ("score", 0.1 + 0.2, Decimal("0.3")),
        ("score", "９０．５", Decimal("90.5")),
        ("resit", False, False),
        ("resit", "否", False),
    ],
)
def test_harmless_variants_are_taken(
    book: Book, spec: SheetSpec, column: str, value: Any, expected: Any
) -> None:
    keys = [c.key for c in spec.columns]
    row = ["张三", ID, *[None] * 6]
    row[keys.index(column)] = value
    assert read(book([row]), spec).rows[0].values[column] == expected


def test_no_number_is_not_a_text_nor_a_number() -> None:
    for kind in ("text", "decimal", "integer", "date", "choice", "phone"):
        with pytest.raises(CellProblem):
            parse(float("inf"), ColumnSpec("a", "甲", kind=kind))


def test_a_text_that_begins_like_a_formula_is_still_text(spec: SheetSpec, book: Book) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(book([["x", ID]])))
    cell = workbook.active["A2"]
    cell.value, cell.data_type = "=1+1", "s"
    target = io.BytesIO()
    workbook.save(target)
    assert read(target.getvalue(), spec).rows[0].values["name"] == "=1+1"


def test_duplicates_name_both_rows_and_not_the_number(book: Book, spec: SheetSpec) -> None:
    result = read(book([["张三", ID], ["李四", "A" * 8], ["张三", ID.lower()]]), spec)
    assert result.errors == [
        CellError(4, "B", "身份证号", "第 2 行与第 4 行重复（身份证号相同），请删去一行")
    ]
    assert [r.number for r in result.rows] == [2, 3]


def test_one_number_under_two_names_is_told_whatever_makes_rows_the_same(
    book: Book, spec: SheetSpec
) -> None:
    rows = [["张三", ID], ["李四", ID.lower()], ["李四", ID], ["张三", None]]
    for keys in (("number",), ("number", "level"), ()):
        named = replace(spec, who=("name", "number"), key_columns=keys)
        told = [each for each in errors(read(book(rows), named)) if each[1] == "姓名"]
        words = "与第 2 行证件号码相同，姓名却不同：那里是“张三”，这里是“李四”"
        assert told == [("A3", "姓名", words), ("A4", "姓名", words)]
    with pytest.raises(ValueError, match="nobody"):
        replace(spec, who=("name", "nobody"))


def test_rows_whose_key_is_missing_or_wrong_are_no_duplicates(book: Book, spec: SheetSpec) -> None:
    result = read(book([["张三", 1.1e17], ["李四", 1.1e17], ["王五", None]]), spec)
    assert [e.address for e in result.errors] == ["B2", "B3", "B4"]


def test_an_optional_key_column_left_empty_or_out_counts_as_the_same(book: Book) -> None:
    columns = (ColumnSpec("name", "姓名"), ColumnSpec("job", "工种"), ColumnSpec("note", "备注"))
    own = SheetSpec("报名表", columns, key_columns=("name", "job"))
    header = [c.header for c in columns]
    result = read(book([["甲"], ["甲", "焊"], ["甲"], [None, None, "x"]], header=header), own)
    assert errors(result) == [("A4", "姓名", "第 2 行与第 4 行重复（姓名、工种相同），请删去一行")]
    result = read(book([["x", "甲"], ["y", "甲"], ["z"], ["z"]], header=["备注", "姓名"]), own)
    assert errors(result) == [("B3", "姓名", "第 2 行与第 3 行重复（姓名相同），请删去一行")]


def test_content_without_a_header_is_an_error(book: Book, spec: SheetSpec) -> None:
    result = read(book([["张三", ID, "多余"]], header=["姓名", "身份证号"]), spec)
    assert errors(result) == [("C2", "", "此列没有表头；请删去这里的内容，或填到对应的列")]


def refuse(data: bytes, spec: SheetSpec, **options: int) -> str:
    with pytest.raises(SheetRefusedError) as caught:
        read(data, spec, **options)
    return caught.value.message


def test_a_wrong_header_says_what_is_missing_unknown_and_twice(book: Book, spec: SheetSpec) -> None:
    data = book([["张三"]], header=["姓名", "身份证", "姓名", "血型"])
    assert refuse(data, spec) == (
        "表头不符：B 列“身份证”不是本表的列（是否为“身份证号”？）；C 列“姓名”重复出现；"
        "D 列“血型”不是本表的列；缺少“身份证号”；请使用下载的模板，不要改动表头。"
    )


@pytest.mark.parametrize(
    ("before", "merge", "rows"),
    [
        ([["2026年第一批报名表"]], "A1:H1", "第 1 行"),
        ([["2026年第一批报名表"], ["填表：教务处"]], "A1:H1", "第 1 至 2 行"),
    ],
)
def test_a_title_above_the_header_is_to_be_deleted(
    book: Book, spec: SheetSpec, before: list[list[str]], merge: str, rows: str
) -> None:
    data = book([["张三", ID]], before=before, merge=merge)
    assert refuse(data, spec) == (
        f"{rows}是标题行（“2026年第一批报名表”），不是表头；请删除{rows}，使表头位于第 1 行。"
    )


def test_empty_sheets_are_refused(book: Book, spec: SheetSpec) -> None:
    assert refuse(book([], header=[None]), spec) == "工作表是空的；请使用下载的模板填写后上传。"
    assert refuse(book([]), spec) == "表头下面没有数据行；请填写后再上传。"
    assert refuse(template(spec), spec) == "表头下面没有数据行；请填写后再上传。"


def test_too_many_rows_are_refused(book: Book, spec: SheetSpec) -> None:
    rows = [[f"张{i}", f"AB{i:06}"] for i in range(4)]
    assert len(read(book(rows), spec, limit_rows=4).rows) == 4
    assert refuse(book(rows), spec, limit_rows=3) == "数据超过 3 行；请分成几个文件上传。"


def test_reading_stops_when_nearly_everything_is_wrong(
    book: Book, spec: SheetSpec, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "MAX_ERRORS", 5)
    result = read(book([["", f"AB{i:06}"] for i in range(20)]), spec)
    assert (len(result.errors), result.truncated) == (5, True)


def test_the_callers_own_check_normalises_or_refuses(book: Book) -> None:
    def check(value: str) -> str:
        if value == "ValueError":
            raise ValueError("不对")
        if value == "ValidationError":
            raise ValidationError(["一", "二"])
        return value.upper()

    own = SheetSpec("报名表", (ColumnSpec("code", "代码", validate=check),))
    result = read(book([["ab"], ["ValueError"], ["ValidationError"]], header=["代码"]), own)
    assert result.rows == [Row(2, {"code": "AB"})]
    assert [e.message for e in result.errors] == ["不对", "一；二"]


def test_5000_rows_in_little_memory(book: Book, spec: SheetSpec) -> None:
    data = book([[f"张{i}", f"AB{i:06}", "2000-01-02", "三级"] for i in range(5000)])
    tracemalloc.start()
    result = read(data, spec)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (len(result.rows), result.ok) == (5000, True)
    assert peak < 30 * 1024 * 1024


def test_no_spec_with_two_like_columns_or_an_unknown_key() -> None:
    with pytest.raises(ValueError, match="share"):
        SheetSpec("x", (ColumnSpec("a", "甲"), ColumnSpec("b", "甲 *")))
    with pytest.raises(ValueError, match="no such key"):
        SheetSpec("x", (ColumnSpec("a", "甲"),), key_columns=("b",))


def test_merged_cells_are_told_where_they_conceal_an_empty_one(book: Book, spec: SheetSpec) -> None:
    rows = [["张三", ID], ["李四", "A" * 8]]
    told = errors(read(book(rows, merge="C2:C3"), spec))
    assert told == [("C2", "出生日期", "C2:C3 是合并单元格；请取消合并，逐格填写")]
    assert read(book(rows, merge="C2:C3"), spec).rows == [read(book(rows), spec).rows[1]]
    assert errors(read(book(rows, merge="C3:D3"), spec))[0][0] == "C3"
    for harmless in ("K2:K3", "A9:H9", "A4:A5"):
        assert read(book(rows, merge=harmless), spec).ok, harmless


def test_a_mark_that_keeps_digits_text_is_no_part_of_the_number(
    book: Book, spec: SheetSpec
) -> None:
    found = read(book([["张三", f"'{ID}", None, None, "’13800138000"]]), spec)
    assert found.ok
    assert (found.rows[0].values["number"], found.rows[0].values["phone"]) == (ID, "13800138000")


def test_the_layout_is_found_where_chunks_meet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "CHUNK", 7)
    text = b'<row spans="1:2" r="3" hidden="1"><c/></row><row r="4"/><x:row hidden="true" r="5">'
    text += b'<mergeCells count="1"><mergeCell ref="B2:C10"/></mergeCells>'
    found = layout.layout_of(io.BytesIO(text))
    assert found.hidden == {3, 5}
    assert found.merged == (layout.Merged("B2:C10", range(1, 3), range(2, 11)),)
