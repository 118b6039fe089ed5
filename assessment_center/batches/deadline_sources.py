"""The dated duties that follow from a batch's own dates and its frozen rulebook, and the plan."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.batches import policies
from assessment_center.batches.enums import BatchStatus, PlanStatus, ReportStatus
from assessment_center.batches.labels import REPORT_DUE_LABELS
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import is_examined, paper_reported
from assessment_center.organization.models import AssessmentCentre
from assessment_center.organization.selectors import rules_on
from assessment_center.registry import Citation
from assessment_center.registry.entries import (
    Counting,
    DeadlineSpec,
    DeadlineWatch,
    centre_deadline_sources,
    deadline_sources,
    deadline_watches,
)
from assessment_center.workdays.counting import counted, on

REPORTED = (ReportStatus.SUBMITTED, ReportStatus.APPROVED)
AFTER_EXAM = (BatchStatus.COMPLETED, BatchStatus.ARCHIVED)
EXAM, RECOGNITION = _("考试开始日"), _("认定开始日")
SECOND_HALF = 7


def batch_deadlines(batch: AssessmentBatch) -> Sequence[DeadlineSpec]:
    """Announcement, registration, reports and the examination itself."""
    announced = _announcement(batch)
    return [
        *_plan_first(batch, announced),
        announced,
        *_registration(batch),
        *_reports(batch),
        _examination(batch),
    ]


def _form(batch: AssessmentBatch, code: str) -> tuple[Citation, ...]:
    form = batch.rules.form(code)
    return form.cite if form else ()


def _announcement(batch: AssessmentBatch) -> DeadlineSpec:
    """PLAN-04: the lead before the examination, and never after registration opens."""
    lead = batch.rules.settings.announce_lead_days
    by = on(_("报名开始日"), timezone.localdate(batch.registration_opens))
    citations = _form(batch, "F-202")
    if lead:
        by_rule = counted(_opening(batch), batch.exam_starts, -lead.value, "day")
        if by_rule.due and by.due and by_rule.due < by.due:
            by, citations = by_rule, lead.citations
    return DeadlineSpec(
        "batches.announce",
        _("发布公告"),
        by.due,
        citations,
        done=policies.has_published(batch),
        responsible=Act.ANNOUNCE,
        counting=by,
        stage="announce",
    )


def _registration(batch: AssessmentBatch) -> Iterator[DeadlineSpec]:
    """The announced period: it opens by itself, it is closed by the office."""
    opens = on(_("公告的报名开始"), timezone.localdate(batch.registration_opens))
    closes = on(_("公告的报名截止"), timezone.localdate(batch.registration_closes))
    open_states = (BatchStatus.DRAFT, BatchStatus.ANNOUNCED)
    yield DeadlineSpec(
        "batches.open_registration",
        _("报名开始"),
        opens.due,
        _form(batch, "F-202"),
        done=timezone.now() >= batch.registration_opens,
        responsible=Act.BATCH_PLAN,
        counting=opens,
        stage="register",
        nature="event",
    )
    yield DeadlineSpec(
        "batches.close_registration",
        _("报名截止"),
        closes.due,
        _form(batch, "F-202"),
        done=batch.status not in open_states,
        responsible=Act.BATCH_PLAN,
        counting=closes,
        stage="register",
    )


def _reports(batch: AssessmentBatch) -> Iterator[DeadlineSpec]:
    """RPT-01: each kind of report with its own lead."""
    rule = batch.rules.settings.report_lead_workdays
    cited = rule.citations if rule else ()
    for kind, lead in policies.report_leads(batch).items():
        by = counted(_opening(batch), batch.exam_starts, -lead)
        yield DeadlineSpec(
            f"batches.report_{kind}",
            REPORT_DUE_LABELS[kind],
            by.due,
            _report_article(batch, kind, lead) or cited,
            done=batch.reports.filter(kind__in=("plan", kind), status__in=REPORTED).exists(),
            responsible=Act.REPORT,
            counting=by,
            stage="report",
        )


def _report_article(batch: AssessmentBatch, kind: str, lead: int) -> tuple[Citation, ...]:
    """The article of this one report, where the lead is still the one it names."""
    kinds = {kind, policies.UNIFIED} if kind == "plan" and batch.is_unified else {kind}
    named = (each for each in batch.rules.report_deadlines if each.kind in kinds and each.before)
    return next((each.cite for each in named if each.workdays == lead), ())


def _plan_first(batch: AssessmentBatch, announced: DeadlineSpec) -> Iterator[DeadlineSpec]:
    """R-31: the plan of a batch is with the authority before anything is public."""
    form = batch.rules.form("F-203")
    if form:
        yield DeadlineSpec(
            "batches.report_batch_plan",
            _("报送本批考核计划"),
            announced.due,
            form.cite,
            done=paper_reported(batch, "batch_plan"),
            responsible=Act.REPORT,
            counting=announced.counting,
            stage="announce",
        )


def _opening(batch: AssessmentBatch) -> Promise:
    return EXAM if is_examined(batch) else RECOGNITION


def _examination(batch: AssessmentBatch) -> DeadlineSpec:
    past = batch.status in AFTER_EXAM or timezone.localdate() > batch.exam_ends
    examined = is_examined(batch)
    return DeadlineSpec(
        "batches.exam",
        _("考试") if examined else _("认定"),
        batch.exam_starts,
        _form(batch, "F-202"),
        done=past,
        responsible=Act.BATCH_PLAN,
        counting=on(_("公告的考试日期") if examined else _("公告的认定日期"), batch.exam_starts),
        stage="exam" if examined else "recognise",
        nature="event",
    )


def plan_deadlines(centre: AssessmentCentre) -> Sequence[DeadlineSpec]:
    """PLAN-01, R-04: the plan of this year and the next, where the rulebook names a day.

    A day in the second half of a year is for the plan of the following one. What was due before
    the centre was set up here is not asked for.
    """
    today = timezone.localdate()
    rules = rules_on(centre, today)
    by = rules.settings.annual_plan_due if rules else None
    if rules is None or by is None:
        return ()
    month, day = map(int, by.value.split("-"))
    since = timezone.localdate(centre.created_at)
    ahead = int(month >= SECOND_HALF)
    days = {year: date(year - ahead, month, day) for year in (today.year, today.year + 1)}
    asked = {year: last for year, last in days.items() if last >= since}
    found = [_plan(centre, year, last, by.citations) for year, last in asked.items()]
    filed = rules.settings.annual_plan_filed
    if filed.value:
        found += [_filing(centre, year, last, filed.citations) for year, last in asked.items()]
    return found


def _plan(
    centre: AssessmentCentre, year: int, last: date, citations: tuple[Citation, ...]
) -> DeadlineSpec:
    counting: Counting = on(_("规程规定的日期"), last)
    return DeadlineSpec(
        f"batches.plan_{year}",
        str(_("批准 %(year)s 年度认定计划") % {"year": year}),
        last,
        citations,
        done=centre.plans.filter(year=year, status=PlanStatus.APPROVED).exists(),
        responsible=Act.PLAN_APPROVE,
        counting=counting,
        stage="plan",
    )


def _filing(
    centre: AssessmentCentre, year: int, last: date, citations: tuple[Citation, ...]
) -> DeadlineSpec:
    filed = centre.plans.filter(year=year).exclude(filed_on=None).first()
    return DeadlineSpec(
        f"batches.file_plan_{year}",
        str(_("报送 %(year)s 年度认定计划") % {"year": year}),
        last,
        citations,
        done=filed is not None,
        done_on=filed.filed_on if filed else None,
        responsible=Act.REPORT,
        counting=on(_("规程规定的日期"), last),
        stage="plan",
    )


deadline_sources.register("batches", batch_deadlines, order=10)
centre_deadline_sources.register("batches", plan_deadlines, order=5)
deadline_watches.register(
    "batches.assessmentbatch", DeadlineWatch("batches.assessmentbatch", lambda batch: batch.pk)
)
