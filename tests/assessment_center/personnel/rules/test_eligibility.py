"""Who may apply, property by property: silent rulebooks ask nothing, limits are exact."""

import dataclasses
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment_center.personnel.enums import Early, Employment, Grade, TitleRank
from assessment_center.personnel.rules.eligibility import (
    Facts,
    exam_faults,
    exam_needed,
    faults,
    training_fault,
)
from assessment_center.rulebooks import CODES, Settings, load
from assessment_center.workdays.rules.months import add_years

SILENT = Settings()
DAY = date(2026, 5, 20)
DAYS = st.dates(date(1940, 1, 1), date(2026, 5, 20))
BOOKS = {code: load(code).settings for code in CODES}
FACTS = st.builds(
    Facts,
    grade=st.sampled_from([each.value for each in Grade]),
    on=st.just(DAY),
    born=st.none() | DAYS,
    levels=st.lists(st.integers(1, 5), max_size=3).map(tuple),
    occupations=st.integers(0, 6),
    employment=st.sampled_from(["", *Employment]),
    skill_level=st.none() | st.integers(1, 5),
    skill_since=st.none() | DAYS,
    title_rank=st.sampled_from(["", *TitleRank]),
    title_since=st.none() | DAYS,
    occupation_since=st.none() | DAYS,
    assessor_since=st.none() | DAYS,
    manager_since=st.none() | DAYS,
    in_authority=st.booleans(),
    early=st.sampled_from(["", *Early]),
    consent=st.booleans(),
    leads=st.booleans(),
    is_senior=st.booleans(),
)


def codes(settings: Settings, facts: Facts) -> list[str]:
    return [each.code for each in faults(settings, facts)]


@settings(deadline=None)
@given(FACTS)
def test_a_silent_rulebook_asks_for_nothing(facts: Facts) -> None:
    assert faults(SILENT, facts) == []
    assert exam_faults(SILENT, facts.grade, (None, 1.0)) == []
    assert training_fault(SILENT, facts.grade, 0) is None
    assert exam_needed(SILENT, facts.grade) == ()


@settings(deadline=None)
@given(FACTS, st.sampled_from(CODES))
def test_every_fault_names_its_articles(facts: Facts, code: str) -> None:
    assert [each.code for each in faults(BOOKS[code], facts) if not each.citations] == []


@settings(deadline=None)
@given(FACTS, st.sampled_from(CODES), st.integers(1, 40))
def test_more_years_never_hurt_but_for_the_age_limit(facts: Facts, code: str, years: int) -> None:
    """Whoever waits with the same certificates meets no new objection."""
    later = dataclasses.replace(facts, on=add_years(facts.on, years))
    new = set(codes(BOOKS[code], later)) - set(codes(BOOKS[code], facts))
    assert new <= {"too_old"}


@settings(deadline=None)
@given(FACTS, st.sampled_from(CODES))
def test_a_better_certificate_never_adds_an_entry_fault(facts: Facts, code: str) -> None:
    best = dataclasses.replace(facts, skill_level=1, title_rank=TitleRank.SENIOR)
    assert not {"entry", "entry_level", "entry_title"} & set(codes(BOOKS[code], best))


def applicant(grade: Grade, **facts: object) -> Facts:
    """Somebody who meets every rulebook's conditions, changed by `facts`."""
    known: dict[str, object] = {
        "grade": grade.value,
        "on": DAY,
        "born": date(1980, 1, 1),
        "levels": (3,),
        "occupations": 1,
        "employment": Employment.REGULAR,
        "skill_level": 1,
        "skill_since": date(2010, 1, 1),
        "title_rank": TitleRank.SENIOR,
        "title_since": date(2012, 1, 1),
        "occupation_since": date(2005, 1, 1),
        "assessor_since": date(2015, 1, 1),
    }
    return Facts(**{**known, **facts})  # type: ignore[arg-type]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("grade", list(Grade))
def test_who_meets_everything_is_not_objected_to(code: str, grade: Grade) -> None:
    assert faults(BOOKS[code], applicant(grade)) == []


def test_the_thirtieth_birthday_counts_and_the_day_before_does_not() -> None:
    jilin = BOOKS["jilin"]
    born = add_years(DAY, -30)
    assert codes(jilin, applicant(Grade.ASSESSOR, born=born)) == []
    young = faults(jilin, applicant(Grade.ASSESSOR, born=born + timedelta(days=1)))
    assert [(each.code, each.need, each.have) for each in young] == [("age", 30, 29)]
    assert codes(jilin, applicant(Grade.ASSESSOR, born=None)) == ["birth"]


