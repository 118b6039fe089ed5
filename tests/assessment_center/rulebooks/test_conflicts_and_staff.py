"""The conflicts of the sources and the violations of staff, as every rulebook keeps them."""

import re
from pathlib import Path
from typing import get_args

import pytest

from assessment_center.conformance.matrix import rows
from assessment_center.rulebooks import CODES, Rulebook, load
from assessment_center.rulebooks.labels import (
    DECIDER_LABELS,
    STAFF_EFFECT_LABELS,
    STAFF_GROUP_LABELS,
    TABLE_LABELS,
)
from assessment_center.rulebooks.rules import staff
from assessment_center.rulebooks.rules.choices import Decider
from assessment_center.rulebooks.rules.rulebook import Table

MATRIX = Path(__file__).resolve().parents[4] / "shared" / "rules" / "RULES.md"
COMMON = {"X-25", "X-39", "X-40"}
ACTS = {f"STV-{n:02}" for n in (*range(1, 11), 12)}
NOT_AN_ACT = {("HN", "STV-12")}


@pytest.fixture(params=CODES)
def rules(request: pytest.FixtureRequest) -> Rulebook:
    return load(request.param)


def test_every_conflict_is_settled_in_some_rulebook() -> None:
    noted = {note.id for code in CODES for note in load(code).conflicts}
    assert noted == {f"X-{n:02}" for n in range(1, 41)}


def test_conflicts_stand_in_the_books_the_matrix_names() -> None:
    if not MATRIX.is_file():
        pytest.skip("the rule table the data were made from is not beside this checkout")
    named = dict(re.findall(r"^\| (X-\d\d) \| ([^|]+) \|", MATRIX.read_text(), re.MULTILINE))
    for code in CODES:
        rules = load(code)
        noted = {note.id for note in rules.conflicts}
        own = {i for i, where in named.items() if rules.identity.short in where or where == "All"}
        assert own <= noted
        assert noted - own <= {"X-12", "X-16", "X-26"}, "comparisons of two books stand in both"


def test_a_conflict_says_all_there_is_to_say(rules: Rulebook) -> None:
    for note in rules.conflicts:
        assert note.where, note.id
        assert note.problem, note.id
        assert note.choice, note.id
        assert note.cite, note.id
    assert {note.id for note in rules.conflicts} >= COMMON


def test_a_conflict_settles_what_the_rulebook_says(rules: Rulebook) -> None:
    """A choice made for a setting the book does not hold would be shown beside nothing."""
    for note in rules.conflicts:
        assert set(note.settings) <= set(rules.rows), note.id
        assert all(rules.conflicts_about(key) for key in note.settings)


def test_settings_that_name_a_conflict_are_named_by_it(rules: Rulebook) -> None:
    for key, refs in rules.rows.items():
        for ref in refs:
            if ref.startswith("X-"):
                assert ref in {note.id for note in rules.conflicts_about(key)}, key


def test_conflicts_are_found_by_setting_and_table() -> None:
    rules = load("chongqing")
    assert [n.id for n in rules.conflicts_about("room_capacity_max")] == ["X-03"]
    assert [n.id for n in rules.conflicts_about("violations")] == ["X-30"]
    assert rules.conflicts_about("page") == ()


@pytest.mark.parametrize("code", CODES)
def test_every_row_on_staff_has_its_acts(code: str) -> None:
    rules = load(code)
    short = rules.identity.short
    spoken = {row.id for row in rows() if row.id in ACTS and row.citations.get(short)}
    covered = {row for act in rules.staff_violations for row in act.rows}
    assert {i for i in spoken - covered if (short, i) not in NOT_AN_ACT} == set()
    assert covered <= spoken | {"EXP-06"}


@pytest.mark.parametrize(
    ("code", "acts"),
    [("chongqing", 24), ("henan", 19), ("shandong", 2), ("fujian", 9), ("jilin", 28)],
)
def test_acts_of_staff_are_counted(code: str, acts: int) -> None:
    assert len(load(code).staff_violations) == acts


def test_bars_and_suspensions_agree_with_the_settings() -> None:
    jilin = load("jilin")
    assert jilin.settings.assessor_bar_years is not None
    assert jilin.staff_penalty("A").bar_years == jilin.settings.assessor_bar_years.value
    assert "bar_for_good" in jilin.staff_penalty("SU").effects
    fujian = load("fujian")
    months = fujian.settings.institution_suspension_months
    assert months is not None
    assert fujian.staff_penalty("I").suspension_months == months.value
    assert {act.code for act in fujian.staff_violations_of("institution")} == {"I-1"}
    with pytest.raises(KeyError):
        fujian.staff_penalty("Z")


def test_groups_effects_deciders_and_tables_have_words() -> None:
    assert set(STAFF_GROUP_LABELS) == set(get_args(staff.StaffGroup))
    assert set(STAFF_EFFECT_LABELS) == set(get_args(staff.StaffEffect))
    assert set(DECIDER_LABELS) == set(get_args(Decider))
    assert set(TABLE_LABELS) == set(get_args(Table))
