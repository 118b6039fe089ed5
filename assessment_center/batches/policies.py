"""What the frozen rulebook allows of a batch: scope, announcement, lead times."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.batches import selectors
from assessment_center.batches.enums import AnnouncementStatus, PlanStatus
from assessment_center.batches.models import Announcement, AssessmentBatch, AuthorityReport
from assessment_center.batches.rules.announcement import (
    PART_NAMES,
    AnnouncementFacts,
    missing_parts,
    untold,
)
from assessment_center.batches.rules.changing import moves_exam
from assessment_center.batches.seams import reported_arrangements
from assessment_center.batches.telling import announcement_facts, as_changed
from assessment_center.printed.models import PrintedSheet
from assessment_center.registry import ALLOWED, Actor, Citation, Outcome, Refused
from assessment_center.workdays.services import add_workdays, statutory_holidays

UNIFIED = "unified"
REPORT_KINDS = ("plan", "data", UNIFIED, "venue")


def announcement_citations(announcement: Announcement) -> tuple[Citation, ...]:
    """The article that says what an announcement must tell."""
    form = announcement.batch.rules.form("F-202")
    return form.cite if form else ()


def may_publish(announcement: Announcement, _actor: Actor) -> Outcome:
    """The first thing that forbids publishing now; the page lists all of `publishing_faults`."""
    return next(publishing_faults(announcement, timezone.localdate()), ALLOWED)


def publishing_faults(announcement: Announcement, on: date) -> Iterator[Refused]:
    """Everything that forbids publishing on that day; a change is judged by what it changes to."""
    batch = as_changed(announcement)
    yield from plan_faults(batch)
    if announcement.number == 1:
        yield from content_faults(announcement, announcement_facts(batch))
        yield from plan_report_faults(batch)
    elif not announcement.body.strip():
        yield Refused(_("公告正文是空的。"), announcement_citations(announcement))
    yield from _order_faults(batch)
    yield from _scope_faults(batch)
    yield from _lead_faults(batch, announcement, on)
    if announcement.number > 1:
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


def content_faults(announcement: Announcement, facts: AnnouncementFacts) -> Iterator[Refused]:
    """PLAN-03: each part still missing, with the article that asks for it."""
    wanted = announcement.batch.rules.settings.announcement_parts
    asked = wanted.value if wanted else ()
    missing = missing_parts(facts, asked)
    for part in missing:
        yield Refused(
            _("公告还缺：%(part)s。") % {"part": PART_NAMES[part]},
            wanted.citations if wanted and part in asked else announcement_citations(announcement),
            _("请补全后再发布。"),
        )
    if not announcement.body.strip():
        yield Refused(_("公告正文是空的。"), announcement_citations(announcement))
        return
    for part in untold(announcement.body, facts):
        if part not in missing:
            yield Refused(
                _("公告正文没有写明%(part)s。") % {"part": PART_NAMES[part]},
                wanted.citations if wanted and part in asked else (),
                _("请照登记的内容写入正文，或先更正登记。"),
            )


def plan_report_faults(batch: AssessmentBatch) -> Iterator[Refused]:
    """R-31: where the rulebook knows a plan of the batch, it is reported before it is public."""
    form = batch.rules.form("F-203")
    if form and not selectors.paper_reported(batch, "batch_plan"):
        yield Refused(
            _("《%(form)s》还没有上报。") % {"form": form.name},
            form.cite,
            _("请在“上报与批复”页先报送计划，再公布。"),
        )


def _order_faults(batch: AssessmentBatch) -> Iterator[Refused]:
    """Days that contradict each other: the database would refuse them in the middle."""
    if batch.exam_ends < batch.exam_starts:
        yield Refused(_("考试结束日不能早于开始日。"))
    if timezone.localdate(batch.registration_closes) >= batch.exam_starts:
        yield Refused(_("报名截止须早于考试开始日。"), remedy=_("请推迟考试或提前截止报名。"))
    if batch.registration_closes <= batch.registration_opens:
        yield Refused(_("报名截止须晚于报名开始。"))


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
    """PLAN-04; the day of publishing is not counted, for a change that of the first."""
    lead = batch.rules.settings.announce_lead_days
    first = announcement
    if announcement.number > 1:
        first = batch.announcements.filter(number=1).first() or announcement
    published = timezone.localdate(first.published_at) if first.published_at else on
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
    elif rule.value == "needs_authority_approval" and _needs_consent(announcement):
        yield Refused(
            _("变更考试时间、地点须经主管部门核准。"), rule.citations, _("请填写核准文号。")
        )
    if not announcement.reason.strip():
        yield Refused(_("变更公告须写明原因。"), rule.citations, _("请填写变更原因。"))


def _needs_consent(announcement: Announcement) -> bool:
    """Another time or place does, and so does a text alone: nobody can tell what it changes."""
    if announcement.consent_number:
        return False
    return moves_exam(announcement.changes) or not announcement.changes


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


def report_leads(batch: AssessmentBatch) -> dict[str, int]:
    """RPT-01: how many working days before the examination each kind of report is due.

    A unified examination has a longer lead of its own where the rulebook names one.
    """
    rule = batch.rules.settings.report_lead_workdays
    if rule is None:
        return {}
    leads: dict[str, int | None] = {kind: getattr(rule.value, kind) for kind in REPORT_KINDS}
    longer = leads.pop(UNIFIED)
    if batch.is_unified and longer is not None:
        leads["plan"] = longer
    return {kind: lead for kind, lead in leads.items() if lead is not None}


def report_days(batch: AssessmentBatch) -> dict[str, tuple[date, tuple[Citation, ...]]]:
    """RPT-01: the last day of each kind of report before the examination."""
    rule = batch.rules.settings.report_lead_workdays
    cited = rule.citations if rule else ()
    return {
        kind: (add_workdays(batch.exam_starts, -lead), cited)
        for kind, lead in report_leads(batch).items()
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


def arranged_first(batch: AssessmentBatch) -> bool:
    """RPT-02: whether rooms or staff are handed in with the report, hence arranged before it."""
    rule = batch.rules.settings.report_arrangement
    return rule is not None and selectors.is_examined(batch)


def report_gaps(batch: AssessmentBatch) -> list[Refused]:
    """RPT-02: what the report must bring along and what is not settled yet."""
    if not arranged_first(batch):
        return []
    return [gap for each in reported_arrangements for gap in each.gaps(batch)]


def outdated_papers(report: AuthorityReport) -> list[PrintedSheet]:
    """The sheets handed in with this report that a later change has put out of date."""
    if report.kind != "plan" or report.submitted_at is None or not arranged_first(report.batch):
        return []
    return [sheet for each in reported_arrangements for sheet in each.changed(report)]


def has_published(batch: AssessmentBatch) -> bool:
    return batch.announcements.filter(status=AnnouncementStatus.PUBLISHED).exists()
