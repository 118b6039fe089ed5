"""Over the conditions of every rulebook: more never harms, and what is missing is the least."""

from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment_center.rulebooks import CODES, load
from candidates.enums import EvidenceKind, Finding
from candidates.rules.eligibility import PROVES, Prepared, Truth, cost, prepare
from candidates.rules.facts import (
    CertificateFact,
    DiplomaFact,
    Facts,
    TitleFact,
    WorkSpell,
    with_evidence,
)
from candidates.rules.predicates import JUDGES
from candidates.rules.requirements import SCHOOL_WORDS, TEMPLATES

ON = date(2026, 4, 10)
BOOKS: dict[str, Prepared] = {code: prepare(load(code).conditions) for code in sorted(CODES)}
WAYS = [
    (code, level, route)
    for code, book in BOOKS.items()
    for level, route in sorted(
        {
            (w.condition.level, route)
            for w in book.ways
            for route in (w.condition.routes or ("exam",))
        },
        key=str,
    )
]
RANK = {Finding.INELIGIBLE: 0, Finding.UNPROVEN: 1, Finding.ELIGIBLE: 2}
DAYS = st.dates(date(1995, 1, 1), date(2028, 1, 1))
RELATED = st.sampled_from([True, None, False])
SPELLS = st.builds(
    lambda a, b, goes_on, proven: WorkSpell(min(a, b), None if goes_on else max(a, b), "", proven),
    DAYS,
    DAYS,
    st.booleans(),
    st.booleans(),
)
CERTIFICATES = st.builds(CertificateFact, st.integers(1, 5), DAYS, st.just(""), st.booleans())
TITLES = st.builds(
    TitleFact,
    st.sampled_from(["junior", "intermediate", "senior"]),
    DAYS,
    st.booleans(),
)
DIPLOMAS = st.builds(
    DiplomaFact,
    st.sampled_from(sorted(SCHOOL_WORDS)),
    st.none() | DAYS,
    st.booleans(),
    RELATED,
    st.booleans(),
    st.booleans(),
)
YES = st.sampled_from([True, None])
FACTS = st.builds(
    Facts,
    on=st.just(ON),
    birth=st.none() | DAYS,
    intends_to_work=YES,
    works_in_occupation=YES,
    work=st.lists(SPELLS, max_size=3).map(tuple),
    certificates=st.lists(CERTIFICATES, max_size=2).map(tuple),
    titles=st.lists(TITLES, max_size=2).map(tuple),
    diplomas=st.lists(DIPLOMAS, max_size=2).map(tuple),
    excellent=YES,
    excellence_proven=st.booleans(),
    one_x=st.lists(
        st.tuples(st.sampled_from(["junior", "intermediate", "senior"]), st.booleans()), max_size=1
    ).map(tuple),
    courses_passed=YES,
    credits_earned=YES,
    contest_met=YES,
    claim_proven=st.booleans(),
    claim_evidence=st.sampled_from(
        [EvidenceKind.ONE_X, EvidenceKind.TRANSCRIPT, EvidenceKind.CONTEST]
    ),
    own_staff=st.booleans(),
)
BY_ROUTE = {
    "direct": EvidenceKind.ONE_X,
    "process": EvidenceKind.TRANSCRIPT,
    "credit": EvidenceKind.TRANSCRIPT,
    "contest": EvidenceKind.CONTEST,
}
KINDS = st.sets(st.sampled_from(list(EvidenceKind)))


def truths(code: str, facts: Facts) -> list[Truth]:
    return [each.truth for each in BOOKS[code].judge_all(facts).conditions]


@given(st.sampled_from(sorted(BOOKS)), FACTS, SPELLS, CERTIFICATES, TITLES, DIPLOMAS, KINDS)
@settings(max_examples=80, deadline=None)
def test_more_facts_and_evidence_never_harm_any_condition(
    code: str,
    facts: Facts,
    spell: WorkSpell,
    certificate: CertificateFact,
    title: TitleFact,
    diploma: DiplomaFact,
    kinds: set[EvidenceKind],
) -> None:
    more = replace(
        facts,
        work=(*facts.work, spell),
        certificates=(certificate, *facts.certificates),
        titles=(*facts.titles, title),
        diplomas=(diploma, *facts.diplomas),
        own_staff=True,
        intends_to_work=True,
    )
    before = truths(code, facts)
    for better in (more, with_evidence(facts, kinds), with_evidence(more, kinds)):
        assert all(new >= old for new, old in zip(truths(code, better), before, strict=True))


