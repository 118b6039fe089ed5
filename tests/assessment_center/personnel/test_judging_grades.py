"""The column of grades on F-804 and F-805: given, found by the score, or empty."""

import pytest

from assessment_center.personnel.judging_grades import GIVEN, Grades, grades_of
from assessment_center.rulebooks import load


@pytest.mark.parametrize(
    ("score", "given", "found"),
    [
        ("90", "", "优秀"),
        ("89.99", "", "良好"),
        (60, "", "合格"),
        ("59.5", "", "不合格"),
        (None, "", ""),
        ("", "", ""),
        ("95", "合格", "合格"),
    ],
)
def test_a_score_is_shown_with_the_grade_it_makes(score: object, given: str, found: str) -> None:
    assert grades_of(load("henan")).of(score, given) == found


def test_the_note_names_every_band_and_its_articles() -> None:
    (note,) = grades_of(load("henan")).notes
    for part in (
        "优秀 90 分及以上",
        "良好 80 分及以上",
        "合格 60 分及以上",
        "60 分以下不合格",
        "十二",
    ):
        assert part in note


@pytest.mark.parametrize("code", ["", "jilin", "fujian"])
def test_without_bands_only_a_given_grade_is_shown(code: str) -> None:
    found = grades_of(load(code) if code else None)
    assert (found, found.label, found.notes) == (Grades(), GIVEN, ())
    assert (found.of("95", ""), found.of("95", "好")) == ("", "好")
