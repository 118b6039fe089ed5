"""Installing rulebooks and putting the office's own values in place."""

import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.registry import SYSTEM, Actor, Citation, RefusedError
from assessment_center.rulebooks.models import RulebookVersion, RuleOverride
from assessment_center.rulebooks.rules.errors import RulebookError, UnknownSettingError
from assessment_center.rulebooks.rules.loader import CODES, load_text, override, packaged_text
from assessment_center.rulebooks.selectors import rules_of


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
    try:
        override(rules, key, value, Citation(rules.identity.short, article), reason)
    except (RulebookError, UnknownSettingError) as error:
        raise RefusedError(
            _("这个值不能用：%(problem)s。") % {"problem": error},
            remedy=_("请按设置的格式填写。"),
        ) from error
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
