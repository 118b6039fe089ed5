"""Claims against published terms: what is asked, what is met, and that nothing is lost."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment_center.batches.rules.recognition import (
    Course,
    Terms,
    fault_of,
    read_courses,
    read_terms,
)
from candidates.rules.claims import (
    Claim,
    ContestFact,
    OneXFact,
    claim_json,
    claim_lines,
    meets,
    read_claim,
)

ON = date(2026, 4, 10)
DAYS = st.dates(date(2015, 1, 1), date(2030, 1, 1))
MARKS = st.decimals(0, 100, places=2)
NAMES = st.text("电工基础实训甲乙丙丁", min_size=1, max_size=6)
CLAIMS = st.builds(
    Claim,
    basis=st.uuids().map(str),
    one_x=st.none()
    | st.builds(
        OneXFact,
        st.sampled_from(["junior", "intermediate", "senior"]),
        NAMES,
        DAYS,
        st.none() | DAYS,
    ),
    contest=st.none() | st.builds(ContestFact, st.integers(1, 99), NAMES, DAYS, NAMES),
    courses=st.dictionaries(NAMES, MARKS, max_size=4),
    daily=st.sampled_from(["", "良好"]),
)


@given(CLAIMS)
def test_a_claim_is_read_back_as_it_was_kept(claim: Claim) -> None:
    assert read_claim(claim_json(claim)) == claim


@given(st.lists(st.tuples(NAMES, MARKS), min_size=1, max_size=5, unique_by=lambda p: p[0]), MARKS)
def test_courses_meet_only_when_every_mark_reaches_the_line(pairs, line) -> None:
    terms = Terms(courses=tuple(Course(n, "theory") for n, _ in pairs), pass_score=line)
    claim = Claim("b", courses=dict(pairs), daily="良好")
    lines = claim_lines("process", claim, terms, title="t", on=ON)
    assert meets(lines) == all(mark >= line for _, mark in pairs)
    assert not meets(claim_lines("process", Claim("b"), terms, title="t", on=ON))


@given(
    st.lists(st.decimals("0.5", 10, places=1), min_size=1, max_size=5),
    st.integers(0, 4),
    st.booleans(),
)
def test_one_credit_short_is_not_enough(points, place, short) -> None:
    courses = tuple(Course(f"课{n}", credits=each) for n, each in enumerate(points))
    earned = {c.name: c.credits for c in courses}
    if short:
        name = courses[place % len(courses)].name
        earned[name] -= Decimal("0.1")
        earned["别的课"] = Decimal(50)
    claim, terms = Claim("b", courses=earned), Terms(courses=courses)
    assert meets(claim_lines("credit", claim, terms, title="t", on=ON)) is not short


@given(
    st.integers(0, 9), st.integers(1, 9), st.sampled_from(["school", "nation"]), st.integers(-3, 3)
)
def test_a_contest_counts_by_rank_organiser_and_day(rank, last, organiser, shift) -> None:
    fact = ContestFact(rank, organiser, ON + timedelta(days=shift))
    terms = Terms(max_rank=last, organisers=("school",))
    lines = claim_lines("contest", Claim("b", contest=fact), terms, title="t", on=ON)
    assert meets(lines) == (1 <= rank <= last and organiser == "school" and shift <= 0)


@given(st.integers(-3, 3), st.none() | st.integers(-3, 3))
def test_a_certificate_is_issued_before_and_still_valid(issued, until) -> None:
    end = None if until is None else ON + timedelta(days=until)
    fact = OneXFact("senior", "1", ON + timedelta(days=issued), end)
    lines = claim_lines("direct", Claim("b", one_x=fact), Terms(), title="t", on=ON)
    assert meets(lines) == (issued <= 0 and (until is None or until >= 0))


def test_terms_nobody_could_be_judged_by_are_named() -> None:
    both = read_courses("process", "基础 理论\n\n 实训 操作 ")
    assert both == (Course("基础", "theory"), Course("实训", "practical"))
    assert read_terms(Terms(both).as_json()) == Terms(both)
    assert fault_of("process", Terms(both)) == ""
    assert fault_of("process", Terms(both[:1]))
    assert fault_of("process", Terms((*both, both[0])))
    assert fault_of("credit", Terms())
    assert fault_of("contest", Terms(max_rank=3))
    assert fault_of("direct", Terms()) == ""
    assert read_courses("credit", "焊接 工艺 3.5")[0].credits == Decimal("3.5")
    for route, text in (("process", "基础"), ("credit", "基础 多"), ("direct", "基础 理论")):
        with pytest.raises(ValueError, match="基础"):
            read_courses(route, text)
