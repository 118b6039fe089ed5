"""What the frozen rulebook allows of a batch: scope, announcement, lead times."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.batches import selectors
from assessment_center.batches.enums import AnnouncementStatus, PlanStatus
from assessment_center.batches.models import Announcement, AssessmentBatch
from assessment_center.batches.rules.announcement import missing_parts
from assessment_center.registry import ALLOWED, Actor, Citation, Outcome, Refused
from assessment_center.workdays.services import add_workdays, statutory_holidays

REPORT_KINDS = ("plan", "data", "unified", "venue")


def announcement_citations(announcement: Announcement) -> tuple[Citation, ...]:
    """The article that says what an announcement must tell."""
    form = announcement.batch.rules.form("F-202")
    return form.cite if form else ()


def may_publish(announcement: Announcement, _actor: Actor) -> Outcome:
    """The first thing that forbids publishing now; the page lists all of `publishing_faults`."""
    return next(publishing_faults(announcement, timezone.localdate()), ALLOWED)


def publishing_faults(announcement: Announcement, on: date) -> Iterator[Refused]:
    """Everything that forbids publishing on that day."""
    batch = announcement.batch
    yield from plan_faults(batch)
    yield from _content_faults(announcement)
    yield from _scope_faults(batch)
    if announcement.number == 1:
        yield from _lead_faults(batch, announcement, on)
    else:
        yield from change_faults(announcement)
    yield from holiday_faults(batch)


def plan_faults(batch: AssessmentBatch) -> Iterator[Refused]:
    """PLAN-01: where a yearly plan is required, the batch belongs to an approved one."""
    required = batch.rules.settings.annual_plan_required
    if required.value and (batch.plan is None or batch.plan.status != PlanStatus.APPROVED):
        yield Refused(
            _("批次还没有列入已批准的年度计划。"),
            required.citations,
            _("请先批准年度计划。"),
        )


def _content_faults(announcement: Announcement) -> Iterator[Refused]:
    missing = missing_parts(selectors.announcement_facts(announcement.batch))
    if missing:
        yield Refused(
            _("公告还缺：%(parts)s。") % {"parts": "、".join(missing)},
            announcement_citations(announcement),
            _("请补全后再发布。"),
        )
    if not announcement.body.strip():
        yield Refused(_("公告正文是空的。"), announcement_citations(announcement))


def _scope_faults(batch: AssessmentBatch) -> Iterator[Refused]:
    """FIL-01, FIL-02: filed from the first day of the examination to its last."""
    days = dict.fromkeys((batch.exam_starts, batch.exam_ends))
    for offering in batch.offerings.select_related("occupation", "job"):
        asked = (batch.centre, offering.occupation, offering.job, offering.level)
        outcomes = (selectors.in_scope(*asked, day) for day in days)
        refused = next((each for each in outcomes if isinstance(each, Refused)), None)
        if refused is not None:
            yield Refused(refused.reason, selectors.scope_citations(batch.rules), refused.remedy)


def _lead_faults(batch: AssessmentBatch, announcement: Announcement, on: date) -> Iterator[Refused]:
    """PLAN-04; the day of publishing is not counted."""
    lead = batch.rules.settings.announce_lead_days
    published = timezone.localdate(announcement.published_at) if announcement.published_at else on
    if lead and published + timedelta(days=lead.value) > batch.exam_starts:
        latest = batch.exam_starts - timedelta(days=lead.value)
        yield Refused(
            _("公告须在考试前 %(days)s 天发布，最迟 %(latest)s。")
            % {"days": lead.value, "latest": latest.isoformat()},
            lead.citations,
            _("请推迟考试日期。"),
        )


def change_faults(announcement: Announcement) -> Iterator[Refused]:
    """PLAN-05: whether an announcement may be changed, and what a change needs."""
    rule = announcement.batch.rules.settings.announcement_change
    if rule is None:
        return
    if rule.value == "forbidden":
        yield Refused(_("公告发布后不能变更。"), rule.citations)
    elif rule.value == "needs_authority_approval" and not announcement.consent_number:
        yield Refused(
            _("变更考试时间、地点须经主管部门核准。"), rule.citations, _("请填写核准文号。")
        )
    if not announcement.reason.strip():
        yield Refused(_("变更公告须写明原因。"), rule.citations, _("请填写变更原因。"))


def holiday_faults(batch: AssessmentBatch) -> Iterator[Refused]:
    """PLAN-07: no examination on a statutory holiday where the rulebook forbids it."""
    rule = batch.rules.settings.forbid_statutory_holidays
    if not rule.value:
        return
    for day in statutory_holidays(batch.exam_starts, batch.exam_ends):
        yield Refused(
            _("%(day)s 是法定节假日，不能安排考试。") % {"day": day.isoformat()},
            rule.citations,
            _("请改用其他日期。"),
        )


def report_days(batch: AssessmentBatch) -> dict[str, tuple[date, tuple[Citation, ...]]]:
    """RPT-01: the last day of each kind of report before the examination.

    A unified examination has a longer lead of its own where the rulebook names one.
    """
    rule = batch.rules.settings.report_lead_workdays
    if rule is None:
        return {}
    leads: dict[str, Any] = {kind: getattr(rule.value, kind) for kind in REPORT_KINDS}
    longer = leads.pop("unified")
    if batch.is_unified and longer is not None:
        leads["plan"] = longer
    return {
        kind: (add_workdays(batch.exam_starts, -lead), rule.citations)
        for kind, lead in leads.items()
        if lead is not None
    }


def report_lead(batch: AssessmentBatch, on: date) -> tuple[list[Refused], list[Refused]]:
    """(refusals, warnings): past the last day a report is refused, past an earlier one warned.

    Where articles name two lead times each is counted; only the shorter one closes the door.
    """
    days = report_days(batch)
    past = {kind: due for kind, due in days.items() if on > due[0]}
    faults = [
        Refused(
            _("上报期限已过：最迟 %(due)s。") % {"due": due.isoformat()},
            citations,
            _("请先征得主管部门同意，并写明逾期原因。"),
        )
        for due, citations in past.values()
    ]
    return (faults, []) if days and len(past) == len(days) else ([], faults)


def has_published(batch: AssessmentBatch) -> bool:
    return batch.announcements.filter(status=AnnouncementStatus.PUBLISHED).exists()
