"""Workbooks that are handed in: what stands on the paper, how it is set, how high the rows are."""

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from assessment_center.spreadsheets import ColumnSpec
from assessment_center.spreadsheets.handed_in import A3, A4, Paper, lines_of, listed

NARROW = (ColumnSpec("n", "序号", width=5), ColumnSpec("name", "机构名称", width=12))


def sheet_of(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content)).worksheets[0]


def test_a_list_has_its_title_and_repeats_its_heading_on_every_page() -> None:
    sheet = sheet_of(listed("汇总表", NARROW, [{"n": 1, "name": "=试验职业学院"}]))
    assert [sheet["A1"].value, sheet["B2"].value] == ["汇总表", "机构名称"]
    assert [str(each) for each in sheet.merged_cells.ranges] == ["A1:B1"]
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$1:$2", "A3")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet["A3"].data_type, sheet["B3"].data_type) == ("n", "s")
    assert sheet["B3"].alignment.wrap_text
    assert sheet["B3"].border.left.style == "thin"
    assert sheet.row_dimensions[3].height > sheet.row_dimensions[2].height


def test_a_wide_list_goes_on_larger_paper() -> None:
    wide = tuple(ColumnSpec(str(n), str(n), width=30) for n in range(6))
    assert sheet_of(listed("窄", NARROW, [])).page_setup.paperSize == A4
    assert sheet_of(listed("宽", wide, [])).page_setup.paperSize == A3


def test_a_merged_cell_is_ruled_all_round() -> None:
    paper = Paper("表", (10, 10, 10), landscape=False)
    row = paper.add(["地址", "学府大道"], (1, 2), labels=(0,))
    sheet = sheet_of(paper.content())
    assert sheet.cell(row, 1).font.b
    assert not sheet.cell(row, 2).font.b
    assert sheet.cell(row, 3).border.right.style == "thin"


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("", 10, 1),
        ("abcdefgh", 10, 1),
        ("职业技能", 10, 1),
        ("职业技能等级", 10, 2),
        ("甲\n乙", 10, 2),
    ],
)
def test_a_chinese_letter_is_two_units_wide(text: str, room: float, lines: int) -> None:
    assert lines_of(text, room) == lines
