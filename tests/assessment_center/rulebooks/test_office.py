"""The pages of the rulebooks and their registers."""

import pytest
from django.test import Client
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.rulebooks.models import RuleOverride
from assessment_center.rulebooks.selectors import current_version, rules_of
from assessment_center.rulebooks.services import install_rulebooks
from tests.factories.foundation import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def installed() -> None:
    install_rulebooks()


@pytest.fixture
def head(client: Client) -> Client:
    client.force_login(make_user(Role.HEAD))
    return client


def test_the_list_names_all_rulebooks(head: Client) -> None:
    page = head.get(reverse("rulebooks_office:index")).content.decode()
    for name in ("重庆·院校规则", "河南·院校指导手册", "吉林·征求意见稿"):
        assert name in page


@pytest.mark.parametrize("code", ["chongqing", "henan", "shandong", "fujian", "jilin"])
def test_a_rulebook_is_shown_with_its_articles(head: Client, code: str) -> None:
    response = head.get(reverse("rulebooks_office:detail", args=[code]))
    assert response.status_code == 200
    page = response.content.decode()
    version = current_version(code)
    assert version.name in page
    first = rules_of(version).settings.application_form_code
    assert first is not None
    assert str(first.citations[0]) in page


def test_an_unknown_rulebook_is_not_found(head: Client) -> None:
    assert head.get(reverse("rulebooks_office:detail", args=["tibet"])).status_code == 404


def test_an_item_writer_may_not_see_the_rules(client: Client) -> None:
    client.force_login(make_user(Role.ITEM_WRITER))
    assert client.get(reverse("rulebooks_office:index")).status_code == 403


def test_the_head_overrides_a_value_in_the_register(head: Client) -> None:
    version = current_version("chongqing")
    data = {
        "rulebook_version": str(version.pk),
        "key": "pass_score",
        "value": "70",
        "reason": "学校要求更严",
        "article": "本校细则第五条",
    }
    url = reverse("admin:rulebooks_ruleoverride_add")
    refused = head.post(url, data | {"value": '"many"'})
    assert "应为整数" in refused.content.decode()
    assert head.post(url, data).status_code == 302
    assert RuleOverride.objects.get().value == 70
    assert rules_of(version).settings.pass_score.value == 70
    page = head.get(reverse("rulebooks_office:detail", args=["chongqing"])).content.decode()
    assert "本机构调整" in page
    assert "本校细则第五条" in page


@pytest.mark.parametrize("model", ["rulebookversion", "ruleoverride"])
def test_registers_are_listed(head: Client, model: str) -> None:
    assert head.get(reverse(f"admin:rulebooks_{model}_changelist")).status_code == 200
