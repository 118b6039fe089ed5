"""Means, bands, failings and what follows, held against slow and plain definitions."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment_center.personnel.rules.appraisal import (
    Failing,
    Follows,
    Measures,
    Session,
    Taken,
    band,
    failing,
    follows,
    latest_run,
    shown,
    unqualified_years,
    weighted_mean,
)

HENAN = (90, 80, 60)
FOUR = ("优秀", "良好", "合格", "不合格")
THREE = ("优秀", "合格", "不合格")
scores = st.decimals(0, 100, places=2)
sessions = st.lists(
    st.builds(
        Session,
        st.dates(date(2024, 1, 1), date(2026, 12, 31)),
        st.sampled_from(Taken),
        st.none() | scores,
        st.integers(0, 9),
    ),
    max_size=12,
    unique_by=lambda each: each.day,
)


def on(*answers: Taken, year: int = 2025, start: int = 1) -> list[Session]:
    """One dispatch a month with these answers."""
    return [Session(date(year, start + n, 10), each) for n, each in enumerate(answers)]


@given(sessions)
def test_the_mean_is_that_of_every_sitting_counted_once(given_: list[Session]) -> None:
    each = [
        Fraction(one.score)
        for one in given_
        if one.taken == Taken.SERVED and one.score is not None
        for _sitting in range(one.weight)
    ]
    found = weighted_mean(given_)
    if not each:
        assert found is None
        return
    assert found is not None
    assert abs(Fraction(found) - sum(each) / len(each)) < Fraction(1, 10**20)
    assert min(each) - Fraction(1, 10**20) <= Fraction(found) <= max(each) + Fraction(1, 10**20)
    assert abs(shown(found) - found) <= Decimal("0.005")


@given(st.decimals(0, 100, places=4), st.decimals(0, 100, places=4))
def test_a_better_mean_never_has_a_worse_grade(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    assert FOUR.index(band(high, HENAN, FOUR)) <= FOUR.index(band(low, HENAN, FOUR))


@pytest.mark.parametrize(
    ("mean", "grade"),
    [("100", "优秀"), ("90", "优秀"), ("89.999", "良好"), ("80", "良好"), ("79.5", "合格"),
     ("60", "合格"), ("59.995", "不合格"), ("0", "不合格")],
)  # fmt: skip
def test_bands_begin_with_their_bound_and_the_mean_is_not_rounded(mean: str, grade: str) -> None:
    assert band(Decimal(mean), HENAN, FOUR) == grade


@pytest.mark.parametrize(("bounds", "grades"), [((90, 80), FOUR), ((60, 80, 90), FOUR), ((), FOUR)])
def test_bands_that_do_not_fit_are_a_fault(
    bounds: tuple[int, ...], grades: tuple[str, ...]
) -> None:
    with pytest.raises(ValueError, match="多一个"):
        band(Decimal(70), bounds, grades)


@given(sessions)
def test_a_run_is_the_tail_of_like_answers(given_: list[Session]) -> None:
    run = latest_run(given_, {Taken.REFUSED})
    tail = sorted(given_, key=lambda each: each.day)[len(given_) - run :]
    assert all(each.taken == Taken.REFUSED for each in tail)
    before = sorted(given_, key=lambda each: each.day)[: len(given_) - run]
    assert not before or before[-1].taken != Taken.REFUSED


S, M, R, E = Taken.SERVED, Taken.MISSED, Taken.REFUSED, Taken.EXCUSED


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([S, M, M, S], Failing.MISSED_IN_A_ROW),
        ([S, M, R], Failing.MISSED_IN_A_ROW),
        ([S, M, S, M], None),
        ([S, M, E, M], None),
        ([M], Failing.NONE_IN_THE_YEAR),
        ([M, E], Failing.NONE_IN_THE_YEAR),
        ([E, E], None),
        ([], None),
        ([S], None),
    ],
)
def test_two_absences_in_a_row_or_none_in_the_year(
    answers: list[Taken], expected: Failing | None
) -> None:
    assert failing(on(*answers), 2025, missed_limit=2, none_is_failing=True) == expected
    assert failing(on(*answers), 2025, missed_limit=None, none_is_failing=False) is None


def test_a_run_over_the_turn_of_the_year_counts_where_it_is_completed() -> None:
    turn = [*on(S, M, start=11, year=2024), *on(M, S, S, year=2025)]
    assert failing(turn, 2024, missed_limit=2, none_is_failing=True) is None
    assert failing(turn, 2025, missed_limit=2, none_is_failing=True) == Failing.MISSED_IN_A_ROW
    assert failing(turn, 2026, missed_limit=2, none_is_failing=True) is None


@given(sessions, st.integers(1, 4))
def test_failing_is_what_a_search_of_all_windows_finds(given_: list[Session], limit: int) -> None:
    ordered = sorted(given_, key=lambda each: each.day)
    windows = (ordered[n : n + limit] for n in range(len(ordered) - limit + 1))
    found = any(
        all(each.taken in (M, R) for each in window) and window[-1].day.year == 2025
        for window in windows
    )
    told = failing(given_, 2025, missed_limit=limit, none_is_failing=False)
    assert (told == Failing.MISSED_IN_A_ROW) == found


def test_the_order_of_entry_does_not_matter() -> None:
    spring = [Session(date(2025, 3, 1) + timedelta(days=n), t) for n, t in enumerate((S, M, M, S))]
    assert failing(spring[::-1], 2025, missed_limit=2, none_is_failing=True) is not None
    assert latest_run([spring[3], spring[1], spring[2]], {M}) == 0


@given(
    st.dictionaries(st.integers(2020, 2027), st.booleans()),
    st.integers(2020, 2027),
    st.integers(2020, 2027),
)
def test_years_in_a_row_are_never_more_than_all_years(
    found: dict[int, bool], year: int, since: int
) -> None:
    run = unqualified_years(found, year, since=since, consecutive=True)
    assert all(found.get(year - n) for n in range(run))
    assert not found.get(year - run)
    every = unqualified_years(found, year, since=min(since, year - run), consecutive=False)
    assert run <= every


def test_two_unqualified_years_within_the_hire_need_not_follow_each_other() -> None:
    within = Measures(dismiss_after=2, consecutive=False, retrain=True, reward=True)
    strict = Measures(dismiss_after=2, consecutive=True, retrain=True)
    earlier = {2023: True, 2024: False}
    told = {"year": 2025, "since": 2023}
    assert follows("不合格", FOUR, within, earlier, **told) == (Follows.DISMISS,)
    assert follows("不合格", FOUR, strict, earlier, **told) == (Follows.RETRAIN,)
    assert follows("不合格", FOUR, within, earlier, year=2025, since=2024) == (Follows.RETRAIN,)
    assert follows("优秀", FOUR, within, earlier, **told) == (Follows.REWARD,)
    assert follows("良好", FOUR, within, earlier, **told) == ()
    assert follows("优秀", FOUR, strict, earlier, **told) == ()


def test_one_unqualified_year_dismisses_where_the_rulebook_says_so() -> None:
    jilin = Measures(dismiss_after=1)
    assert follows("不合格", THREE, jilin, {}, year=2025, since=2025) == (Follows.DISMISS,)
    assert follows("合格", THREE, jilin, {2024: True}, year=2025, since=2024) == ()
    assert follows("没有的等次", THREE, jilin, {}, year=2025, since=2025) == ()
    assert follows("不合格", (), jilin, {}, year=2025, since=2025) == ()
    assert follows("不合格", THREE, Measures(), {}, year=2025, since=2025) == ()
