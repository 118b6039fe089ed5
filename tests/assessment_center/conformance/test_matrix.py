"""The matrix: complete, unique, and in step with the rulebooks."""

import re
from pathlib import Path

import pytest

from assessment_center.conformance.matrix import areas, checklist, forms, reports, row, rows
from assessment_center.rulebooks import CODES, load

TABLE = Path(__file__).resolve().parents[4] / "shared" / "rules" / "RULES.md"
SHORTS = {"CQ", "HN", "SD", "FJ", "JL"}


def test_the_rows_are_counted() -> None:
    assert len(rows()) == 582
    assert len({each.id for each in rows()}) == 582
    assert list(areas()) == list(range(1, 32))
    assert sorted({each.area for each in rows()}) == list(areas())


def test_the_rows_are_those_of_the_table() -> None:
    if not TABLE.is_file():
        pytest.skip("the rule table the data were made from is not beside this checkout")
    numbered = TABLE.read_text(encoding="utf-8").split("\n## F-HN-EVAL")[0].split("\n## 1. ")[1]
    ids = re.findall(r"^\| ([A-Z]+-[A-Z0-9-]+) \|", numbered, re.MULTILINE)
    assert [each.id for each in rows()] == ids


def test_titles_are_short_and_chinese() -> None:
    titles = [each.title for each in rows()]
    assert [t for t in titles if not 2 <= len(t) <= 30 or not re.search("[一-鿿]", t)] == []


def test_only_rulebooks_speak() -> None:
    assert {short for each in rows() for short in each.rulebooks} == SHORTS
    assert {short for each in forms() for short in each.citations} == SHORTS


def test_references_lead_to_rows() -> None:
    targets = {t for each in rows() for refs in each.see.values() for t in refs}
    assert targets <= {each.id for each in rows()}


@pytest.mark.parametrize("code", CODES)
def test_every_citation_is_of_a_known_document(code: str) -> None:
    rules = load(code)
    short = rules.identity.short
    for each in (*rows(), *forms(), *reports()):
        assert len(each.cited(rules)) == len(each.citations.get(short, ()))


@pytest.mark.parametrize("code", CODES)
def test_settings_and_violations_point_to_rows(code: str) -> None:
    rules = load(code)
    known = {each.id for each in rows()} | {c.id for c in rules.conflicts}
    assert {r for refs in rules.rows.values() for r in refs} <= known
    assert {v.row for v in rules.violations} <= known


@pytest.mark.parametrize("code", CODES)
def test_forms_are_those_the_rulebook_names(code: str) -> None:
    rules = load(code)
    named = {form.code for form in forms() if form.citations.get(rules.identity.short)}
    assert {form.code for form in rules.forms} == named


def test_forms_and_reports_are_counted() -> None:
    assert (len(forms()), len({f.code for f in forms()})) == (130, 130)
    assert (len(reports()), len({r.code for r in reports()})) == (34, 34)
    assert {f.group for f in forms()} == {f"F{n}" for n in range(1, 12)}
    assert {f for r in reports() for f in r.forms} <= {f.code for f in forms()}


def test_checklists_are_numbered_through() -> None:
    assert [i.number for i in checklist("F-106")] == list(range(1, 46))
    assert [i.number for i in checklist("F-903")] == list(range(1, 40))
    assert checklist("F-201") == ()


def test_a_row_is_found_by_its_id() -> None:
    found = row("PLAN-08")
    assert (found.area_name, found.title) == ("计划与公告", "理论同时开考，技能可分批")
    assert [str(c) for c in found.cited(load("chongqing"))] == [
        "《职业技能等级认定服务工作规程》三5"
    ]
    assert row("PLAN-07").cited(load("chongqing")) == ()
    with pytest.raises(KeyError):
        row("PLAN-99")
