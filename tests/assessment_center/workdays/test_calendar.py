"""Counting working days against a day-by-day count."""

from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment_center.workdays.rules.calendar import UnknownYearError, add_months, packaged

CALENDAR = packaged()
DAY = timedelta(days=1)
days = st.dates(date(2005, 6, 1), date(2026, 6, 30))


@dataclass(frozen=True)
class Term:
    n: int | None
    unit: str


@given(day=days)
def test_a_day_works_as_the_notices_say(day: date) -> None:
    assert CALENDAR.is_workday(day) == chinese_calendar.is_workday(day)


@given(day=days, n=st.integers(0, 60))
def test_adding_counts_the_days_after(day: date, n: int) -> None:
    end = CALENDAR.add_workdays(day, n)
    span = [day + DAY * i for i in range(1, (end - day).days + 1)]
    assert sum(chinese_calendar.is_workday(each) for each in span) == n
    assert n == 0 or chinese_calendar.is_workday(end)


@given(day=days, n=st.integers(1, 60))
def test_subtracting_counts_the_days_before(day: date, n: int) -> None:
    end = CALENDAR.add_workdays(day, -n)
    span = [end + DAY * i for i in range((day - end).days)]
    assert sum(chinese_calendar.is_workday(each) for each in span) == n
    assert chinese_calendar.is_workday(end)


@given(day=days, n=st.integers(-60, 60))
def test_between_undoes_adding(day: date, n: int) -> None:
    assert CALENDAR.workdays_between(day, CALENDAR.add_workdays(day, n)) == n


@given(start=days, span=st.integers(0, 90))
def test_between_is_the_day_by_day_count(start: date, span: int) -> None:
    end = start + DAY * span
    count = sum(chinese_calendar.is_workday(start + DAY * i) for i in range(1, span + 1))
    assert CALENDAR.workdays_between(start, end) == count


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2025, 9, 30), 1, date(2025, 10, 9)),  # National Day and Mid-Autumn: 1 to 8 October
        (date(2025, 9, 27), 1, date(2025, 9, 28)),  # a Sunday worked to make up
        (date(2025, 10, 9), -1, date(2025, 9, 30)),
        (date(2025, 10, 3), 0, date(2025, 10, 3)),  # the day itself, even a holiday
        (date(2025, 3, 3), 5, date(2025, 3, 10)),
    ],
)
def test_known_spans(start: date, n: int, end: date) -> None:
    assert CALENDAR.add_workdays(start, n) == end


def test_a_plain_weekend_is_no_statutory_holiday() -> None:
    assert not CALENDAR.is_statutory_holiday(date(2025, 3, 8))
    assert CALENDAR.is_statutory_holiday(date(2025, 10, 1))
    assert not CALENDAR.is_statutory_holiday(date(2025, 9, 28))


@pytest.mark.parametrize(
    ("term", "end"),
    [
        (Term(5, "workday"), date(2025, 2, 10)),
        (Term(10, "day"), date(2025, 2, 10)),
        (Term(1, "month"), date(2025, 2, 28)),
        (Term(13, "month"), date(2026, 2, 28)),
    ],
)
def test_terms(term: Term, end: date) -> None:
    start = date(2025, 1, 31)
    assert CALENDAR.add_term(term, start) == end


def test_a_term_without_number_has_no_last_day() -> None:
    with pytest.raises(ValueError, match="no last day"):
        CALENDAR.add_term(Term(None, "period"), date(2025, 1, 31))


@given(day=days, n=st.integers(-48, 48))
def test_months_keep_the_day_or_end_the_month(day: date, n: int) -> None:
    moved = add_months(day, n)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == n
    assert moved.day == day.day or (moved.day < day.day and (moved + DAY).day == 1)


@pytest.mark.parametrize("day", [date(2003, 12, 31), date(2099, 1, 1)])
def test_an_unknown_year_is_refused_not_guessed(day: date) -> None:
    for ask in (CALENDAR.is_workday, CALENDAR.is_statutory_holiday):
        with pytest.raises(UnknownYearError) as caught:
            ask(day)
        assert caught.value.year == day.year
        assert f"{day.year} 年的放假调休安排尚未录入" in str(caught.value)
        assert "请在“工作日”中录入" in str(caught.value)


def test_given_days_win_over_known_ones() -> None:
    own = CALENDAR.amended(
        years=[2099], holidays=[date(2025, 3, 3)], workdays=[date(2025, 10, 1), date(2025, 3, 9)]
    )
    assert not own.is_workday(date(2025, 3, 3))
    assert own.is_workday(date(2025, 10, 1))
    assert own.is_workday(date(2025, 3, 9))
    assert own.is_workday(date(2099, 1, 1))
    assert not own.is_workday(date(2099, 1, 3))
