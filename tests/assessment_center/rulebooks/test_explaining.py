"""“依据” opens what the article asks: in our words, from the batch's own rulebook."""

from dataclasses import replace
from typing import Any

import pytest
from django.template import Context

from assessment_center.accounts.templatetags import office
from assessment_center.office import refusal_text
from assessment_center.registry import SYSTEM, Citation, RefusedError
from assessment_center.registry.entries import Explained
from assessment_center.rulebooks import CODES, load, override
from assessment_center.rulebooks.explaining import explain, packaged_of
from assessment_center.rulebooks.models import RuleOverride
from assessment_center.rulebooks.rules.loader import packaged_text
from assessment_center.rulebooks.rules.statements import statements
from assessment_center.rulebooks.selectors import current_version, rules_of
from assessment_center.rulebooks.services import install_text
from assessment_center.why import cited_box
from tests.factories.foundation import make_batch, make_rulebook

EIGHTH = Citation("CQ", "《职业技能鉴定及等级认定考务管理办法》第八条")


def told(found: Explained | None) -> dict[str, str]:
    assert found is not None
    return {str(note.title): str(note.value) for note in found.notes}


def test_an_article_is_explained_from_the_batches_rulebook() -> None:
    rules = load("chongqing")
    found = explain(EIGHTH, rules)
    assert told(found)["上报提前工作日"] == "计划 10 个工作日，报名数据 15 个工作日"
    assert found is not None
    assert found.edition == ""
    assert found.url.startswith("/admin/work/rules/chongqing/#a4-")


def test_an_own_value_is_explained_where_the_batch_has_it() -> None:
    own = Citation("CQ", "本校细则第五条")
    rules = override(load("chongqing"), "pass_score", 70, own, "更严")
    assert told(explain(own, rules)) == {"合格线": "70 分"}
    original = load("chongqing").settings.pass_score.citations[0]
    assert told(explain(original, load("chongqing")))["合格线"] == "60 分"


def test_without_a_batch_the_edition_is_named() -> None:
    found = explain(EIGHTH, None)
    assert found is not None
    assert found.edition == "重庆·院校规则 第 1 版"


@pytest.mark.parametrize("code", CODES)
def test_every_citation_of_every_rulebook_is_explained(code: str) -> None:
    rules = load(code)
    cited = {one for each in statements(rules) for one in each.cite}
    assert len(cited) > 20
    silent = [str(one) for one in cited if not (found := explain(one, rules)) or not found.notes]
    only_conflicts = {str(one) for each in rules.conflicts for one in each.cite}
    assert [text for text in silent if text not in only_conflicts] == []


def test_a_kept_text_without_its_book_is_recognised() -> None:
    assert packaged_of(Citation("", EIGHTH.text)) == load("chongqing")
    assert packaged_of(Citation("", "《别处的办法》第一条")) is None


@pytest.mark.django_db
def test_what_only_an_older_version_or_the_office_knows_is_found() -> None:
    version = make_rulebook()
    RuleOverride.objects.create(
        rulebook_version=version,
        key="pass_score",
        value=70,
        reason="更严",
        article="本校细则第五条",
    )
    assert told(explain(Citation("CQ", "本校细则第五条"), None)) == {"合格线": "70 分"}
    changed = packaged_text("chongqing").replace('CQ 服务规程 四1"', 'CQ 服务规程 九9"')
    install_text(actor=SYSTEM, text=changed, source="new")
    found = explain(Citation("CQ", "《职业技能等级认定服务工作规程》九9"), None)
    assert found is not None
    assert "合格线" in told(found)
    assert explain(Citation("CQ", "《没有的办法》第一条"), None) is None


@pytest.mark.django_db
def test_a_frozen_batch_explains_its_own_values() -> None:
    batch = make_batch()
    RuleOverride.objects.create(
        rulebook_version=current_version("chongqing"),
        key="publicity_min_workdays",
        value=9,
        reason="更严",
        article="本校细则第六条",
    )
    cited = batch.rules.settings.publicity_min_workdays
    assert told(explain(cited.citations[0], batch.rules))["公示期"] == "5 个工作日"
    now = rules_of(batch.rulebook_version).settings.publicity_min_workdays
    assert (
        told(explain(now.citations[0], rules_of(batch.rulebook_version)))["公示期"] == "9 个工作日"
    )
    page = office.why(Context({"batch": batch}), cited.citations)
    assert "5 个工作日" in page
    assert "第 1 版" not in page


def test_a_refusal_carries_the_article_in_our_words() -> None:
    refused = RefusedError("尚未到期。", [EIGHTH], "请稍后再办。")
    text = refusal_text(refused)
    assert text.startswith('尚未到期。 请稍后再办。 <details class="cited">')
    assert str(EIGHTH) in text
    assert "考试前 10 个工作日" in text
    assert "href" not in text


@pytest.mark.django_db
def test_the_box_is_escaped_and_short() -> None:
    box = cited_box(Citation("CQ", "《<b>》第一条"))
    assert "<b>《&lt;b&gt;》第一条</b>" in box
    crowded = Citation("CQ", "《职业技能鉴定及等级认定违纪违规行为处理办法》六(一)")
    long = cited_box(crowded)
    assert long.count("<li>") == 1 + 5  # the article and what it sets
    assert "另有" in long


def test_the_way_on_is_offered_to_those_who_may_go(rf: Any) -> None:
    request = rf.get("/")
    request.user = type("Reader", (), {"acts": frozenset({"rules.view"})})()
    assert "查看本条" in office.why(Context({"request": request}), [EIGHTH])
    request.user = type("Candidate", (), {"acts": frozenset()})()
    assert "查看本条" not in office.why(Context({"request": request}), [EIGHTH])


def test_the_batch_is_found_through_what_belongs_to_it() -> None:
    rules = replace(load("chongqing"))
    batch = type("Batch", (), {})()
    batch.rules = rules
    row = type("Row", (), {"_state": type("State", (), {"fields_cache": {"batch": batch}})()})()
    assert office.frozen_rules(Context({"application": row})) is rules
    assert office.frozen_rules(Context({"batch": batch})) is rules
    assert office.frozen_rules(Context({"batch": object()})) is None
