"""Installing rulebooks and putting the office's own values in place."""

import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.registry import SYSTEM, Actor, Citation, RefusedError
from assessment_center.rulebooks.models import (
    OverrideWithdrawal,
    RulebookVersion,
    RuleOverride,
)
from assessment_center.rulebooks.rules.errors import RulebookError, UnknownSettingError
from assessment_center.rulebooks.rules.limits import fault_of
from assessment_center.rulebooks.rules.loader import CODES, load_text, override, packaged_text
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.rulebooks.rules.summaries import summary
from assessment_center.rulebooks.selectors import overrides_in_force, rules_of


@transaction.atomic
def install_rulebooks(*, actor: Actor = SYSTEM) -> list[RulebookVersion]:
    """Keep the packaged text of every rulebook as a version; running it again adds nothing."""
    return [install_text(actor=actor, text=packaged_text(code), source=code) for code in CODES]


@transaction.atomic
def install_text(*, actor: Actor, text: str, source: str) -> RulebookVersion:
    """Keep one rulebook text, once; raises `RulebookError` when it cannot be read."""
    rules = load_text(text, source=source)
    identity = rules.identity
    version, created = RulebookVersion.objects.get_or_create(
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        defaults={
            "code": identity.code,
            "name": identity.name,
            "version": identity.version,
            "content": text,
            "status": identity.status,
            "loaded_at": timezone.now(),
        },
    )
    if created:
        payload = {"code": version.code, "version": version.version, "sha256": version.sha256}
        record(actor=actor, verb="rulebook.install", subject=version.subject, payload=payload)
    return version


@transaction.atomic
def override_setting(
    *,
    actor: Actor,
    version: RulebookVersion,
    key: str,
    value: Any,
    reason: str,
    article: str,
) -> RuleOverride:
    """Put the office's own value in place of a setting; batches opened before keep theirs.

    `value` is plain JSON in the form of the rulebook file. Refuses an unknown key, a value of
    the wrong kind, or a change without reason and article.
    """
    if not actor.may(Act.RULES_OVERRIDE):
        raise RefusedError(_("您没有调整规程的权限。"), remedy=_("请找中心主任办理。"))
    if not reason.strip() or not article.strip():
        raise RefusedError(_("调整规程须写明理由和依据。"), remedy=_("请补写后再保存。"))
    locked = RulebookVersion.objects.select_for_update(of=("self",), no_key=True).get(pk=version.pk)
    rules = rules_of(locked)
    _check_value(rules, key, value, article=article, reason=reason)
    made = RuleOverride.objects.create(
        rulebook_version=locked,
        key=key,
        value=value,
        reason=reason.strip(),
        article=article.strip(),
        created_by_id=actor.user_id,
    )
    payload = {"key": key, "value": value, "reason": made.reason, "article": made.article}
    record(actor=actor, verb="rulebook.override", subject=locked.subject, payload=payload)
    return made


def _check_value(rules: Rulebook, key: str, value: Any, *, article: str, reason: str) -> None:
    """Refuse what the setting cannot hold, and a change that changes nothing."""
    try:
        changed = override(rules, key, value, Citation(rules.identity.short, article), reason)
    except UnknownSettingError as error:
        raise RefusedError(
            _("规程中没有“%(key)s”这项设置。") % {"key": key}, remedy=_("请从列表中选择。")
        ) from error
    except RulebookError as error:
        raise RefusedError(
            _("“%(label)s”不能填这个值：%(problem)s。")
            % {"label": summary(key).label, "problem": error.problem},
            remedy=_("请按这项设置的说明填写。"),
        ) from error
    new, old = getattr(changed.settings, key), getattr(rules.settings, key)
    if fault := fault_of(key, new.value, changed.settings.full_score.value):
        raise RefusedError(
            _("“%(label)s”不能填这个值：%(problem)s。")
            % {"label": summary(key).label, "problem": fault}
        )
    if old is not None and old.value == new.value:
        raise RefusedError(
            _("“%(label)s”现在就是这个值，不用调整。") % {"label": summary(key).label}
        )


@transaction.atomic
def withdraw_override(*, actor: Actor, override: RuleOverride, reason: str) -> OverrideWithdrawal:
    """Let the rulebook's own value hold again; batches opened before keep what they have.

    Refuses one that is no longer in force: a later one has taken its place, or it is withdrawn.
    """
    if not actor.may(Act.RULES_OVERRIDE):
        raise RefusedError(_("您没有调整规程的权限。"), remedy=_("请找中心主任办理。"))
    if not reason.strip():
        raise RefusedError(_("请写明撤销的理由。"))
    versions = RulebookVersion.objects.select_for_update(of=("self",), no_key=True)
    locked = versions.get(pk=override.rulebook_version_id)
    in_force = overrides_in_force(locked).get(override.key)
    if in_force is None or in_force.pk != override.pk:
        raise RefusedError(_("这项调整已不再有效，不用撤销。"))
    made = OverrideWithdrawal.objects.create(
        override=in_force, reason=reason.strip(), created_by_id=actor.user_id
    )
    payload = {"key": override.key, "value": override.value, "reason": made.reason}
    record(actor=actor, verb="rulebook.withdraw_override", subject=locked.subject, payload=payload)
    return made
