"""Safety agreements signed on paper before the practical of a dangerous trade (REG-18)."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.permission import require_act
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import Actor, RefusedError
from candidates.cases import unsigned, wants_safety
from candidates.models import SafetyAgreement
from candidates.selectors import visible


@transaction.atomic
def enter_agreements(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    applications: Collection[UUID],
    signed_on: date,
) -> int:
    """Keep that these candidates signed on that day; returns how many were new.

    One already entered is passed over. Refuses a day to come, a batch that needs none, and
    anybody who is not among those who must sign.
    """
    require_act(actor, Act.APPLICATION_ENTER, _("登记安全保证书"))
    locked = AssessmentBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if not wants_safety(locked):
        raise RefusedError(_("这个批次没有须签安全保证书的职业。"))
    rule = locked.rules.settings.safety_agreement
    if signed_on > timezone.localdate():
        raise RefusedError(_("签订日期不能晚于今天。"), rule.citations)
    wanted = set(applications)
    if not wanted:
        raise RefusedError(_("请先勾选已签的考生。"), rule.citations)
    known = SafetyAgreement.objects.filter(application__in=wanted, application__batch=locked)
    fresh = wanted - set(known.values_list("application_id", flat=True))
    rows = list(visible(actor, unsigned(locked)).filter(pk__in=fresh))
    if len(rows) != len(fresh):
        raise RefusedError(_("所选的人中，有的不须签安全保证书。"), rule.citations)
    SafetyAgreement.objects.bulk_create(
        SafetyAgreement(application=row, signed_on=signed_on, entered_by_id=actor.user_id)
        for row in rows
    )
    for row in rows:
        payload = {"number": row.number, "signed_on": signed_on.isoformat()}
        record(actor=actor, verb="application.safety", subject=row.subject, payload=payload)
    return len(rows)