def test_level_or_title_is_enough_and_years_count_from_the_earlier() -> None:
    jilin = BOOKS["jilin"]
    by_title = {"skill_level": 4, "title_rank": TitleRank.INTERMEDIATE}
    assert codes(jilin, applicant(Grade.ASSESSOR, **by_title)) == []
    neither = {"skill_level": 4, "title_rank": TitleRank.JUNIOR}
    assert "entry" in codes(jilin, applicant(Grade.ASSESSOR, **neither))
    fresh = {"skill_since": date(2024, 1, 1), "title_since": date(2025, 1, 1)}
    assert codes(jilin, applicant(Grade.ASSESSOR, **fresh)) == ["after_years"]
    assert codes(jilin, applicant(Grade.ASSESSOR, **fresh, early=Early.CONTEST)) == []
    new = {**fresh, "early": Early.NEW_OCCUPATION}
    assert codes(jilin, applicant(Grade.ASSESSOR, **new)) == ["consent"]
    assert codes(jilin, applicant(Grade.ASSESSOR, **new, consent=True)) == []
    henan = BOOKS["henan"]
    assert codes(henan, applicant(Grade.ASSESSOR, **fresh)) == []


def test_grades_judge_only_their_levels_and_three_occupations() -> None:
    jilin = BOOKS["jilin"]
    assert codes(jilin, applicant(Grade.ASSESSOR, levels=(3, 2))) == ["levels"]
    assert codes(jilin, applicant(Grade.SENIOR_ASSESSOR, levels=(2, 1))) == []
    assert codes(jilin, applicant(Grade.ASSESSOR, occupations=4)) == ["occupations"]


def test_supervisors_and_authority_staff() -> None:
    henan, jilin = BOOKS["henan"], BOOKS["jilin"]
    inner = Grade.SUPERVISOR_INTERNAL
    assert codes(henan, applicant(inner, assessor_since=date(2024, 1, 1))) == ["supervisor_years"]
    manager = {"assessor_since": None, "manager_since": date(2020, 1, 1)}
    assert codes(henan, applicant(inner, **manager)) == []
    assert codes(jilin, applicant(inner, employment=Employment.HIRED)) == ["regular"]
    outer = applicant(Grade.SUPERVISOR_EXTERNAL, employment=Employment.OUTSIDE)
    assert codes(jilin, outer) == []
    assert codes(jilin, applicant(Grade.ASSESSOR, in_authority=True)) == ["authority"]


def test_experts_years_age_and_leaders() -> None:
    henan, jilin = BOOKS["henan"], BOOKS["jilin"]
    old = faults(henan, applicant(Grade.EXPERT, born=date(1959, 1, 1)))
    assert [(each.code, each.waivable) for each in old] == [("too_old", True)]
    leader = {"leads": True, "assessor_since": date(2025, 1, 1)}
    assert codes(henan, applicant(Grade.EXPERT, **leader)) == ["leader_years"]
    assert codes(henan, applicant(Grade.EXPERT, **leader, new_occupation=True)) == []
    assert codes(henan, applicant(Grade.EXPERT, **leader, is_senior=True)) == []
    new = {"occupation_since": date(2022, 1, 1)}
    assert codes(jilin, applicant(Grade.EXPERT, **new)) == ["occupation_years"]
    assert codes(henan, applicant(Grade.EXPERT, **new)) == []


@settings(deadline=None)
@given(st.none() | st.floats(0, 100), st.none() | st.floats(0, 100))
def test_both_parts_and_sixty_each(general: float | None, professional: float | None) -> None:
    found = exam_faults(BOOKS["jilin"], Grade.ASSESSOR, (general, professional))
    good = all(each is not None and each >= 60 for each in (general, professional))
    assert (found == []) is good


def test_forty_eight_hours() -> None:
    for code in ("henan", "jilin"):
        assert training_fault(BOOKS[code], Grade.ASSESSOR, 48) is None
        fault = training_fault(BOOKS[code], Grade.SENIOR_ASSESSOR, 47)
        assert fault is not None
        assert (fault.need, fault.have) == (48, 47)
        assert training_fault(BOOKS[code], Grade.PROCTOR, 0) is None
