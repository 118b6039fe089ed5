"""Certificate data: uploaded, looked through by the authority, corrected (CERT-28, CERT-29)."""

from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.batches.enums import ReportStatus
from assessment_center.batches.models import AssessmentBatch, AuthorityReport
from assessment_center.registry.entries import DeadlineSpec, deadline_sources
from assessment_center.workdays.counting import counted, day_of
from certificates import policies
from certificates.enums import UPLOAD
from certificates.selectors import upload_of

DECIDED = (ReportStatus.APPROVED, ReportStatus.RETURNED)


def upload_deadlines(batch: AssessmentBatch) -> Sequence[DeadlineSpec]:
    """Counted from the end of the batch, or from the issue once there is one; then the answers."""
    latest = batch.reports.filter(kind=UPLOAD).order_by("-created_at").first()
    return [
        *_upload(batch),
        *(_review(batch, latest) if latest else ()),
        *_correction(batch, latest),
    ]


def _upload(batch: AssessmentBatch) -> Iterator[DeadlineSpec]:
    term, by = batch.rules.settings.upload_due, policies.upload_term(batch)
    if term is None or by is None:
        return
    sent = upload_of(batch)
    yield DeadlineSpec.counted(
        "certificates.upload",
        _("上传证书数据"),
        by,
        term.citations,
        done=sent is not None,
        done_on=day_of(sent.submitted_at) if sent else None,
        responsible=Act.REPORT,
        stage="certificate",
    )


def _review(batch: AssessmentBatch, report: AuthorityReport) -> Iterator[DeadlineSpec]:
    """The authority looks the data through within its working days; then it is asked after."""
    days = batch.rules.settings.authority_review_workdays
    if days is None or report.submitted_at is None:
        return
    by = counted(_("证书数据上传日"), timezone.localdate(report.submitted_at), days.value)
    yield DeadlineSpec.counted(
        "certificates.authority_review",
        _("主管部门审核证书数据"),
        by,
        days.citations,
        done=True if report.status in DECIDED else None,
        done_on=day_of(report.decided_at),
        responsible=Act.REPORT,
        stage="certificate",
    )


def _correction(batch: AssessmentBatch, report: AuthorityReport | None) -> Iterator[DeadlineSpec]:
    """CERT-29: what came back is corrected and reported again."""
    days = batch.rules.settings.correct_due_workdays
    if days is None or report is None or report.status != ReportStatus.RETURNED:
        return
    if report.decided_at is None:
        return
    by = counted(_("证书数据退回日"), timezone.localdate(report.decided_at), days.value)
    yield DeadlineSpec.counted(
        "certificates.correction",
        _("更正后重报证书数据"),
        by,
        days.citations,
        responsible=Act.REPORT,
        stage="certificate",
    )


deadline_sources.register("certificates", upload_deadlines, order=130)
