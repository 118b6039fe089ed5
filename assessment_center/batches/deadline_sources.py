"""The dated duties of a batch that follow from its own dates and its frozen rulebook."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment_center.batches import policies
from assessment_center.batches.enums import BatchStatus, ReportStatus
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import Citation
from assessment_center.registry.entries import DeadlineSpec, deadline_sources

REPORT_LABELS = {
    "plan": _("向主管部门上报本批计划"),
    "data": _("上传报名数据"),
    "venue": _("上报场地资料"),
}
AFTER_EXAM = (BatchStatus.COMPLETED, BatchStatus.ARCHIVED)


def batch_deadlines(batch: AssessmentBatch) -> Sequence[DeadlineSpec]:
    """Announcement, registration, reports and the examination itself."""
    return [*_announcement(batch), _registration(batch), *_reports(batch), _examination(batch)]


def _form(batch: AssessmentBatch, code: str) -> tuple[Citation, ...]:
    form = batch.rules.form(code)
    return form.cite if form else ()


def _announcement(batch: AssessmentBatch) -> Iterator[DeadlineSpec]:
    lead = batch.rules.settings.announce_lead_days
    opens = timezone.localdate(batch.registration_opens)
    latest: date = opens
    citations = _form(batch, "F-202")
    if lead:
        by_rule = batch.exam_starts - timedelta(days=lead.value)
        if by_rule < latest:
            latest, citations = by_rule, lead.citations
    yield DeadlineSpec(
        "batches.announce",
        str(_("发布公告")),
        latest,
        citations,
        done=policies.has_published(batch),
    )


def _registration(batch: AssessmentBatch) -> DeadlineSpec:
    open_states = (BatchStatus.DRAFT, BatchStatus.ANNOUNCED)
    return DeadlineSpec(
        "batches.close_registration",
        str(_("报名截止")),
        timezone.localdate(batch.registration_closes),
        _form(batch, "F-202"),
        done=batch.status not in open_states,
    )


def _reports(batch: AssessmentBatch) -> Iterator[DeadlineSpec]:
    done = batch.reports.filter(status__in=[ReportStatus.SUBMITTED, ReportStatus.APPROVED]).exists()
    for kind, (due, citations) in policies.report_days(batch).items():
        yield DeadlineSpec(
            f"batches.report_{kind}", str(REPORT_LABELS[kind]), due, citations, done=done
        )


def _examination(batch: AssessmentBatch) -> DeadlineSpec:
    past = batch.status in AFTER_EXAM or timezone.localdate() > batch.exam_ends
    return DeadlineSpec(
        "batches.exam", str(_("考试")), batch.exam_starts, _form(batch, "F-202"), done=past
    )


deadline_sources.register("batches", batch_deadlines, order=10)
