"""RPT: the batch is reported in time, and nothing goes on before the authority agrees."""

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.batches import policies
from assessment_center.batches.enums import ReportStatus
from assessment_center.batches.models import AssessmentBatch
from assessment_center.conformance.declarations import (
    Failed,
    Finding,
    NotApplicable,
    Passed,
    check,
    enforced,
    manual,
)

TESTS = "tests/assessment_center/conformance/test_checks.py"


@check("RPT-01", tests=(f"{TESTS}::test_late_report_is_found",), page="batches_process:report")
def in_time(batch: AssessmentBatch) -> Finding:
    """上报不晚于规程的每个期限。"""
    days = policies.report_days(batch)
    plans = batch.reports.filter(kind="plan")
    submitted = plans.exclude(submitted_at=None).order_by("submitted_at").first()
    if not days or submitted is None:
        return NotApplicable(_("没有提前上报的规定，或还没有上报。"))
    assert submitted.submitted_at is not None  # excluded above
    day = timezone.localdate(submitted.submitted_at)
    late = sorted({due.isoformat() for due, _cited in days.values() if day > due})
    if late:
        return Failed((_("%(day)s 上报，晚于 %(due)s。") % {"day": day, "due": "、".join(late)},))
    return Passed(_("%(day)s 上报。") % {"day": day})


@check(
    "RPT-04",
    tests=(f"{TESTS}::test_examination_without_approval_is_found",),
    page="batches_process:report",
)
def approved_before(batch: AssessmentBatch) -> Finding:
    """考试开始前已登记主管部门的核准。"""
    if timezone.localdate() < batch.exam_starts:
        return NotApplicable(_("考试还没有开始。"))
    approved = batch.reports.filter(kind="plan", status=ReportStatus.APPROVED)
    report = approved.order_by("decided_at").first()
    if report is None or report.decided_at is None:
        return Failed((_("考试前没有登记主管部门的核准。"),))
    if timezone.localdate(report.decided_at) > batch.exam_starts:
        return Failed((_("核准晚于考试开始日。"),))
    return Passed(_("回执号 %(number)s。") % {"number": report.receipt_number})


enforced(
    "RPT-03",
    how="没有已确认的考生、没有截止报名，就不能上报。",
    tests=("tests/assessment_center/batches/test_reporting.py::test_nobody_to_report_is_refused",),
)
manual("RPT-07", who="财务与考务员：对照主管部门的收费通知。")
