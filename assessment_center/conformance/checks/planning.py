"""PLAN: the plan comes first, the announcement is complete, early enough and stays as it is."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.batches import policies
from assessment_center.batches.enums import AnnouncementStatus
from assessment_center.batches.models import Announcement, AssessmentBatch
from assessment_center.batches.rules.announcement import missing_parts
from assessment_center.batches.selectors import announcement_facts
from assessment_center.conformance.declarations import (
    Failed,
    Finding,
    NotApplicable,
    Passed,
    check,
    form_without_print,
    manual,
    report_made_by,
)

TESTS = "tests/assessment_center/conformance/test_checks.py"


def _published(batch: AssessmentBatch) -> list[Announcement]:
    return list(batch.announcements.filter(status=AnnouncementStatus.PUBLISHED).order_by("number"))


@check(
    "PLAN-01",
    tests=(f"{TESTS}::test_batch_outside_the_plan_is_found",),
    page="batches_process:announcements",
)
def planned(batch: AssessmentBatch) -> Finding:
    """批次列入已批准的年度计划，公告在批准之后。"""
    faults = [fault.reason for fault in policies.plan_faults(batch)]
    if faults:
        return Failed(tuple(faults))
    published = _published(batch)
    approved_at = batch.plan.approved_at if batch.plan else None
    first = published[0].published_at if published else None
    if approved_at and first and first < approved_at:
        return Failed((_("公告在年度计划批准之前发布。"),))
    return Passed(_("已列入批准的年度计划。"))


@check(
    "PLAN-03",
    tests=(f"{TESTS}::test_incomplete_announcement_is_found",),
    page="batches_process:announcements",
)
def complete(batch: AssessmentBatch) -> Finding:
    """已发布的公告要素齐全。"""
    published = _published(batch)
    if not published:
        return NotApplicable(_("公告还没有发布。"))
    missing = missing_parts(announcement_facts(batch))
    if missing or not published[0].body.strip():
        return Failed((_("公告缺：%(parts)s。") % {"parts": "、".join(missing) or _("正文")},))
    return Passed(_("公告要素齐全。"))


@check(
    "PLAN-04",
    tests=(f"{TESTS}::test_late_announcement_is_found",),
    page="batches_process:announcements",
)
def early_enough(batch: AssessmentBatch) -> Finding:
    """公告的提前天数达到规程的要求。"""
    lead, published = batch.rules.settings.announce_lead_days, _published(batch)
    if lead is None or not published:
        return NotApplicable(_("没有提前天数的规定，或公告还没有发布。"))
    assert published[0].published_at is not None  # a constraint keeps it
    day = timezone.localdate(published[0].published_at)
    if day + timedelta(days=lead.value) > batch.exam_starts:
        return Failed(
            (_("公告于 %(day)s 发布，距考试不足 %(n)s 天。") % {"day": day, "n": lead.value},)
        )
    return Passed(_("公告于 %(day)s 发布。") % {"day": day})


@check(
    "PLAN-05",
    tests=(f"{TESTS}::test_change_without_consent_is_found",),
    page="batches_process:announcements",
)
def changed_rightly(batch: AssessmentBatch) -> Finding:
    """每份变更公告手续齐全。"""
    later = _published(batch)[1:]
    if not later:
        return NotApplicable(_("没有变更公告。"))
    faults = [
        f"第 {each.number} 号公告：{fault.reason}"
        for each in later
        for fault in policies.change_faults(each)
    ]
    return Failed(tuple(faults)) if faults else Passed(_("变更公告手续齐全。"))


@check(
    "PLAN-07",
    tests=(f"{TESTS}::test_examination_on_a_holiday_is_found",),
    page="batches_process:announcements",
)
def not_on_holidays(batch: AssessmentBatch) -> Finding:
    """规程禁止的，考试不在法定节假日。"""
    if not batch.rules.settings.forbid_statutory_holidays.value:
        return NotApplicable(_("本规程不禁止。"))
    faults = tuple(fault.reason for fault in policies.holiday_faults(batch))
    return Failed(faults) if faults else Passed(_("考试不在法定节假日。"))


manual("PLAN-06", "PLAN-10", who="中心主任：发布前核对公告内容和发布渠道。")
form_without_print("F-305", reason="由主管部门发出，文号登记在批复里")
form_without_print("F-306", reason="由主管部门发出，收到后登记在批复里")
report_made_by("R-09", how="变更公告填写主管部门核准文号后才能发布，登记页留存")
