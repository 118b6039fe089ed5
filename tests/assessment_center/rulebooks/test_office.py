"""The pages of the rulebooks: read by article, searched, compared, adjusted."""

import pytest
from django.test import Client
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.registry import SYSTEM
from assessment_center.rulebooks import load
from assessment_center.rulebooks.models import OverrideWithdrawal, RulebookVersion, RuleOverride
from assessment_center.rulebooks.rules.loader import packaged_text
from assessment_center.rulebooks.selectors import current_version, rules_of
from assessment_center.rulebooks.services import install_rulebooks, install_text
from tests.factories.foundation import make_batch, make_user

pytestmark = pytest.mark.django_db
ALL = ["chongqing", "henan", "shandong", "fujian", "jilin"]


@pytest.fixture(autouse=True)
def installed() -> None:
    install_rulebooks()


@pytest.fixture
def head(client: Client) -> Client:
    client.force_login(make_user(Role.HEAD))
    return client


def url(name: str, *args: object) -> str:
    return reverse(f"rulebooks_office:{name}", args=args)


def text(client: Client, address: str, **query: str) -> str:
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def newer_version() -> RulebookVersion:
    newer = packaged_text("chongqing").replace('version = "1"', 'version = "2"', 1)
    newer = newer.replace("[settings.pass_score]\nvalue = 60", "[settings.pass_score]\nvalue = 65")
    return install_text(actor=SYSTEM, text=newer, source="new")


def test_the_list_names_all_rulebooks(head: Client) -> None:
    page = text(head, url("index"))
    for name in ("重庆·院校规则", "河南·院校指导手册", "吉林·征求意见稿"):
        assert name in page


@pytest.mark.parametrize("code", ALL)
def test_a_rulebook_is_read_by_document_and_article(head: Client, code: str) -> None:
    page = text(head, url("detail", code))
    rules = load(code)
    places = [
        page.index(f'id="c{n}"') for n, _each in enumerate(rules.legend, 1) if f'id="c{n}"' in page
    ]
    assert places == sorted(places)
    assert len(places) > len(rules.legend) / 2
    form = rules.form(rules.settings.application_form_code.value)
    assert form is not None
    assert f"《{form.name}》" in page
    assert rules.settings.application_form_code.value not in page


def test_an_article_has_a_mark_to_lead_to(head: Client) -> None:
    page = text(head, url("detail", "chongqing"))
    assert 'id="a4-第八条"' in page
    assert "计划 10 个工作日，报名数据 15 个工作日" in page


def test_a_search_leaves_the_articles_that_say_it(head: Client) -> None:
    page = text(head, url("detail", "jilin"), q="公示")
    assert "找到" in page
    assert page.count('class="rule"') < text(head, url("detail", "jilin")).count('class="rule"')
    assert "没有找到" in text(head, url("detail", "jilin"), q="宇航员 <b>")
    assert "&lt;b&gt;" in text(head, url("detail", "jilin"), q="<b>")


def test_conflicts_are_told_with_the_choice(head: Client) -> None:
    page = text(head, url("conflicts", "chongqing"))
    for each in load("chongqing").conflicts:
        assert each.choice in page


@pytest.mark.parametrize("page", ["detail", "conflicts", "overrides", "enter_override"])
def test_an_unknown_rulebook_is_not_found(head: Client, page: str) -> None:
    assert head.get(url(page, "tibet")).status_code == 404
    assert (
        head.get(url(page, "henan"), {"v": "86d27945-11ef-4b37-862e-5f78fdcd2066"}).status_code
        == 404
    )
    assert head.get(url(page, "henan"), {"v": "x"}).status_code == 404


def test_an_item_writer_may_not_see_the_rules(client: Client) -> None:
    client.force_login(make_user(Role.ITEM_WRITER))
    for name in ("index", "compare"):
        assert client.get(url(name)).status_code == 403


def test_an_older_version_can_still_be_read(head: Client) -> None:
    older = current_version("chongqing")
    newer = newer_version()
    assert "65 分" in text(head, url("detail", "chongqing"))
    page = text(head, url("detail", "chongqing"), v=str(older.pk))
    assert "60 分" in page
    assert str(newer.pk) in page


@pytest.mark.parametrize("right", ALL[1:])
def test_two_rulebooks_stand_side_by_side(head: Client, right: str) -> None:
    a, b = current_version("chongqing"), current_version(right)
    whole = text(head, url("compare"), a=str(a.pk), b=str(b.pk))
    only = text(head, url("compare"), a=str(a.pk), b=str(b.pk), only="1")
    assert "未规定" in whole
    assert (
        whole.count("<tr")
        > only.count("<tr")
        == only.count('<tr class="differs"') + only.count("<thead><tr>")
    )
    for area in ("备案与范围", "评分、成绩", "公示"):
        assert f"<h2>{area}</h2>" in whole


