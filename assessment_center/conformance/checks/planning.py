"""PLAN: the plan comes first, the announcement is complete, early enough and stays as it is."""

import copy
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.batches import policies
from assessment_center.batches.enums import AnnouncementStatus
from assessment_center.batches.models import Announcement, AssessmentBatch
from assessment_center.batches.telling import announcement_facts
from assessment_center.conformance.declarations import (
    Failed,
    Finding,
    NotApplicable,
    Passed,
    check,
    enforced,
    form_without_print,
    manual,
    report_made_by,
)

BATCHES = "tests/assessment_center/batches/"
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
    told = copy.copy(published[0])
    told.body = "\n".join(each.body for each in published)  # what changed stands in the later ones
    faults = [*policies.content_faults(told, announcement_facts(batch))]
    if faults:
        return Failed(tuple(fault.reason for fault in faults))
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


enforced(
    "RPT-05",
    how="核准后变更时间、地点只能经变更公告，没有核准文号不能发布，发布时才生效。",
    tests=(
        f"{BATCHES}test_changing.py::test_what_changes_is_told_and_takes_effect_with_the_publication",
        f"{BATCHES}test_announcing.py::test_a_change_needs_what_the_rulebook_asks",
    ),
)
enforced(
    "RPT-06",
    how="没有经预审确认、列入备案范围的项目不能公告；场地设备申报表由备案页生成。",
    tests=(
        f"{BATCHES}test_receipts.py::test_a_project_not_prechecked_is_not_announced",
        f"{BATCHES}test_announcing.py::test_a_scope_lost_meanwhile_stops_the_announcement",
    ),
)
enforced(
    "REG-10",
    how="考生未签承诺不能提交，改动后须重签；机构未作承诺不能上报，承诺书随材料生成。",
    tests=(
        (
            "tests/candidates/services/test_signing_anew.py::"
            "test_what_the_office_corrects_the_candidate_signs_before_it_is_confirmed"
        ),
        (
            f"{BATCHES}test_receipts.py::"
            "test_without_the_institutions_pledge_nothing_is_reported_where_both_must_sign"
        ),
        (
            "tests/candidates/services/test_registration.py::"
            "test_without_commitment_or_phone_nothing_is_submitted"
        ),
    ),
)
manual("PLAN-06", "PLAN-10", who="中心主任：发布前核对公告内容和发布渠道。")
form_without_print(
    "F-305",
    reason="由主管部门发出；没有登记它的编号，批次不算核准，不能发准考证；原件考后随材料上报",
)
report_made_by("R-09", how="由变更公告的草稿生成申请，报送、登记回执；核准文号写入草稿后才能发布")
