from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from archives.rules.retention import keep_until, volume_root

DAYS = st.dates(date(2004, 1, 1), date(2060, 12, 31))


def test_terms_by_hand() -> None:
    assert keep_until(date(2026, 5, 24), years=3, months=None).until == date(2029, 5, 24)
    assert keep_until(date(2024, 2, 29), years=3, months=None).until == date(2027, 2, 28)
    assert keep_until(date(2026, 8, 31), years=None, months=6).until == date(2027, 2, 28)
    assert keep_until(date(2026, 11, 30), years=None, months=60).until == date(2031, 11, 30)
    assert keep_until(date(2026, 12, 1), years=0, months=0).until == date(2026, 12, 1)


def test_no_term_is_for_ever() -> None:
    term = keep_until(date(2026, 5, 24), years=None, months=None)
    assert (term.permanent, term.until) == (True, None)


@given(DAYS, st.integers(0, 50), st.integers(0, 120))
def test_months_and_years_agree(day: date, years: int, months: int) -> None:
    one = keep_until(day, years=years, months=months).until
    other = keep_until(day, years=None, months=years * 12 + months).until
    assert one == other
    assert one is not None
    assert one >= day
    assert one.day == day.day or one.day < day.day


@given(st.dictionaries(st.integers(1, 9), st.text("0123456789abcdef", min_size=4, max_size=4)))
def test_root_tells_every_change(digests: dict[int, str]) -> None:
    root = volume_root(digests.items())
    assert root == volume_root(reversed(list(digests.items())))
    for number in digests:
        changed = {**digests, number: digests[number][::-1] + "x"}
        assert volume_root(changed.items()) != root
        fewer = {key: value for key, value in digests.items() if key != number}
        assert volume_root(fewer.items()) != root
