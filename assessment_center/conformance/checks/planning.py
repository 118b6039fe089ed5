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
    manual,
)

TESTS = "tests/assessment_center/conformance/test_checks.py"


def _published(batch: AssessmentBatch) -> list[Announcement]:
    return list(batch.announcements.filter(status=AnnouncementStatus.PUBLISHED).order_by("number"))


@check("PLAN-01", tests=(f"{TESTS}::test_batch_outside_the_plan_is_found",))
def planned(batch: AssessmentBatch) -> Finding:
    """The batch belongs to an approved plan, and was announced after its approval."""
    faults = [fault.reason for fault in policies.plan_faults(batch)]
    if faults:
        return Failed(tuple(faults))
    published = _published(batch)
    approved_at = batch.plan.approved_at if batch.plan else None
    first = published[0].published_at if published else None
    if approved_at and first and first < approved_at:
        return Failed((_("公告在年度计划批准之前发布。"),))
    return Passed(_("已列入批准的年度计划。"))


@check("PLAN-03", tests=(f"{TESTS}::test_incomplete_announcement_is_found",))
def complete(batch: AssessmentBatch) -> Finding:
    """The published announcement tells everything it must."""
    published = _published(batch)
    if not published:
        return NotApplicable(_("公告还没有发布。"))
    missing = missing_parts(announcement_facts(batch))
    if missing or not published[0].body.strip():
        return Failed((_("公告缺：%(parts)s。") % {"parts": "、".join(missing) or _("正文")},))
    return Passed(_("公告要素齐全。"))


@check("PLAN-04", tests=(f"{TESTS}::test_late_announcement_is_found",))
def early_enough(batch: AssessmentBatch) -> Finding:
    """The announcement was out as many days before the examination as the rulebook asks."""
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


@check("PLAN-05", tests=(f"{TESTS}::test_change_without_consent_is_found",))
def changed_rightly(batch: AssessmentBatch) -> Finding:
    """Every announcement after the first has what the rulebook asks of a change."""
    later = _published(batch)[1:]
    if not later:
        return NotApplicable(_("没有变更公告。"))
    faults = [
        f"第 {each.number} 号公告：{fault.reason}"
        for each in later
        for fault in policies.change_faults(each)
    ]
    return Failed(tuple(faults)) if faults else Passed(_("变更公告手续齐全。"))


@check("PLAN-07", tests=(f"{TESTS}::test_examination_on_a_holiday_is_found",))
def not_on_holidays(batch: AssessmentBatch) -> Finding:
    """No day of the examination is a statutory holiday where the rulebook forbids it."""
    if not batch.rules.settings.forbid_statutory_holidays.value:
        return NotApplicable(_("本规程不禁止。"))
    faults = tuple(fault.reason for fault in policies.holiday_faults(batch))
    return Failed(faults) if faults else Passed(_("考试不在法定节假日。"))


manual("PLAN-06", "PLAN-10", who="中心主任：发布前核对公告内容和发布渠道。")
