"""Confirming by hand what no program can see, and taking a confirmation back."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.models import User
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch
from assessment_center.conformance import matrix
from assessment_center.conformance.enums import Outcome
from assessment_center.conformance.models import ManualConfirmation
from assessment_center.conformance.running import confirmers, is_manual
from assessment_center.registry import Actor, RefusedError

KINDS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg", b"%PDF-": "pdf"}
LARGEST = 10 * 1024 * 1024


@transaction.atomic
def confirm_rule(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    rule: str,
    outcome: Outcome,
    note: str,
    attachment: bytes = b"",
) -> ManualConfirmation:
    """Record what one who may confirm this rule found; `attachment` is PNG, JPEG or PDF.

    Refuses a rule that the software keeps itself or the rulebook does not know, another role,
    an empty note, and a second confirmation while one stands.
    """
    locked = AssessmentBatch.objects.select_for_update(of=("self",), no_key=True).get(pk=batch.pk)
    _require_manual(locked, rule)
    confirmer = _require_role(actor, rule)
    if not note.strip():
        raise RefusedError(_("请写明核对了什么、结论如何。"))
    if ManualConfirmation.objects.filter(batch=locked, rule=rule, revoked_at=None).exists():
        raise RefusedError(
            _("%(rule)s 已经确认过。") % {"rule": rule}, remedy=_("要改结论，请先撤回原来的确认。")
        )
    made = ManualConfirmation(
        batch=locked,
        rule=rule,
        outcome=outcome,
        note=note.strip(),
        confirmed_by=confirmer,
        confirmed_at=timezone.now(),
    )
    if attachment:
        _attach(made, attachment)
    made.save()
    payload = {
        "batch": str(locked.pk),
        "rule": rule,
        "outcome": made.outcome,
        "note": made.note,
        "digest": made.attachment_digest,
    }
    record(actor=actor, verb="conformance.confirm", subject=made.subject, payload=payload)
    return made


@transaction.atomic
def revoke_confirmation(
    *, actor: Actor, confirmation: ManualConfirmation, reason: str
) -> ManualConfirmation:
    """Take a confirmation back with its reason; it stays readable, the rule is open again."""
    locked = ManualConfirmation.objects.select_for_update().get(pk=confirmation.pk)
    _require_role(actor, locked.rule)
    if locked.revoked_at is not None:
        raise RefusedError(_("这份确认已经撤回。"))
    if not reason.strip():
        raise RefusedError(_("请写明撤回的原因。"))
    locked.revoked_at = timezone.now()
    locked.revoked_by_id = actor.user_id
    locked.revoke_reason = reason.strip()
    locked.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
    payload = {
        "batch": str(locked.batch_id),
        "rule": locked.rule,
        "reason": locked.revoke_reason,
    }
    record(actor=actor, verb="conformance.revoke", subject=locked.subject, payload=payload)
    return locked


def _require_manual(batch: AssessmentBatch, rule: str) -> None:
    try:
        row = matrix.row(rule)
    except KeyError:
        raise RefusedError(_("没有编号为“%(rule)s”的规则。") % {"rule": rule}) from None
    if batch.rules.identity.short not in row.rulebooks:
        raise RefusedError(_("本规程对 %(rule)s 未作规定，不必确认。") % {"rule": rule})
    if not is_manual(rule):
        raise RefusedError(_("%(rule)s 不由人工确认。") % {"rule": rule}, row.cited(batch.rules))


def _require_role(actor: Actor, rule: str) -> User:
    """A person in one of the roles; the system itself has seen nothing and confirms nothing."""
    user = User.objects.filter(pk=actor.user_id, is_active=True).first() if actor.user_id else None
    if user is None or not user.roles & confirmers(rule):
        raise RefusedError(
            _("您的角色不能确认 %(rule)s。") % {"rule": rule},
            remedy=_("可以确认的人列在这条规则的页面上。"),
        )
    return user


def _attach(made: ManualConfirmation, content: bytes) -> None:
    kind = next((kind for head, kind in KINDS.items() if content.startswith(head)), "")
    if not kind:
        raise RefusedError(_("请上传 PNG、JPG 图片或 PDF 文件。"))
    if len(content) > LARGEST:
        raise RefusedError(_("文件超过 10 MB，请缩小后再上传。"))
    made.attachment_digest = hashlib.sha256(content).hexdigest()
    made.attachment.save(f"{made.pk}.{kind}", ContentFile(content), save=False)
