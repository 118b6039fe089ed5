"""Combining marks, grades, passing and validity: pure rules."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment_center.workdays.rules import months as calendar_months
from scoring.rules import combining, marks

MARKS = st.decimals(min_value=0, max_value=100, places=2, allow_nan=False)


@given(MARKS)
def test_two_equal_entries_are_the_score(mark: Decimal) -> None:
    assert combining.agree(mark, mark) == combining.Combined(mark, mark)


@given(MARKS, MARKS)
def test_two_different_entries_are_told_apart(first: Decimal, second: Decimal) -> None:
    if first == second:
        return
    with pytest.raises(combining.MarksDisagreeError) as told:
        combining.agree(first, second)
    assert (told.value.first, told.value.second) == (first, second)


@pytest.mark.parametrize(
    ("first", "second", "have"), [(None, None, 0), (Decimal(1), None, 1), (None, Decimal(1), 1)]
)
def test_a_missing_entry_is_no_score(first, second, have) -> None:
    with pytest.raises(combining.MarksMissingError) as told:
        combining.agree(first, second)
    assert (told.value.have, told.value.need) == (have, 2)


@given(st.lists(MARKS, min_size=1, max_size=9))
def test_the_mean_lies_between_the_marks_and_ignores_their_order(given_marks) -> None:
    combined = combining.mean(given_marks, at_least=1)
    assert min(given_marks) <= combined.exact <= max(given_marks) or len(set(given_marks)) == 1
    assert abs(combined.exact - combined.shown) <= Decimal("0.005")
    assert combining.mean(given_marks[::-1], at_least=1) == combined


@given(st.lists(MARKS, max_size=5), st.integers(1, 6))
def test_too_few_assessors_give_no_score(given_marks, least) -> None:
    if len(given_marks) >= least:
        assert combining.mean(given_marks, at_least=least)
        return
    with pytest.raises(combining.MarksMissingError) as told:
        combining.mean(given_marks, at_least=least)
    assert (told.value.have, told.value.need) == (len(given_marks), least)


def test_the_unrounded_mean_is_compared_with_the_line() -> None:
    combined = combining.mean([Decimal("59.99"), Decimal("60.00"), Decimal("60.00")], at_least=3)
    assert combined.shown == Decimal("60.00")
    assert not combining.reaches(combined.exact, pass_score=60)


@given(MARKS)
def test_reached_is_passed(mark: Decimal) -> None:
    assert combining.reaches(mark, pass_score=60) == (mark >= 60)


BANDS = [(60, "合格"), (90, "优秀"), (80, "良好")]


@pytest.mark.parametrize(
    ("score", "label"),
    [
        ("59.99", ""), ("60", "合格"), ("79.5", "合格"), ("80", "良好"), ("89.5", "良好"),
        ("90", "优秀"), ("100", "优秀"),
    ],
)  # fmt: skip
def test_a_grade_is_the_highest_band_reached(score: str, label: str) -> None:
    assert combining.grade(Decimal(score), BANDS) == label


@given(MARKS, MARKS)
def test_a_better_score_never_has_a_lower_grade(low: Decimal, high: Decimal) -> None:
    low, high = sorted((low, high))
    order = ["", "合格", "良好", "优秀"]
    assert order.index(combining.grade(low, BANDS)) <= order.index(combining.grade(high, BANDS))


@pytest.mark.parametrize(
    ("outcomes", "every", "some"),
    [
        ({"theory": True, "practical": True}, True, True),
        ({"theory": True, "practical": False}, False, True),
        ({"theory": True}, False, True),
        ({}, False, False),
    ],
)
def test_the_whole_is_passed_by_every_subject_or_by_any(outcomes, every, some) -> None:
    wanted = ["theory", "practical"]
    assert combining.passes(outcomes, wanted=wanted, all_subjects=True) is every
    assert combining.passes(outcomes, wanted=wanted, all_subjects=False) is some


def test_nothing_wanted_is_nothing_passed() -> None:
    assert not combining.passes({"theory": True}, wanted=[], all_subjects=True)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_months_go_to_the_same_day_or_the_last(day: date, months: int) -> None:
    later = calendar_months.add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
    assert later >= day


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 5, 24), 12, date(2027, 5, 24)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
    ],
)
def test_a_year_later(day: date, months: int, later: date) -> None:
    assert calendar_months.add_months(day, months) == later


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("86", "86"),
        (" 86.5 ", "86.5"),
        ("\uff18\uff16\uff0e\uff15", "86.5"),
        ("0", "0"),
        ("100.00", "100"),
    ],
)
def test_a_typed_mark_is_read(text: str, mark: str) -> None:
    assert marks.read_mark(text) == Decimal(mark)


@pytest.mark.parametrize("text", ["", " ", ".", "abc", "-1", "1e3", "NaN", "1.2.3", "²", "٣"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not_a_number"):
        marks.read_mark(text)


@given(st.text(max_size=8))
def test_reading_never_fails_otherwise(text: str) -> None:
    with suppress(ValueError):
        assert marks.read_mark(text) >= 0


@pytest.mark.parametrize(
    ("mark", "fault"),
    [
        ("0", None), ("100", None), ("59.99", None), ("100.01", "out_of_range"),
        ("-0.01", "out_of_range"), ("1.005", "too_fine"), ("NaN", "not_a_number"),
        ("Infinity", "not_a_number"),
    ],
)  # fmt: skip
def test_faults_of_marks(mark: str, fault: str | None) -> None:
    assert marks.fault_of(Decimal(mark), full=100) == fault
