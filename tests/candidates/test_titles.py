"""A professional title is chosen from the national series; its grade is what conditions ask for."""

from dataclasses import replace
from datetime import date

import pytest

from assessment_center.catalog.professional_titles import professional_titles
from assessment_center.rulebooks import Predicate, load
from candidates import selectors
from candidates.content import content_of, differences
from candidates.enums import EvidenceKind, Finding, ReviewKind
from candidates.facts_form import FactsForm, facts_initial
from candidates.models import Application, ReviewStep
from candidates.rules.declaration import Declaration
from candidates.rules.eligibility import JUDGES, Truth
from candidates.rules.facts import Facts, TitleFact
from candidates.rules.requirements import TITLE_WORDS, requirement
from tests.candidates.services.test_own_staff import applied
from tests.factories import foundation as f

ON = date(2026, 5, 1)
ENGINEER = "工程技术人员/工程师"


def test_every_title_has_a_grade_and_shared_names_stay_apart() -> None:
    known = professional_titles()
    assert {title.grade for title in known.values()} == set(TITLE_WORDS)
    assert known["高等学校教师/讲师"].key != known["技工院校教师/讲师"].key
    grades = [known[f"工程技术人员/{name}"].grade for name in ("技术员", "工程师", "高级工程师")]
    assert grades == ["junior", "intermediate", "senior"]
    assert known["卫生技术人员/技师"].grade == "junior"  # not the skill level of that name


@pytest.mark.django_db
def test_the_chosen_title_decides_and_is_read_by_the_reviewer() -> None:
    row = applied(f.make_member().person, 2)
    before = ReviewStep(kind=ReviewKind.RETURN, content=content_of(row))
    given = {**facts_initial(row), "title_granted": "2015-09-01", "source": "school"}
    made_up = FactsForm({**given, "title": "首席工程师"}, application=row)
    assert "title" in made_up.errors
    form = FactsForm({**given, "title": ENGINEER}, application=row)
    form.is_valid()
    assert "title" not in form.errors
    (title,) = form.declaration().titles
    assert (title.grade, title.granted_on) == ("intermediate", date(2015, 9, 1))
    assert title.words == "工程师（中级，工程技术人员）"
    Application.objects.filter(pk=row.pk).update(declaration=form.declaration().as_json())
    again = selectors.applications().get(pk=row.pk)
    assert facts_initial(again)["title"] == ENGINEER
    (change,) = [each for each in differences(before, again) if each.label == "职称"]
    assert change.after == f"中级 {ENGINEER} 2015-09-01"
    proven = selectors.verdict_of(again, kinds={EvidenceKind.TITLE})
    assert proven.finding == Finding.ELIGIBLE


@pytest.mark.django_db
@pytest.mark.parametrize(("grade", "counts"), [("intermediate", False), ("senior", True)])
def test_what_is_a_qualification_is_told_by_the_list_of_titles(grade: str, counts: bool) -> None:
    listed = [each for each in professional_titles().values() if each.qualification]
    assert {each.grade for each in listed} == set(TITLE_WORDS)
    key = next(each.key for each in listed if each.grade == grade)
    row = applied(f.make_member().person, 1)
    told = Declaration(titles=(TitleFact(grade, date(2010, 1, 1), title=key),))
    row.declaration = told.as_json()
    (fact,) = selectors.facts_of(row, kinds={EvidenceKind.TITLE}).titles
    assert fact.qualification
    asked = Predicate("title", grade=grade, titles_only=not counts)  # type: ignore[arg-type]
    facts = Facts(on=ON, titles=(fact,))
    assert (JUDGES["title"](asked, facts).truth == Truth.TRUE) is counts


@pytest.mark.parametrize("rulebook", ["chongqing", "henan", "shandong", "jilin"])
def test_a_qualification_counts_as_a_title_but_for_level_one_by_intermediate_title(
    rulebook: str,
) -> None:
    """JL 附件1附: (专业技术人员职业资格) stands in L3-3, L2-2, L2-3 and L1-3, and not in L1-2."""
    conditions = {each.id: each for each in load(rulebook).conditions}
    found = {}
    for code in ("ELIG-L3-3", "ELIG-L2-2", "ELIG-L2-3", "ELIG-L1-2", "ELIG-L1-3"):
        asked = next(each for each in conditions[code].all if each.predicate == "title")
        title = TitleFact(asked.grade or "", date(2010, 1, 1), proven=True)
        facts = (title, replace(title, qualification=True))
        found[code] = [
            JUDGES["title"](asked, Facts(on=ON, birth=None, titles=(fact,))).truth == Truth.TRUE
            for fact in facts
        ]
    whole = {code: [True, True] for code in found}
    assert found == {**whole, "ELIG-L1-2": [True, False]}
    only = [each for each in conditions["ELIG-L1-2"].all if each.titles_only]
    assert {each.predicate for each in only} == {"title", "work_years_after_title"}
    assert requirement(only[0]) == "有中级及以上职称（不含职业资格）"
