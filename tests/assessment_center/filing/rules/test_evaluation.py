"""The evaluation adds up, and only a whole sheet above the mark without veto passes."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment_center.filing.rules.checklist import due
from assessment_center.filing.rules.evaluation import Mark, evaluate, fits, full
from assessment_center.filing.rules.naming import exact, near
from assessment_center.rulebooks import load
from assessment_center.rulebooks.rules.filing import FilingCriterion

HENAN = load("henan")
CRITERIA = HENAN.filing_criteria
PASS = 65


def best() -> dict[str, Mark]:
    return {
        each.code: Mark(met=True) if each.veto else Mark(points=Decimal(each.points))
        for each in CRITERIA
        if not each.bonus
    }


def worth(total: int) -> dict[str, Mark]:
    """All rows marked, `total` points given from the top of the table down."""
    marks, left = best(), total
    for each in CRITERIA:
        if not each.veto and not each.bonus:
            given_here = min(each.points, left)
            marks[each.code] = Mark(points=Decimal(given_here))
            left -= given_here
    return marks


def test_the_table_is_worth_a_hundred_with_six_vetoes_and_three_extras() -> None:
    assert full(CRITERIA) == 100
    assert [c.code for c in CRITERIA] == [f"E{n}" for n in range(1, 48)]
    assert {c.code for c in CRITERIA if c.veto} == {"E1", "E2", "E14", "E18", "E23", "E44"}
    assert sum(c.points for c in CRITERIA if c.bonus) == 6
    parts = {"HN 评分表 实施方案": 58, "HN 评分表 制度建设": 15, "HN 评分表 人员管理及建设": 10}
    for cite, points in parts.items():
        title = cite.split()[-1]
        found = [c for c in CRITERIA if title in str(c.cite[0]) and not c.bonus]
        assert sum(c.points for c in found) == points


@pytest.mark.parametrize(("total", "passed"), [(64, False), (65, True), (100, True), (0, False)])
def test_the_pass_mark_is_reached_at_it_not_below(total: int, passed: bool) -> None:
    found = evaluate(CRITERIA, worth(total), PASS)
    assert (found.total, found.passed) == (total, passed)


@pytest.mark.parametrize("code", [c.code for c in CRITERIA if c.veto])
def test_one_veto_fails_a_full_sheet(code: str) -> None:
    found = evaluate(CRITERIA, best() | {code: Mark(met=False)}, PASS)
    assert (found.total, found.vetoed, found.passed) == (100, (code,), False)


def test_an_empty_row_is_named_and_extras_may_stay_empty() -> None:
    marks = best()
    del marks["E20"], marks["E2"]
    found = evaluate(CRITERIA, marks, PASS)
    assert (found.missing, found.passed) == (("E2", "E20"), False)
    assert evaluate(CRITERIA, best(), PASS).passed


def test_extras_count_on_top() -> None:
    extras = {f"E{n}": Mark(points=Decimal(2)) for n in (45, 46, 47)}
    assert evaluate(CRITERIA, worth(60) | extras, PASS).total == 66


def test_without_a_pass_mark_no_total_fails() -> None:
    assert evaluate(CRITERIA, worth(0), None).passed


points = st.decimals(min_value=-2, max_value=12, places=1)


@given(st.sampled_from(CRITERIA), points)
def test_points_fit_their_row(criterion: FilingCriterion, given_points: Decimal) -> None:
    ok = fits(criterion, Mark(points=given_points))
    if criterion.veto or not 0 <= given_points <= criterion.points:
        assert not ok
    elif criterion.all_or_nothing:
        assert ok == (given_points in (0, criterion.points))
    elif criterion.per_fault:
        faults = (criterion.points - given_points) / criterion.per_fault
        assert ok == (given_points == 0 or faults == int(faults))
    else:
        assert ok == (given_points * 2 == int(given_points * 2))


@given(st.sampled_from(CRITERIA), st.booleans())
def test_a_verdict_fits_veto_rows_alone(criterion: FilingCriterion, met: bool) -> None:
    assert fits(criterion, Mark(met=met)) == criterion.veto
    assert not fits(criterion, Mark())


@given(st.dictionaries(st.sampled_from([c.code for c in CRITERIA]), st.integers(0, 2)))
def test_the_total_is_the_sum_of_the_rows(chosen: dict[str, int]) -> None:
    rows = {c.code: c for c in CRITERIA}
    marks = {
        code: Mark(met=bool(n)) if rows[code].veto else Mark(points=Decimal(n))
        for code, n in chosen.items()
    }
    found = evaluate(CRITERIA, marks, PASS)
    assert found.total == sum(n for code, n in chosen.items() if not rows[code].veto)
    assert set(found.vetoed) == {c for c, n in chosen.items() if rows[c].veto and not n}


def test_the_checklist_differs_by_kind() -> None:
    papers = HENAN.filing_materials
    first = due(papers, "initial", own_spec=True, present={"letter"})
    assert [each.material.code for each in first] == [
        "letter", "form", "plan", "own_spec", "summary", "scope_list", "evidence", "opinion",
    ]  # fmt: skip
    assert [each.material.code for each in first if each.missing] == [
        "form", "plan", "own_spec", "summary", "scope_list", "evidence",
    ]  # fmt: skip
    later = due(papers, "incremental", own_spec=False, present=())
    assert [e.material.code for e in later] == ["form", "summary", "scope_list", "evidence"]


def test_names_are_exact_or_shown_near() -> None:
    names = ["数控车床工", "普通车床工", "电焊工"]
    assert exact(" 电焊工 ", names) == "电焊工"
    assert exact("电焊", names) is None
    assert near("数控车工", names)[0] == "数控车床工"
    assert near("xyz", names) == []