@given(st.sampled_from(sorted(BOOKS)), FACTS)
@settings(max_examples=50, deadline=None)
def test_the_answer_is_the_same_however_often_and_in_whatever_order(
    code: str, facts: Facts
) -> None:
    turned = replace(
        facts,
        work=facts.work[::-1],
        certificates=facts.certificates[::-1],
        titles=facts.titles[::-1],
        diplomas=facts.diplomas[::-1],
    )
    assert BOOKS[code].judge_all(facts) == prepare(load(code).conditions).judge_all(facts)
    assert truths(code, turned) == truths(code, facts)


@given(st.sampled_from(WAYS), FACTS)
@settings(max_examples=40, deadline=None)
def test_what_is_missing_is_the_cheapest_that_suffices(
    way: tuple[str, int | None, str], facts: Facts
) -> None:
    """Every set of kinds of evidence is tried, by the verdict alone."""
    code, level, route = way
    facts = replace(facts, claim_evidence=BY_ROUTE.get(route))
    book = BOOKS[code]
    found = book.judge(level=level, route=route, facts=facts).finding
    subsets = [each for n in range(len(EvidenceKind) + 1) for each in combinations(EvidenceKind, n)]
    enough = [
        cost(each)
        for each in subsets
        if book.judge(level=level, route=route, facts=with_evidence(facts, each)).finding
        == Finding.ELIGIBLE
    ]
    lack = book.lacks(level=level, route=route, facts=facts)[0]
    reachable = not lack.unmet and not lack.unsettled
    assert reachable == bool(enough)
    if enough:
        assert cost(lack.evidence) == min(enough)
        proven = with_evidence(facts, lack.evidence)
        assert book.judge(level=level, route=route, facts=proven).finding == Finding.ELIGIBLE
        for one in lack.evidence:
            rest = [each for each in lack.evidence if each != one]
            short = with_evidence(facts, rest)
            assert book.judge(level=level, route=route, facts=short).finding != Finding.ELIGIBLE
    assert (found == Finding.ELIGIBLE) == (reachable and not lack.evidence)


@given(st.sampled_from(sorted(BOOKS)), FACTS)
@settings(max_examples=50, deadline=None)
def test_every_answer_has_its_fact_its_proof_and_its_article(code: str, facts: Facts) -> None:
    for condition in BOOKS[code].judge_all(facts).conditions:
        assert condition.citations
        assert condition.truth == min((p.truth for p in condition.predicates), default=Truth.TRUE)
        for each in condition.predicates:
            assert each.fact
            assert each.requirement
            if each.truth == Truth.TRUE:
                assert each.evidence or each.register, each
            if each.truth == Truth.UNPROVEN:
                assert each.evidence, each


def test_every_requirement_has_its_judge_its_words_and_its_evidence() -> None:
    from assessment_center.rulebooks.rules.eligibility import REQUIRED

    assert set(REQUIRED) == set(JUDGES) == set(TEMPLATES) == set(PROVES)
    named = {k for book in BOOKS.values() for _judge, p in book.asked for k in p.kinds}
    assert named <= set(SCHOOL_WORDS)


def spelled(*days: tuple[str, str | None]) -> tuple[WorkSpell, ...]:
    return tuple(
        WorkSpell(date.fromisoformat(a), date.fromisoformat(b) if b else None, "", proven=True)
        for a, b in days
    )


@pytest.mark.parametrize(
    ("work", "expected"),
    [
        (spelled(("2021-01-01", "2025-12-31")), Truth.TRUE),
        (spelled(("2021-01-01", "2025-12-30")), Truth.FALSE),
        (spelled(("2021-04-10", None)), Truth.TRUE),
        (spelled(("2021-04-11", None)), Truth.FALSE),
        (spelled(("2018-01-01", "2020-06-30"), ("2020-07-01", "2022-12-31")), Truth.TRUE),
        (spelled(("2018-01-01", "2020-12-31"), ("2018-01-01", "2020-12-31")), Truth.FALSE),
        (spelled(("2030-01-01", None)), Truth.FALSE),
    ],
)
def test_five_years_of_work_to_the_day(work: tuple[WorkSpell, ...], expected: Truth) -> None:
    verdict = BOOKS["jilin"].judge(level=4, route="exam", facts=Facts(ON, work=work))
    found = next(each for each in verdict.conditions if each.condition_id == "ELIG-L4-1")
    assert found.truth == expected


def condition(code: str, key: str, facts: Facts) -> Truth:
    found = BOOKS[code].judge_all(facts).conditions
    return next(each.truth for each in found if each.condition_id == key)


