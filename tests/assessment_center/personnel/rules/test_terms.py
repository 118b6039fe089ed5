"""Terms in whole years, and how they stand on a day."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from assessment_center.personnel.enums import Light
from assessment_center.personnel.rules.terms import (
    ENDING_DAYS,
    full_years,
    last_day,
    latest_end,
    light,
)
from assessment_center.workdays.rules.months import add_years

DAYS = st.dates(date(1950, 1, 1), date(2100, 1, 1))
DAY = timedelta(days=1)


@settings(deadline=None)
@given(DAYS, st.integers(1, 10))
def test_a_term_ends_the_day_before_the_same_day(start: date, years: int) -> None:
    last = last_day(start, years)
    assert last + DAY == add_years(start, years)
    assert last.year - start.year in {years, years - 1}


@settings(deadline=None)
@given(DAYS, DAYS)
def test_full_years_are_whole(since: date, on: date) -> None:
    years = full_years(since, on)
    if on < since:
        assert years == 0
        return
    assert add_years(since, years) <= on < add_years(since, years + 1)


@settings(deadline=None)
@given(DAYS, st.integers(0, 4000), st.integers(-500, 5000))
def test_the_last_day_is_good_and_the_next_is_not(first: date, length: int, at: int) -> None:
    last, on = first + DAY * length, first + DAY * at
    expected = (
        Light.NOT_YET
        if at < 0
        else Light.EXPIRED
        if at > length
        else Light.ENDING
        if length - at < ENDING_DAYS
        else Light.VALID
    )
    assert light(on, first, last) is expected
    assert light(on, first, last, on) is Light.REVOKED
    assert light(on, first, last, on + DAY) is expected


def test_a_contract_ends_with_the_years_or_the_card() -> None:
    start = date(2026, 3, 1)
    assert latest_end(start, 3, None) == date(2029, 2, 28)
    assert latest_end(start, 3, date(2027, 1, 1)) == date(2027, 1, 1)
    assert latest_end(start, None, None) is None
    assert light(start, start, None) is Light.VALID
