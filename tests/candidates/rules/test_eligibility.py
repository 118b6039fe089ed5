"""Conditions × facts: each predicate, and that proof and more facts never make it worse."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment_center.registry import Citation
from assessment_center.rulebooks import CODES, load
from assessment_center.rulebooks.rules.condition_set import conditions_from
from assessment_center.rulebooks.rules.eligibility import EligibilityCondition, Predicate
from candidates.enums import Finding
from candidates.rules.declaration import Declaration
from candidates.rules.eligibility import JUDGES, Truth, judge
from candidates.rules.facts import (
    CertificateFact,
    DiplomaFact,
    Facts,
    TitleFact,
    WorkSpell,
    anniversary,
    worked_days,
)

ON = date(2026, 4, 10)
CQ = load("chongqing")


def truth(predicate: Predicate, facts: Facts) -> Truth:
    return JUDGES[predicate.predicate](predicate, facts).truth


def work(years: int, *, proven: bool = True, ended: date | None = None) -> WorkSpell:
    return WorkSpell(date(ON.year - years, ON.month, ON.day), ended, "厂", proven)


AGE = Predicate("age_min", years=16)
WORK5 = Predicate("work_years", years=5)
CERT4 = Predicate("has_certificate", level=4)
AFTER4 = Predicate("work_years_after_certificate", level=4, years=4)
SINCE4 = Predicate("years_since_certificate", level=4, years=2)
TITLE = Predicate("title", grade="junior")
AFTER_TITLE = Predicate("work_years_after_title", grade="junior", years=1)
SINCE_TITLE = Predicate("years_since_title", grade="junior", years=3)
DIPLOMA = Predicate("diploma", kinds=("college",), final_year_counts=True)
STRICT = Predicate("diploma", kinds=("college",))
SCHOOL = Predicate("school_kind", kinds=("college",))
FINAL = Predicate("final_year_or_graduate")
STUDYING, OURS = Predicate("enrolled"), Predicate("own_student")
ONE_X = Predicate("one_x_certificate", grades=("senior",))
OLD = CertificateFact(4, date(2020, 4, 10), "1", proven=True)


@pytest.mark.parametrize(
    ("predicate", "facts", "expected"),
    [
        (AGE, {}, Truth.UNPROVEN),
        (AGE, {"birth": date(2010, 4, 10)}, Truth.TRUE),
        (AGE, {"birth": date(2010, 4, 11)}, Truth.FALSE),
        (Predicate("intends_to_work"), {"intends_to_work": True}, Truth.TRUE),
        (Predicate("intends_to_work"), {}, Truth.FALSE),
        (Predicate("excellent"), {"excellent": False}, Truth.FALSE),
        (Predicate("own_staff"), {"own_staff": True}, Truth.TRUE),
        (Predicate("own_staff"), {}, Truth.FALSE),
        (Predicate("excellent"), {"excellent": True}, Truth.UNPROVEN),
        (Predicate("excellent"), {"excellent": True, "excellence_proven": True}, Truth.TRUE),
        (Predicate("excellent"), {"excellence_proven": True}, Truth.FALSE),
        (Predicate("related_courses_passed"), {"courses_passed": True}, Truth.TRUE),
        (Predicate("works_in_occupation"), {"work": (work(1),)}, Truth.TRUE),
        (Predicate("works_in_occupation"), {"works_in_occupation": True}, Truth.UNPROVEN),
        (Predicate("works_in_occupation"), {"work": (work(3, ended=date(2025, 1, 1)),)}, Truth.FALSE),
        (WORK5, {"work": (work(5),)}, Truth.TRUE),
        (WORK5, {"work": (work(5, proven=False),)}, Truth.UNPROVEN),
        (WORK5, {"work": (work(4),)}, Truth.FALSE),
        (WORK5, {"work": (work(3), work(3))}, Truth.FALSE),
        (CERT4, {"certificates": (OLD,)}, Truth.TRUE),
        (CERT4, {"certificates": (replace(OLD, proven=False),)}, Truth.UNPROVEN),
        (CERT4, {"certificates": (replace(OLD, level=3),)}, Truth.TRUE),
        (CERT4, {"certificates": (replace(OLD, level=5),)}, Truth.FALSE),
        (CERT4, {"certificates": (replace(OLD, issued_on=date(2026, 5, 1)),)}, Truth.FALSE),
        (AFTER4, {"certificates": (OLD,), "work": (work(8),)}, Truth.TRUE),
        (AFTER4, {"certificates": (replace(OLD, proven=False),), "work": (work(8),)}, Truth.UNPROVEN),
        (AFTER4, {"certificates": (OLD,), "work": (work(2),)}, Truth.FALSE),
        (AFTER4, {"work": (work(9),)}, Truth.FALSE),
        (SINCE4, {"certificates": (OLD,)}, Truth.TRUE),
        (SINCE4, {"certificates": (replace(OLD, issued_on=date(2025, 1, 1)),)}, Truth.FALSE),
        (SINCE4, {}, Truth.FALSE),
        (TITLE, {"titles": (TitleFact("senior", date(2020, 1, 1), proven=True),)}, Truth.TRUE),
        (TITLE, {}, Truth.FALSE),
        (AFTER_TITLE, {"titles": (TitleFact("junior", date(2020, 1, 1), proven=True),), "work": (work(3),)}, Truth.TRUE),
        (SINCE_TITLE, {"titles": (TitleFact("junior", date(2020, 1, 1)),)}, Truth.UNPROVEN),
        (DIPLOMA, {"diplomas": (DiplomaFact("college", None, final_year=True, related=True, proven=True),)}, Truth.TRUE),
        (STRICT, {"diplomas": (DiplomaFact("college", None, final_year=True, related=True, proven=True),)}, Truth.FALSE),
        (DIPLOMA, {"diplomas": (DiplomaFact("college", date(2025, 7, 1), related=None, proven=True),)}, Truth.UNPROVEN),
        (DIPLOMA, {"diplomas": (DiplomaFact("college", date(2025, 7, 1), related=False, proven=True),)}, Truth.FALSE),
        (DIPLOMA, {"diplomas": (DiplomaFact("college", date(2025, 7, 1), related=True),)}, Truth.UNPROVEN),
        (DIPLOMA, {"diplomas": (DiplomaFact("primary", date(2025, 7, 1), related=True),)}, Truth.FALSE),
        (SCHOOL, {"diplomas": (DiplomaFact("college", proven=True),)}, Truth.TRUE),
        (SCHOOL, {}, Truth.FALSE),
        (FINAL, {"diplomas": (DiplomaFact("college", final_year=True),)}, Truth.UNPROVEN),
        (FINAL, {"diplomas": (DiplomaFact("college"),)}, Truth.FALSE),
        (STUDYING, {"diplomas": (DiplomaFact("technician", proven=True),)}, Truth.TRUE),
        (STUDYING, {"diplomas": (DiplomaFact("technician", date(2027, 7, 1)),)}, Truth.UNPROVEN),
        (STUDYING, {"diplomas": (DiplomaFact("technician", ON, proven=True),)}, Truth.FALSE),
        (OURS, {"diplomas": (DiplomaFact("college", proven=True, registered=True),)}, Truth.TRUE),
        (OURS, {"diplomas": (DiplomaFact("college", proven=True),)}, Truth.FALSE),
        (ONE_X, {"one_x": (("senior", True),)}, Truth.TRUE),
        (ONE_X, {"one_x": (("junior", True),)}, Truth.FALSE),
    ],
)  # fmt: skip
def test_each_predicate(predicate: Predicate, facts: dict[str, Any], expected: Truth) -> None:
    found = JUDGES[predicate.predicate](predicate, Facts(ON, **facts))
    assert found.truth == expected
    assert found.fact


def test_every_predicate_of_the_rulebooks_has_a_judge() -> None:
    used = {p.predicate for code in CODES for c in load(code).conditions for p in c.all}
    assert used <= set(JUDGES)


def test_the_verdict_names_condition_facts_and_articles() -> None:
    facts = Facts(ON, birth=date(2005, 1, 1), work=(work(6),))
    verdict = judge(conditions=CQ.conditions, level=4, route="exam", facts=facts)
    assert verdict.finding == Finding.ELIGIBLE
    assert verdict.best is not None
    assert (verdict.best.condition_id, verdict.best.citations != ()) == ("ELIG-L4-1", True)


def test_without_conditions_everybody_is_eligible_but_not_where_none_fits() -> None:
    facts = Facts(ON)
    assert judge(conditions=(), level=4, route="exam", facts=facts).finding == Finding.ELIGIBLE
    none = judge(conditions=CQ.conditions, level=4, route="contest", facts=facts)
    assert (none.finding, none.best) == (Finding.UNPROVEN, None)


def test_a_condition_without_predicates_holds() -> None:
    free = EligibilityCondition("X", "不设条件", (), (Citation("CQ", "x"),), level=5)
    verdict = judge(conditions=(free,), level=5, route="exam", facts=Facts(ON))
    assert verdict.finding == Finding.ELIGIBLE


def test_a_standards_own_conditions_are_read() -> None:
    kept = [
        {
            "id": "S-1",
            "label": "本专业毕业",
            "level": 4,
            "all": [{"predicate": "diploma", "kinds": ["college"], "final_year_counts": True}],
            "cite": ["标准 1.5"],
        }
    ]
    (found,) = conditions_from(kept, source="电工（2018）")
    assert found.all == (DIPLOMA,)
    assert [str(each) for each in found.cite] == ["电工（2018） 标准 1.5"]
    with pytest.raises(ValueError, match="参数"):
        conditions_from([{**kept[0], "all": [{"predicate": "diploma"}]}], source="")


def test_a_leap_day_has_an_anniversary() -> None:
    assert anniversary(date(2008, 2, 29), 17) == date(2025, 3, 1)


DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1))
SPELLS = st.builds(
    lambda a, b, proven: WorkSpell(min(a, b), max(a, b), "", proven), DAYS, DAYS, st.booleans()
)
CERTIFICATES = st.builds(CertificateFact, st.integers(1, 5), DAYS, st.just(""), st.booleans())
TITLES = st.builds(
    TitleFact, st.sampled_from(["junior", "intermediate", "senior"]), DAYS, st.booleans()
)
DIPLOMAS = st.builds(
    DiplomaFact,
    st.sampled_from(["college", "higher_vocational", "technical_school", "senior_worker_class"]),
    st.none() | DAYS,
    st.booleans(),
    st.sampled_from([True, False, None]),
    st.booleans(),
)
FACTS = st.builds(
    Facts,
    on=st.just(ON),
    birth=st.none() | DAYS,
    intends_to_work=st.sampled_from([True, None]),
    work=st.lists(SPELLS, max_size=3).map(tuple),
    certificates=st.lists(CERTIFICATES, max_size=3).map(tuple),
    titles=st.lists(TITLES, max_size=2).map(tuple),
    diplomas=st.lists(DIPLOMAS, max_size=2).map(tuple),
)
ORDER = [Finding.INELIGIBLE, Finding.UNPROVEN, Finding.ELIGIBLE]


def rank(facts: Facts, level: int) -> int:
    verdict = judge(conditions=CQ.conditions, level=level, route="exam", facts=facts)
    return ORDER.index(verdict.finding)


@given(FACTS, st.integers(1, 5), SPELLS, CERTIFICATES, TITLES, DIPLOMAS)
@settings(max_examples=150, deadline=None)
def test_more_facts_never_make_it_worse(
    facts: Facts,
    level: int,
    spell: WorkSpell,
    certificate: CertificateFact,
    title: TitleFact,
    diploma: DiplomaFact,
) -> None:
    more = replace(
        facts,
        work=(*facts.work, spell),
        certificates=(*facts.certificates, certificate),
        titles=(*facts.titles, title),
        diplomas=(*facts.diplomas, diploma),
    )
    assert rank(more, level) >= rank(facts, level)


@given(FACTS, st.integers(1, 5))
@settings(max_examples=150, deadline=None)
def test_proof_never_makes_it_worse_and_the_answer_is_always_the_same(
    facts: Facts, level: int
) -> None:
    proven = replace(
        facts,
        work=tuple(replace(each, proven=True) for each in facts.work),
        certificates=tuple(replace(each, proven=True) for each in facts.certificates),
        titles=tuple(replace(each, proven=True) for each in facts.titles),
        diplomas=tuple(replace(each, proven=True) for each in facts.diplomas),
    )
    assert rank(proven, level) >= rank(facts, level)
    assert rank(facts, level) == rank(facts, level)


@given(st.lists(SPELLS, max_size=4).map(tuple))
@settings(deadline=None)
def test_days_of_work_are_counted_once(spells: tuple[WorkSpell, ...]) -> None:
    days = {
        day
        for spell in spells
        for day in range(spell.starts.toordinal(), spell.ends.toordinal() + 1)
        if day < ON.toordinal()
    }
    assert worked_days(spells, on=ON) == len(days)
    assert worked_days((*spells, *spells), on=ON) == len(days)


def spell(starts: date, ends: date | None = None, employer: str = "厂") -> WorkSpell:
    return WorkSpell(starts, ends, employer)


LATER, BEFORE = date(2026, 4, 11), date(2000, 1, 1)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"work": (spell(date(2020, 1, 2), date(2020, 1, 1)),)}, "早于起始日期"),
        ({"work": (spell(LATER),)}, "起始日期晚于今天"),
        ({"work": (spell(date(2020, 1, 1), LATER),)}, "仍在从事的请留空"),
        ({"work": (spell(BEFORE),)}, "早于出生日期"),
        ({"work": (spell(date(2020, 1, 1)), spell(date(2021, 1, 1)))}, "重叠"),
        ({"work": (spell(date(2021, 1, 1), ON), spell(date(2020, 1, 1), date(2021, 1, 1)))}, "重叠"),
        ({"work": (spell(date(2020, 1, 1)), spell(date(2021, 1, 1), None, "另一厂"))}, ""),
        ({"work": (spell(date(2020, 1, 1), date(2020, 12, 31)), spell(date(2021, 1, 1)))}, ""),
        ({"certificates": (CertificateFact(4, LATER),)}, "发证日期晚于今天"),
        ({"titles": (TitleFact("junior", LATER),)}, "职称的日期晚于今天"),
        ({"graduated_on": LATER}, "毕业日期晚于今天"),
        ({"graduated_on": BEFORE}, "毕业日期早于出生日期"),
        ({"graduated_on": ON}, ""),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told(told: dict[str, Any], words: str) -> None:
    fault = Declaration(**told).fault(on=ON, birth=date(2001, 5, 5))
    assert words in fault
    assert bool(words) == bool(fault)


def test_a_declaration_is_read_back_as_it_was_kept() -> None:
    said = Declaration(
        intends_to_work=True,
        work=(work(3, proven=False),),
        certificates=(replace(OLD, proven=False),),
        titles=(TitleFact("junior", ON),),
        diploma_kind="college",
        graduated_on=ON,
        major="电气",
    )
    assert Declaration.from_json(said.as_json()) == said
    assert Declaration.from_json({}) == Declaration()
