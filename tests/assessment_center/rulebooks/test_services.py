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
from assessment_center.rulebooks.models import (
    OverrideWithdrawal,
    RulebookVersion,
    RuleOverride,
)
from assessment_center.rulebooks.rules.summaries import summary
from assessment_center.rulebooks.selectors import current_version, current_versions, rules_of
from assessment_center.rulebooks.services import (
    install_rulebooks,
    install_text,
    override_setting,
    withdraw_override,
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
        ({"key": "colour"}, "没有“colour”这项设置"),
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


def test_a_withdrawn_override_gives_the_text_back(head: Actor, version: RulebookVersion) -> None:
    first = change(head, version)
    second = change(head, version, value=80)
    with pytest.raises(RefusedError, match="已不再有效"):
        withdraw_override(actor=head, override=first, reason="错了")
    with pytest.raises(RefusedError, match="请写明撤销的理由"):
        withdraw_override(actor=head, override=second, reason=" ")
    with pytest.raises(RefusedError, match="没有调整规程的权限"):
        withdraw_override(actor=Actor(head.ref, head.label), override=second, reason="错了")
    made = withdraw_override(actor=head, override=second, reason="学校撤回")
    assert str(made) == "pass_score"
    assert rules_of(version).settings.pass_score.value == 60
    assert rules_of(version, at=second.created_at).settings.pass_score.value == 80
    assert AuditEntry.objects.get(verb="rulebook.withdraw_override").payload["reason"] == "学校撤回"
    change(head, version, value=75)
    assert rules_of(version).settings.pass_score.value == 75


def test_a_withdrawal_is_made_once_and_never_changed(head: Actor, version: RulebookVersion) -> None:
    made = withdraw_override(actor=head, override=change(head, version), reason="学校撤回")
    with pytest.raises(IntegrityError, match="override"), transaction.atomic():
        OverrideWithdrawal.objects.create(override=made.override, reason="再撤")
    with pytest.raises(IntegrityError, match="override_withdrawal_reason"), transaction.atomic():
        OverrideWithdrawal.objects.create(override=change(head, version), reason="")
    with pytest.raises(IntegrityError, match="撤销不能修改或删除"), transaction.atomic():
        OverrideWithdrawal.objects.filter(pk=made.pk).update(reason="x")
    with pytest.raises(IntegrityError, match="撤销不能修改或删除"), transaction.atomic():
        made.delete()


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("pass_score", -1, "应在 0 至 100 之间"),
        ("pass_score", 101, "应在 0 至 100 之间"),
        ("publicity_min_workdays", 400, "应在 0 至 365 之间"),
        ("paper_overlap_max", 1.5, "应在 0 至 1 之间"),
        ("levels", [5, 6], "没有 6"),
        ("ticket_issue_workdays_before", [5, 3], "前一个数不能大于后一个数"),
        ("grade_bands", [{"min": 900, "label": "优"}], "应在 0 至 100 之间"),
        ("t_candidate_entry", {"theory": -2000}, "应在 -1440 至 1440 之间"),
        ("certificate_title", " ", "不能为空"),
        ("room_capacity_max", 35, "现在就是这个值"),
        ("filing_mode", "magic", "应为"),
        ("video_required", 1, "应为"),
    ],
)
def test_a_value_out_of_range_is_refused_by_its_name(
    head: Actor, version: RulebookVersion, key: str, value: object, said: str
) -> None:
    with pytest.raises(RefusedError, match=said) as refused:
        change(head, version, key=key, value=value)
    assert summary(key).label in str(refused.value)
    assert not RuleOverride.objects.exists()
