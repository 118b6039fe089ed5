"""Counting working days against a day-by-day count."""

from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment_center.workdays.rules.calendar import UnknownYearError, packaged
from assessment_center.workdays.rules.months import add_months, add_years

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
        assert "请在“规程 → 放假安排通知”中录入" in str(caught.value)


FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
ALL_DAYS = [FIRST + DAY * n for n in range((LAST - FIRST).days + 1)]
WORKED = [chinese_calendar.is_workday(each) for each in ALL_DAYS]
positions = st.integers(0, len(ALL_DAYS) - 1)


@given(a=positions, b=positions)
def test_between_is_the_brute_force_count_over_all_years(a: int, b: int) -> None:
    """Every pair of days of 2004 to 2026, forward and back, counted one by one."""
    counted = sum(WORKED[a + 1 : b + 1]) if a <= b else -sum(WORKED[b:a])
    assert CALENDAR.workdays_between(ALL_DAYS[a], ALL_DAYS[b]) == counted


@given(a=positions, n=st.integers(-300, 300))
def test_adding_is_the_brute_force_walk_over_all_years(a: int, n: int) -> None:
    worked = [i for i, works in enumerate(WORKED) if works]
    after, before = [i for i in worked if i > a], [i for i in worked if i < a]
    walk = after if n > 0 else before[::-1]
    if abs(n) > len(walk):
        with pytest.raises(UnknownYearError):
            CALENDAR.add_workdays(ALL_DAYS[a], n)
    else:
        wanted = ALL_DAYS[walk[abs(n) - 1]] if n else ALL_DAYS[a]
        assert CALENDAR.add_workdays(ALL_DAYS[a], n) == wanted


@given(day=days, m=st.integers(0, 40), n=st.integers(0, 40), sign=st.sampled_from([1, -1]))
def test_terms_in_a_row_are_one_term(day: date, m: int, n: int, sign: int) -> None:
    parted = CALENDAR.add_workdays(CALENDAR.add_workdays(day, sign * m), sign * n)
    assert parted == CALENDAR.add_workdays(day, sign * (m + n))


@given(day=days, n=st.integers(-60, 60))
def test_going_and_coming_back_ends_on_a_worked_day(day: date, n: int) -> None:
    worked = CALENDAR.add_workdays(day, 1)
    assert CALENDAR.add_workdays(CALENDAR.add_workdays(worked, n), -n) == worked


@given(a=days, b=days)
def test_adding_what_lies_between_leads_to_a_worked_day(a: date, b: date) -> None:
    worked = CALENDAR.add_workdays(b, 1)
    assert CALENDAR.add_workdays(a, CALENDAR.workdays_between(a, worked)) == (
        worked if worked != a else a
    )


NOTICES = {  # as the State Council's notices print them: days off, and weekends worked for them
    2015: (
        "1.1-1.3 2.18-2.24 4.5-4.6 5.1-5.1 6.20-6.20 6.22-6.22 9.3-9.4 9.27-9.27 10.1-10.7",
        "1.4 2.15 2.28 9.6 10.10",
    ),
    2020: ("1.1-1.1 1.24-2.2 4.4-4.6 5.1-5.5 6.25-6.27 10.1-10.8", "1.19 4.26 5.9 6.28 9.27 10.10"),
    2024: (
        "1.1-1.1 2.10-2.17 4.4-4.6 5.1-5.5 6.10-6.10 9.15-9.17 10.1-10.7",
        "2.4 2.18 4.7 4.28 5.11 9.14 9.29 10.12",
    ),
    2025: ("1.1-1.1 1.28-2.4 4.4-4.6 5.1-5.5 5.31-6.2 10.1-10.8", "1.26 2.8 4.27 9.28 10.11"),
    2026: (
        "1.1-1.3 2.15-2.23 4.4-4.6 5.1-5.5 6.19-6.21 9.25-9.27 10.1-10.7",
        "1.4 2.14 2.28 5.9 9.20 10.10",
    ),
}


def _day(year: int, text: str) -> date:
    month, day = text.split(".")
    return date(year, int(month), int(day))


@pytest.mark.parametrize("year", NOTICES)
def test_the_packaged_days_are_those_of_the_notices(year: int) -> None:
    spans, worked = NOTICES[year]
    off = set()
    for span in spans.split():
        first, last = (_day(year, end) for end in span.split("-"))
        off |= {first + DAY * n for n in range((last - first).days + 1)}
    assert {day for day in CALENDAR.holidays if day.year == year} == off
    made_up = {_day(year, each) for each in worked.split()}
    assert {day for day in CALENDAR.makeup if day.year == year} == made_up


def test_make_up_days_of_every_year_are_weekends() -> None:
    assert sorted(CALENDAR.years) == list(range(2004, 2027))
    assert [day for day in CALENDAR.makeup if day.weekday() < 5] == []
    assert CALENDAR.makeup & CALENDAR.holidays == frozenset()


def test_the_holidays_of_a_span_are_named() -> None:
    found = CALENDAR.statutory_holidays(date(2026, 9, 20), date(2026, 9, 28))
    assert found == [date(2026, 9, 25), date(2026, 9, 26), date(2026, 9, 27)]
    assert CALENDAR.statutory_holidays(date(2026, 3, 2), date(2026, 3, 8)) == []
    with pytest.raises(UnknownYearError):
        CALENDAR.statutory_holidays(date(2026, 12, 30), date(2099, 1, 1))


@given(day=days, years=st.integers(-20, 20))
def test_years_are_twelve_months(day: date, years: int) -> None:
    assert add_years(day, years) == add_months(day, 12 * years)
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)


def test_given_days_win_over_known_ones() -> None:
    own = CALENDAR.amended(
        years=[2099], holidays=[date(2025, 3, 3)], workdays=[date(2025, 10, 1), date(2025, 3, 9)]
    )
    assert not own.is_workday(date(2025, 3, 3))
    assert own.is_workday(date(2025, 10, 1))
    assert own.is_workday(date(2025, 3, 9))
    assert own.is_workday(date(2099, 1, 1))
    assert not own.is_workday(date(2099, 1, 3))
