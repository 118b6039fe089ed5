"""The one reader of dates: everything that means one day only, and nothing that must be guessed."""

import calendar
import io
from datetime import date, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment_center.spreadsheets import ColumnSpec, Kind, SheetSpec, read
from assessment_center.spreadsheets.dates import SERIALS, read_date
from assessment_center.spreadsheets.problems import CellProblem

naive = datetime  # as a workbook holds it
FIRST = date(2026, 3, 1)
SPANS = st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31))


@pytest.mark.parametrize(
    "value",
    [
        "2026-3-1",
        "2026-03-01",
        "2026/03/01",
        "2026/3/1",
        "2026.3.1",
        "20260301",
        20260301,
        20260301.0,
        "2026年3月1日",
        "2026 年 3 月 1 号",
        "\uff12026\uff0d03\uff0d01",
        "  2026-03-01  ",
        "2026-03-01 00:00:00",
        "2026/3/1 0:00",
        "2026-03-01T00:00:00",
        naive(2026, 3, 1),
        FIRST,
    ],
)
def test_a_day_is_read_however_it_is_written(value: Any) -> None:
    assert read_date(value) == FIRST


@pytest.mark.parametrize(
    "value", ["2026.3", "2026-03", "2026/3", "2026年3月", "2026年3月份", 2026.3]
)
def test_a_month_stands_for_its_first_or_last_day_where_the_column_says_so(value: Any) -> None:
    assert read_date(value, month="first") == FIRST
    assert read_date(value, month="last") == date(2026, 3, 31)
    with pytest.raises(CellProblem, match="只写了年和月"):
        read_date(value)


@pytest.mark.parametrize(
    "value", ["3/4/26", "3-4-26", "03.04.2026", "26/3/4", "26年3月4日", "260304", 260304, "26年3月"]
)
def test_what_must_be_guessed_is_refused(value: Any) -> None:
    with pytest.raises(CellProblem, match="分不清年、月、日"):
        read_date(value, month="first")


def test_excel_loses_the_nought_of_october() -> None:
    with pytest.raises(CellProblem, match="1 月还是 10 月"):
        read_date(2026.1, month="first")
    assert read_date("2026.1", month="first") == date(2026, 1, 1)
    assert read_date("2026.10", month="first") == date(2026, 10, 1)
    assert read_date(2026.11, month="first") == date(2026, 11, 1)
    assert read_date(2026.01, month="first") == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2026-02-30", "没有这一天"),
        ("2026-13-01", "没有这一天"),
        ("20261301", "没有这一天"),
        ("0026-03-01", "年份不合理"),
        ("1776-07-04", "年份不合理"),
        (46082, "这是数字，不是日期"),
        ("46082", "不是可识别的日期"),
        (naive(2026, 3, 1, 9, 30), "不要带时间"),
        ("2026-03-01 09:30", "不要带时间"),
        ("二〇二六年三月一日", "不是可识别的日期"),
        ("2026-3/1", "不是可识别的日期"),
        ("明天", "不是可识别的日期"),
        (float("nan"), "不是可识别的日期"),
        (float("inf"), "不是可识别的日期"),
        (True, "不是可识别的日期"),
        (timedelta(1), "不是可识别的日期"),
    ],
)
def test_no_day_is_made_up(value: Any, words: str) -> None:
    with pytest.raises(CellProblem, match=words):
        read_date(value, month="first")


@given(SPANS)
def test_every_day_is_read_back_from_every_form(day: date) -> None:
    forms = (
        f"{day.year}-{day.month}-{day.day}",
        f"{day.year:04d}/{day.month:02d}/{day.day:02d}",
        f"{day.year:04d}.{day.month:02d}.{day.day:02d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year:04d}{day.month:02d}{day.day:02d}",
        naive(day.year, day.month, day.day),
    )
    assert {read_date(form) for form in forms} == {day}


@given(SPANS)
def test_a_month_has_the_last_day_of_the_calendar(day: date) -> None:
    last = calendar.monthrange(day.year, day.month)[1]
    assert read_date(f"{day.year}.{day.month:02d}", month="last").day == last


@given(st.one_of(st.text(max_size=24), st.integers(-(10**9), 10**9), st.floats()))
def test_anything_is_a_sane_day_or_a_sentence(value: Any) -> None:
    for month in ("", "first", "last"):
        try:
            found = read_date(value, month=month)  # type: ignore[arg-type]
        except CellProblem:
            continue
        assert 1900 <= found.year < 2200


def test_serial_numbers_cover_the_lives_of_the_living() -> None:
    epoch = date(1899, 12, 30)
    assert (date(1955, 1, 1) - epoch).days in SERIALS
    assert (date(2110, 1, 1) - epoch).days in SERIALS


@pytest.mark.parametrize(
    ("pattern", "read_as"),
    [
        ('yyyy"年"m"月"', date(2027, 12, 31)),
        ("yyyy/mm", date(2027, 12, 31)),
        ("[$-804]yyyy\\-mm", date(2027, 12, 31)),
        ("yyyy-mm-dd", date(2027, 12, 1)),
    ],
)
def test_a_day_that_excel_made_of_a_month_is_the_month_again(pattern: str, read_as: date) -> None:
    spec = SheetSpec("证卡", (ColumnSpec("until", "有效期止", kind=Kind.DATE, month="last"),))
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["有效期止"])
    sheet.append([naive(2027, 12, 1)])
    sheet["A2"].number_format = pattern
    target = io.BytesIO()
    book.save(target)
    result = read(target.getvalue(), spec)
    assert result.errors == []
    assert result.rows[0].values["until"] == read_as


def test_the_cell_is_named() -> None:
    spec = SheetSpec("证卡", (ColumnSpec("until", "有效期止", kind=Kind.DATE),))
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["有效期止"])
    book.active.append(["3/4/26"])
    target = io.BytesIO()
    book.save(target)
    error = read(target.getvalue(), spec).errors[0]
    assert (error.address, error.header) == ("A2", "有效期止")
    assert "3/4/26" in error.message
