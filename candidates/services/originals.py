"""Keeping who held the original of a paper in his hands, and when (REG-03, REG-07)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.audit.services import record
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.outcomes import require
from candidates import policies
from candidates.enums import IN_HAND
from candidates.labels import EVIDENCE_LABELS
from candidates.models import Application, Evidence, OriginalSeen
from candidates.services.registration import locked


@transaction.atomic
def see_original(
    *,
    actor: Actor,
    application: Application,
    kind: str,
    evidence: Evidence | None = None,
    at: datetime | None = None,
) -> OriginalSeen:
    """Record that the original of a paper was seen; `evidence` is the copy it was held against.

    Only a reviewer, not of his own or his kin's papers, while the application is in hand.
    """
    row = locked(application)
    require(policies.looks_at_papers(row, actor))
    if kind not in EVIDENCE_LABELS or (evidence is not None and evidence.kind != kind):
        raise RefusedError(_("没有这种材料类别。"))
    if evidence is not None and evidence.application_id != row.pk:
        raise RefusedError(_("这份材料不属于这份申报。"))
    if row.status not in IN_HAND:
        raise RefusedError(_("申报已办结，不再登记原件。"))
    try:
        with transaction.atomic():
            seen = OriginalSeen.objects.create(
                application=row,
                kind=kind,
                evidence=evidence,
                by_id=actor.user_id,
                by_name=actor.label[:80],
                seen_at=at or timezone.now(),
            )
    except IntegrityError as clash:
        raise RefusedError(_("这份原件已登记验看过。")) from clash
    sha256 = {"sha256": evidence.digest} if evidence else {}
    record(
        actor=actor,
        verb="application.see_original",
        subject=row.subject,
        payload={"kind": kind, **sha256},
    )
    return seen
