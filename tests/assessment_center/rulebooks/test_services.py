"""Versions are kept once and never change; overrides hold from their moment on."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessment_center.accounts.enums import Act, Kind
from assessment_center.audit.models import AuditEntry
from assessment_center.registry import SYSTEM, Actor, RefusedError
from assessment_center.rulebooks import CODES, RulebookError
from assessment_center.rulebooks.models import RulebookVersion, RuleOverride
from assessment_center.rulebooks.selectors import current_version, current_versions, rules_of
from assessment_center.rulebooks.services import (
    install_rulebooks,
    install_text,
    override_setting,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def head() -> Actor:
    user = get_user_model().objects.create(
        username="head", display_name="主任", kind=Kind.STAFF, password="!"
    )
    return Actor(user.subject, "主任", frozenset({Act.RULES_OVERRIDE}))


@pytest.fixture
def version() -> RulebookVersion:
    install_rulebooks()
    return current_version("chongqing")


def change(actor: Actor, version: RulebookVersion, **parts: object) -> RuleOverride:
    given = {
        "key": "pass_score",
        "value": 70,
        "reason": "学校要求更严",
        "article": "本校认定细则第五条",
    } | parts
    return override_setting(actor=actor, version=version, **given)


def test_installing_twice_adds_nothing() -> None:
    first = install_rulebooks()
    assert [v.code for v in first] == list(CODES)
    assert install_rulebooks() == first
    assert RulebookVersion.objects.count() == len(CODES)
    assert AuditEntry.objects.filter(verb="rulebook.install").count() == len(CODES)
    assert {v.code for v in current_versions()} == set(CODES)


def test_the_newest_version_is_current(version: RulebookVersion) -> None:
    newer = version.content.replace('version = "1"', 'version = "2"')
    installed = install_text(actor=SYSTEM, text=newer, source="new")
    assert current_version("chongqing") == installed
    assert str(installed) == "重庆·院校规则 2"
    assert {v.version for v in current_versions() if v.code == "chongqing"} == {"2"}
    assert rules_of(version).identity.version == "1"


def test_an_unreadable_text_is_not_kept() -> None:
    with pytest.raises(RulebookError):
        install_text(actor=SYSTEM, text="[rulebook]", source="new")
    assert not RulebookVersion.objects.exists()


def test_an_unknown_code_is_refused_kindly() -> None:
    with pytest.raises(RefusedError, match="没有安装代码为“tibet”的规程"):
        current_version("tibet")


def test_an_override_holds_from_its_moment_on(head: Actor, version: RulebookVersion) -> None:
    before = timezone.now() - timedelta(seconds=1)
    made = change(head, version)
    change(head, version, value=80)
    assert str(made) == "pass_score"
    assert made.created_by_id == head.user_id
    assert rules_of(version, at=before).settings.pass_score.value == 60
    assert rules_of(version, at=made.created_at).settings.pass_score.value == 70
    now = rules_of(version).settings.pass_score
    assert (now.value, now.from_rulebook, now.note) == (80, False, "学校要求更严")
    assert [str(c) for c in now.citations] == ["本校认定细则第五条"]
    entry = AuditEntry.objects.filter(verb="rulebook.override").first()
    assert entry is not None
    assert entry.payload["value"] == 80


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"key": "colour"}, "没有名为“colour”的设置"),
        ({"value": "many"}, "应为整数"),
        ({"reason": "  "}, "须写明理由和依据"),
        ({"article": ""}, "须写明理由和依据"),
    ],
)
def test_a_bad_override_is_refused(
    head: Actor, version: RulebookVersion, parts: dict[str, object], said: str
) -> None:
    with pytest.raises(RefusedError, match=said):
        change(head, version, **parts)
    assert not RuleOverride.objects.exists()


def test_an_override_needs_the_permission(head: Actor, version: RulebookVersion) -> None:
    with pytest.raises(RefusedError, match="没有调整规程的权限"):
        change(Actor(head.ref, head.label), version)


def test_a_version_can_be_neither_changed_nor_deleted(version: RulebookVersion) -> None:
    with pytest.raises(IntegrityError, match="规程版本不能修改或删除"), transaction.atomic():
        RulebookVersion.objects.filter(pk=version.pk).update(content="")
    with pytest.raises(IntegrityError, match="规程版本不能修改或删除"), transaction.atomic():
        version.delete()


def test_an_override_can_be_neither_changed_nor_deleted(
    head: Actor, version: RulebookVersion
) -> None:
    made = change(head, version)
    with pytest.raises(IntegrityError, match="规程调整不能修改或删除"), transaction.atomic():
        RuleOverride.objects.filter(pk=made.pk).update(value=1)
    with pytest.raises(IntegrityError, match="规程调整不能修改或删除"), transaction.atomic():
        made.delete()


@pytest.mark.parametrize(
    ("broken", "constraint"),
    [
        ({"sha256": "x"}, "rulebook_sha256_form"),
        ({"status": "gone"}, "rulebook_status_known"),
    ],
)
def test_the_database_keeps_versions_well_formed(broken: dict[str, str], constraint: str) -> None:
    good = {"code": "a", "name": "a", "version": "1", "sha256": "0" * 64, "status": "draft"}
    with pytest.raises(IntegrityError, match=constraint):
        RulebookVersion.objects.create(**(good | broken), loaded_at=timezone.now())


def test_the_database_keeps_the_reason(version: RulebookVersion) -> None:
    with pytest.raises(IntegrityError, match="override_reason_and_article"):
        RuleOverride.objects.create(rulebook_version=version, key="pass_score", value=1)


def test_the_same_text_cannot_be_kept_twice(version: RulebookVersion) -> None:
    with pytest.raises(IntegrityError, match="sha256"):
        RulebookVersion.objects.create(
            code="b",
            name="b",
            version="1",
            sha256=version.sha256,
            status="draft",
            loaded_at=timezone.now(),
        )