def test_two_versions_of_one_rulebook_differ_where_they_do(head: Client) -> None:
    older, newer = current_version("chongqing"), newer_version()
    page = text(head, url("compare"), a=str(older.pk), b=str(newer.pk), only="1")
    assert "有 1 处不同" in page
    assert "60 分" in page
    assert "65 分" in page
    same = text(head, url("compare"), a=str(older.pk), b=str(older.pk), only="1")
    assert "没有不同" in same


@pytest.mark.parametrize("wrong", ["x", "86d27945-11ef-4b37-862e-5f78fdcd2066"])
def test_a_wrong_choice_is_not_found(head: Client, wrong: str) -> None:
    assert head.get(url("compare"), {"a": wrong}).status_code == 404


ENTRY = {"key": "pass_score", "value": "70", "reason": "学校要求更严", "article": "本校细则第五条"}


def test_the_head_puts_a_value_in_place_and_takes_it_back(head: Client) -> None:
    version = current_version("chongqing")
    before = make_batch()
    form = text(head, url("enter_override", "chongqing"), key="pass_score")
    assert "规程原文" in form
    assert head.post(url("enter_override", "chongqing"), ENTRY).status_code == 303
    made = RuleOverride.objects.get()
    assert rules_of(version).settings.pass_score.value == 70
    assert before.rules.settings.pass_score.value == 60
    page = text(head, url("overrides", "chongqing"))
    for told in ("60 分", "70 分", "学校要求更严", "本校细则第五条", "有效"):
        assert told in page
    address = url("withdraw", "chongqing", made.pk)
    refused = head.post(address, {"reason": " "}, follow=True).content.decode()
    assert "请写明撤销的理由" in refused
    assert "已撤销" in head.post(address, {"reason": "撤回"}, follow=True).content.decode()
    assert rules_of(version).settings.pass_score.value == 60
    assert rules_of(version, at=made.created_at).settings.pass_score.value == 70
    again = head.post(address, {"reason": "撤回"}, follow=True).content.decode()
    assert "已不再有效" in again
    assert OverrideWithdrawal.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"value": "many"}, "输入整数"),
        ({"value": ""}, "必填"),
        ({"value": "600"}, "应在 0 至 100 之间"),
        ({"value": "60"}, "现在就是这个值"),
        ({"key": "colour"}, "规程中没有这项设置"),
        ({"reason": " "}, "必填"),
        ({"article": ""}, "必填"),
        ({"key": "levels", "value": ["9"]}, "9"),
        ({"key": "filing_mode", "value": "magic"}, "magic"),
        ({"key": "meeting_days_before", "value": "3, 一"}, "“一”不是整数"),
        ({"key": "meeting_days_before", "value": "3 1"}, "前一个数不能大于后一个数"),
        ({"key": "meeting_days_before", "value": "1 2 3"}, "应为2 项的列表"),
        ({"key": "grade_bands", "value": "{"}, "格式不对"),
        ({"key": "t_meeting", "value": "-99999"}, "应在 -1440 至 1440 之间"),
    ],
)
def test_bad_input_stays_on_the_form_with_a_clear_sentence(
    head: Client, change: dict[str, object], said: str
) -> None:
    response = head.post(url("enter_override", "chongqing"), ENTRY | change)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not RuleOverride.objects.exists()


def test_every_setting_can_be_entered_in_words(head: Client) -> None:
    """The form of each setting opens, and what it shows is what it takes."""
    from dataclasses import fields

    from assessment_center.rulebooks.override_forms import OverrideForm
    from assessment_center.rulebooks.rules.convert import convert
    from assessment_center.rulebooks.rules.loader import value_kind

    for code in ALL:
        rules = load(code)
        for each in fields(rules.settings):
            cited = getattr(rules.settings, each.name)
            empty = OverrideForm(each.name, rules)
            if cited is None:
                continue
            data = {"reason": "试", "article": "试"}
            for name, field in empty.fields.items():
                if name in data:
                    continue
                shown = empty[name].value()
                data[name] = (
                    shown
                    if isinstance(shown, list) and hasattr(field, "choices")
                    else (field.prepare_value(shown) if shown is not None else "")
                )
            form = OverrideForm(each.name, rules, data)
            assert form.is_valid(), (code, each.name, form.errors)
            assert convert(value_kind(each.name), form.value(), each.name) == cited.value


def test_a_clerk_reads_but_does_not_adjust(client: Client) -> None:
    client.force_login(make_user(Role.INSPECTOR))
    assert client.get(url("overrides", "chongqing")).status_code == 200
    assert client.get(url("enter_override", "chongqing")).status_code == 403
    assert client.post(url("enter_override", "chongqing"), ENTRY).status_code == 403


@pytest.mark.parametrize("model", ["rulebookversion", "ruleoverride"])
def test_registers_are_listed(head: Client, model: str) -> None:
    head.post(url("enter_override", "chongqing"), ENTRY)
    page = text(head, reverse(f"admin:rulebooks_{model}_changelist"))
    if model == "ruleoverride":
        assert "合格线" in page
        assert "70 分" in page
