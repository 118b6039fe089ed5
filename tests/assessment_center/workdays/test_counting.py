"""A day is counted as the rule says, and the count can be checked from what is kept of it."""

import calendar as months
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment_center.due import counting_words
from assessment_center.registry.entries import Counting
from assessment_center.rulebooks.rules.tables import Term
from assessment_center.workdays.counting import count, count_term, counted, on
from assessment_center.workdays.rules.calendar import WorkCalendar, packaged

DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
BUILT_IN = packaged()


@given(DAYS, st.integers(-400, 400))
def test_days_are_plain_days(start: date, n: int) -> None:
    assert count(BUILT_IN, start, n, "day") == start + timedelta(days=n)


@given(DAYS, st.integers(-60, 60))
def test_working_days_can_be_counted_back(start: date, n: int) -> None:
    """The day itself is a working day, and as many working days lie between as were asked for."""
    found = count(BUILT_IN, start, n, "workday")
    if found is None:
        assert (start + timedelta(days=3 * n + (20 if n > 0 else -20))).year not in BUILT_IN.years
        return
    assert n == 0 or BUILT_IN.is_workday(found)
    assert BUILT_IN.workdays_between(start, found) == n or not BUILT_IN.is_workday(start)
    assert (found > start) == (n > 0)
    step = 1 if n > 0 else -1
    between = [start + timedelta(days=i * step) for i in range(1, abs((found - start).days) + 1)]
    assert sum(map(BUILT_IN.is_workday, between)) == abs(n)


@given(DAYS, st.integers(-70, 70))
def test_months_keep_the_day_or_end_with_the_month(start: date, n: int) -> None:
    found = count(BUILT_IN, start, n, "month")
    assert found is not None
    assert (found.year * 12 + found.month) - (start.year * 12 + start.month) == n
    assert found.day == min(start.day, months.monthrange(found.year, found.month)[1])


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 5, 31), -3, date(2026, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
    ],
)
def test_the_end_of_a_month(start: date, n: int, end: date) -> None:
    assert count(BUILT_IN, start, n, "month") == end


@given(DAYS, st.integers(-40, 40))
def test_an_unknown_year_on_the_way_gives_no_day(start: date, n: int) -> None:
    known = WorkCalendar(frozenset({2025}), BUILT_IN.holidays, BUILT_IN.makeup)
    found = count(known, start, n, "workday")
    if n == 0:
        assert found == start
    elif found is not None:
        assert found.year == 2025
    else:
        free = count(BUILT_IN, start, n, "workday")
        step = timedelta(days=1 if n > 0 else -1)
        assert free is None or free.year != 2025 or (start + step).year != 2025


@pytest.mark.django_db
def test_a_term_counts_from_its_event() -> None:
    event = "公示开始日"
    found = count_term(event, date(2026, 6, 1), Term("workday", "publication", 5))
    assert found == Counting(event, date(2026, 6, 1), date(2026, 6, 8), 5, "workday")
    assert counted(event, date(2026, 6, 1), -1, "month").due == date(2026, 5, 1)
    with pytest.raises(ValueError, match="no last day"):
        count_term(event, date(2026, 6, 1), Term("period", "publicity"))


class Kept:
    def __init__(self, counting: Counting) -> None:
        self.event, self.start = str(counting.event), counting.start
        self.count, self.unit = counting.n, counting.unit


@pytest.mark.parametrize(
    ("n", "unit", "words"),
    [
        (-10, "workday", "考试日 2026-06-20 前 10 个工作日"),
        (5, "workday", "考试日 2026-06-20 后 5 个工作日"),
        (-45, "day", "考试日 2026-06-20 前 45 天"),
        (2, "day", "考试日 2026-06-20 后 2 天"),
        (1, "month", "考试日 2026-06-20 后 1 个月"),
        (0, "day", "考试日 2026-06-20"),
    ],
)
def test_how_it_was_counted_is_told(n: int, unit: str, words: str) -> None:
    counting = Counting("考试日", date(2026, 6, 20), None, n, unit)  # type: ignore[arg-type]
    assert counting_words(Kept(counting)) == words


def test_what_was_not_counted_tells_nothing() -> None:
    kept = Kept(on("考试日", date(2026, 6, 20)))
    kept.unit = ""
    assert counting_words(kept) == ""
