"""Certificate data on its way to the national query system."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches.lifecycle import REPORT
from assessment_center.batches.models import AssessmentBatch, AuthorityReport
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.outcomes import require
from assessment_center.workflow import advance
from certificates.enums import UPLOAD
from certificates.policies import all_issued, upload_in_time
from certificates.selectors import counts, upload_of


@transaction.atomic
def record_upload(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    receipt_number: str,
    late_reason: str = "",
    at: datetime | None = None,
) -> AuthorityReport:
    """Keep that the data of all certificates was uploaded (CERT-28); once a batch.

    Refused after the last day without a reason where the rulebook asks for one (CERT-30).
    """
    if not actor.may(Act.REPORT):
        raise RefusedError(_("您的角色不能登记上传。"))
    locked = AssessmentBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if upload_of(locked) is not None:
        raise RefusedError(_("证书数据的上传已经登记过。"))
    if not receipt_number.strip():
        raise RefusedError(_("请填写平台的批次号或回执号。"))
    require(all_issued(locked))
    moment = at or timezone.now()
    require(upload_in_time(locked, timezone.localdate(moment), late_reason))
    report = AuthorityReport.objects.create(batch=locked, kind=UPLOAD)
    record(actor=actor, verb="report.draft", subject=report.subject, payload={"kind": UPLOAD})
    return advance(
        machine=REPORT,
        subject=report,
        move="submit",
        actor=actor,
        updates={
            "submitted_at": moment,
            "receipt_number": receipt_number.strip()[:80],
            "note": late_reason.strip()[:300],
            "candidate_count": counts(locked)["issued"],
        },
    )