def test_school_and_standing_are_those_of_one_schooling() -> None:
    """Graduated from one school and in the first year of another is not a graduate of the other."""
    old = DiplomaFact("secondary_vocational", date(2024, 7, 1), proven=True, registered=True)
    first_year = DiplomaFact("higher_vocational", proven=True, registered=True)
    last_year = replace(first_year, final_year=True)
    assert condition("henan", "ELIG-HN-3", Facts(ON, diplomas=(old, first_year))) == Truth.FALSE
    assert condition("henan", "ELIG-HN-3", Facts(ON, diplomas=(old, last_year))) == Truth.TRUE
    assert condition("henan", "ELIG-HN-1", Facts(ON, diplomas=(old, first_year))) == Truth.TRUE


def test_what_is_for_the_colleges_own_students_rests_on_its_register_alone() -> None:
    """A teacher's diploma of long ago, or that of another school, is no student's way in."""
    elsewhere = DiplomaFact("bachelor", date(2005, 7, 1), proven=True)
    school = DiplomaFact("secondary_vocational", date(2023, 7, 1), proven=True)
    here = DiplomaFact("higher_vocational", proven=True, registered=True)
    told = Facts(ON, diplomas=(elsewhere, school, here), excellent=True, excellence_proven=True)
    for key in ("ELIG-HN-1", "ELIG-HN-2", "ELIG-HN-3"):
        assert condition("henan", key, told) == Truth.FALSE
    teacher = Facts(ON, own_staff=True, one_x=(("senior", True),), credits_earned=True)
    for key in ("ELIG-HN-4-3", "ELIG-HN-6-4"):
        assert condition("henan", key, teacher) == Truth.FALSE
        assert condition("henan", key, replace(teacher, diplomas=(here,))) == Truth.TRUE


def test_a_graduate_of_a_technician_class_is_no_student_of_it_any_more() -> None:
    """Level 2 without work is for those still in the class; its graduates work two years first."""
    held = CertificateFact(3, date(2020, 1, 1), "1", proven=True)
    studying = DiplomaFact("technician", proven=True)
    left = DiplomaFact("technician", date(2024, 7, 1), proven=True)
    for code in BOOKS:
        if code == "fujian":
            continue
        facts = Facts(ON, certificates=(held,), diplomas=(studying,))
        assert condition(code, "ELIG-L2-5", facts) == Truth.TRUE
        assert condition(code, "ELIG-L2-5", replace(facts, diplomas=(left,))) == Truth.FALSE


def test_a_title_opens_the_examination_and_nothing_else() -> None:
    """A teacher's title lets him apply; the certificate without one is for contests alone."""
    title = TitleFact("senior", date(2015, 9, 1), proven=True)
    facts = Facts(ON, own_staff=True, titles=(title,))
    for route in ("direct", "process", "credit", "contest"):
        for level in (2, 1):
            verdict = BOOKS["henan"].judge(level=level, route=route, facts=facts)
            assert verdict.finding != Finding.ELIGIBLE, (route, level)
    assert BOOKS["henan"].judge(level=1, route="exam", facts=facts).finding == Finding.ELIGIBLE


def test_a_technician_colleges_students_are_no_graduates_and_its_classes_are_its_own() -> None:
    held = CertificateFact(3, date(2020, 1, 1), "1", proven=True)
    work = spelled(("2020-01-01", None))
    student = DiplomaFact("preparatory_technician", proven=True)
    graduate = replace(student, graduated_on=date(2024, 7, 1))
    facts = Facts(ON, certificates=(held,), work=work, diplomas=(student,))
    assert condition("jilin", "ELIG-L2-5", facts) == Truth.TRUE
    assert condition("jilin", "ELIG-L2-4", facts) == Truth.FALSE
    assert condition("jilin", "ELIG-L2-4", replace(facts, diplomas=(graduate,))) == Truth.TRUE


def test_an_evaluated_programme_is_a_college_programme_too() -> None:
    held = DiplomaFact("evaluated_programme", date(2024, 7, 1), related=True, proven=True)
    facts = Facts(ON, diplomas=(held,))
    assert condition("jilin", "ELIG-L3-6", facts) == Truth.TRUE
    assert condition("jilin", "ELIG-L4-3", facts) == Truth.TRUE
    plain = replace(held, kind="higher_vocational")
    assert condition("jilin", "ELIG-L3-6", Facts(ON, diplomas=(plain,))) == Truth.FALSE
