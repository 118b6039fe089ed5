"""Reading the days of a notice."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment_center.workdays.rules.days import parse_days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("", []),
        ("2027-01-01", [date(2027, 1, 1)]),
        ("2026年12月31日", [date(2026, 12, 31)]),
        ("1月1日、1月2日\n5/1", [date(2027, 1, 1), date(2027, 1, 2), date(2027, 5, 1)]),
        ("1月1日 至 1月3日", [date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3)]),
        ("2026-12-31 ~ 2027-01-01，", [date(2026, 12, 31), date(2027, 1, 1)]),
    ],
)
def test_days_are_read(text: str, days: list[date]) -> None:
    assert parse_days(text, 2027) == days


@pytest.mark.parametrize(
    "text", ["元旦", "2月30日", "13-01", "1月3日至1月1日", "1月1日至1月2日至1月3日", "至"]
)
def test_what_is_no_day_is_named(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        parse_days(text, 2027)


@given(st.lists(st.dates(date(2020, 1, 1), date(2030, 1, 1)), max_size=20))
def test_a_list_reads_back(days: list[date]) -> None:
    assert parse_days("\n".join(day.isoformat() for day in days), 2027) == days
