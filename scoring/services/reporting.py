"""Scores to the authority (SCORE-17, SCORE-24), and the evidence of publicity (PUB-04)."""

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.permission import require_act
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch, AuthorityReport
from assessment_center.batches.services import submit_report
from assessment_center.registry import Actor, RefusedError
from candidates import vault
from scoring.enums import PublicityStatus
from scoring.models import Publicity, ScoreReport
from scoring.policies import report_due, reports_after_publicity
from scoring.selectors import RESULTS, result_counts, results_digest
from scoring.sheets import score_workbook

EVIDENCE_LIMIT = 10 * 1024 * 1024
EVIDENCE_KINDS = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"%PDF": "pdf"}


@transaction.atomic
def report_results(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    late_reason: str = "",
    at: datetime | None = None,
) -> AuthorityReport:
    """Build the score workbook, keep it sealed, and submit it as the report of results.

    Refused before the results are compiled, before they are final where the rulebook has them
    reported after publicity, and past the term without a reason for being late.
    """
    require_act(actor, Act.REPORT, _("上报成绩"))
    AssessmentBatch.objects.select_for_update().get(pk=batch.pk)
    counts = result_counts(batch)
    if not counts["total"]:
        raise RefusedError(_("还没有汇总成绩，不能上报。"), remedy=_("请先核分并汇总。"))
    moment = at or timezone.now()
    _refuse_early(batch, counts)
    _refuse_late(batch, moment, late_reason)
    report = submit_report(
        actor=actor,
        batch=batch,
        candidate_count=counts["total"],
        kind=RESULTS,
        late_reason=late_reason,
        at=moment,
    )
    content = score_workbook(batch)
    package = ScoreReport(
        report=report,
        digest=hashlib.sha256(content).hexdigest(),
        results_digest=results_digest(batch),
        candidate_count=counts["total"],
        passed_count=counts["passed"],
    )
    sealed = vault.seal_bytes(content, row_id=package.pk)
    package.sealed.save(f"{package.pk}.sealed", ContentFile(sealed), save=False)
    package.save(force_insert=True)
    payload = {"sha256": package.digest, "count": counts["total"], "passed": counts["passed"]}
    record(actor=actor, verb="report.scores", subject=report.subject, payload=payload)
    return report


def _refuse_early(batch: AssessmentBatch, counts: dict[str, int]) -> None:
    if reports_after_publicity(batch) and counts["final"] < counts["total"]:
        raise RefusedError(
            _("公示无异议、成绩生效后才能上报成绩。"),
            batch.rules.settings.score_report_from.citations,
        )


def _refuse_late(batch: AssessmentBatch, moment: datetime, late_reason: str) -> None:
    due = report_due(batch)
    if due is not None and timezone.localdate(moment) > due.day and not late_reason.strip():
        raise RefusedError(
            _("成绩上报期限 %(day)s 已过。") % {"day": due.day},
            due.citations,
            _("请写明逾期原因后上报。"),
        )


@transaction.atomic
def open_score_report(*, actor: Actor, package: ScoreReport) -> bytes:
    """The reported workbook, for those who report; every opening is in the trail."""
    require_act(actor, Act.REPORT, _("下载成绩上报材料"))
    with package.sealed.open("rb") as kept:
        content = vault.open_bytes(kept.read(), row_id=package.pk)
    record(actor=actor, verb="report.open_scores", subject=package.report.subject)
    return content


@transaction.atomic
def attach_evidence(*, actor: Actor, publicity: Publicity, content: bytes) -> Publicity:
    """Keep the screenshot or photo of the posted list: PNG, JPEG or PDF up to 10 MB."""
    require_act(actor, Act.SCORE_PUBLISH, _("上传公示留痕"))
    kind = next((k for head, k in EVIDENCE_KINDS.items() if content.startswith(head)), "")
    if not kind:
        raise RefusedError(_("请上传 PNG、JPG 图片或 PDF 文件。"))
    if len(content) > EVIDENCE_LIMIT:
        raise RefusedError(_("文件超过 10 MB，请缩小后再上传。"))
    locked = Publicity.objects.select_for_update().get(pk=publicity.pk)
    if locked.status == PublicityStatus.CLOSED:
        raise RefusedError(_("公示已结束并封存，不能再改留痕。"))
    locked.evidence_digest = hashlib.sha256(content).hexdigest()
    locked.evidence.save(f"{locked.pk}.{kind}", ContentFile(content), save=False)
    locked.save(update_fields=["evidence", "evidence_digest"])
    payload = {"sha256": locked.evidence_digest, "bytes": len(content)}
    record(actor=actor, verb="publicity.evidence", subject=locked.subject, payload=payload)
    return locked
