"""The stages plan, announce and report of a batch's rail."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.batches import (
    dated_years,  # noqa: F401 - it registers
    matters,  # noqa: F401 - it registers
    policies,
)
from assessment_center.batches.enums import (
    AnnouncementStatus,
    BatchStatus,
    PlanStatus,
    ReportStatus,
)
from assessment_center.batches.labels import REPORT_DUE_LABELS
from assessment_center.batches.models import AssessmentBatch, AuthorityReport
from assessment_center.batches.selectors import active_centre, is_examined, open_batches
from assessment_center.office import MenuLink, menu_links
from assessment_center.organization.selectors import rules_on
from assessment_center.registry import Actor, Refused
from assessment_center.registry.entries import (
    BatchStage,
    Fact,
    HomePanel,
    Line,
    StageAction,
    StageView,
    batch_stages,
    home_panels,
    open_sessions,
)

PAST_REPORT = (
    BatchStatus.REPORTED,
    BatchStatus.APPROVED,
    BatchStatus.COMPLETED,
    BatchStatus.ARCHIVED,
)
PAST_CLOSE = (BatchStatus.REGISTRATION_CLOSED, *PAST_REPORT)


def blocked(refusals: list[Refused]) -> list[Line]:
    """Refusals as blockers of a card."""
    return [
        Line(str(each.reason), str(each.remedy), "bad", citations=each.citations)
        for each in refusals
    ]


def _url(name: str, batch: AssessmentBatch) -> str:
    return reverse(f"batches_process:{name}", args=[batch.code])


def without_exam(batch: AssessmentBatch) -> Line | None:
    """Why a batch of recognitions has no seats, tickets, papers or examination (FIL-22)."""
    if is_examined(batch):
        return None
    modes = batch.rules.settings.assessment_modes
    return Line(
        _("本批的评价方式都不组织考试，这一步不适用。"),
        "、".join(dict.fromkeys(str(each.get_route_display()) for each in batch.offerings.all())),
        "unneeded",
        citations=modes.citations if modes else (),
    )


def plan_stage(batch: AssessmentBatch, _actor: Actor) -> StageView:
    """In an approved plan and with offerings?"""
    offerings = batch.offerings.count()
    faults = list(policies.plan_faults(batch))
    done = bool(offerings) and not faults
    open_offerings = StageAction(
        str(_("设置认定项目")), _url("offerings", batch), permission=Act.BATCH_PLAN
    )
    blockers = blocked(faults)
    if not offerings:
        blockers.append(Line(_("还没有认定项目。"), _("请从备案范围中选择职业和等级。"), "bad"))
    return StageView(
        state="done" if done else "now",
        note=_("%(n)s 个项目") % {"n": offerings},
        facts=[Fact(offerings, _("认定项目")), Fact(str(batch.plan or "—"), _("年度计划"))],
        blockers=blockers,
        primary=None if done else open_offerings,
        actions=[open_offerings] if done and batch.status == BatchStatus.DRAFT else [],
    )


def announce_stage(batch: AssessmentBatch, _actor: Actor) -> StageView:
    """Announced, and by which article what still forbids it."""
    rows = list(batch.announcements.order_by("number"))
    published = [row for row in rows if row.status == AnnouncementStatus.PUBLISHED]
    draft = next((row for row in rows if row.status == AnnouncementStatus.DRAFT), None)
    page = StageAction(str(_("公告")), _url("announcements", batch))
    lines = [
        Line(
            row.title,
            f"{timezone.localtime(row.published_at):%Y-%m-%d %H:%M}" if row.published_at else "",
            "done",
            str(row.get_status_display()),
            _url("announcements", batch),
        )
        for row in published
    ]
    if published:
        first = published[0].published_at
        note = f"{timezone.localtime(first):%m-%d}" if first else ""
        return StageView(state="done", note=note, lines=lines, actions=[page])
    faults = list(policies.publishing_faults(draft, timezone.localdate())) if draft else []
    ready = batch.offerings.exists()
    label = _("核对并发布公告") if draft else _("起草公告")
    return StageView(
        state="now" if ready else "idle",
        note=_("草稿") if draft else "",
        blockers=blocked(faults),
        primary=StageAction(str(label), _url("announcements", batch), permission=Act.BATCH_PLAN)
        if ready
        else None,
    )


def report_stage(batch: AssessmentBatch, _actor: Actor) -> StageView:
    """Reported in time and approved?"""
    report = batch.reports.filter(kind="plan").order_by("-created_at").first()
    days = policies.report_days(batch)
    facts = [Fact(due.isoformat(), REPORT_DUE_LABELS[kind]) for kind, (due, _cited) in days.items()]
    if report is not None:
        facts.append(Fact(report.candidate_count, _("上报人数")))
    page = StageAction(str(_("上报与批复")), _url("report", batch), permission=Act.REPORT)
    if batch.status not in PAST_CLOSE:
        return StageView(state="idle", facts=facts, actions=_closing(batch))
    if report is not None and report.status == ReportStatus.APPROVED:
        return StageView(
            state="done", note=report.receipt_number, facts=facts, lines=[_line(batch, report)]
        )
    faults, warnings = policies.report_lead(batch, timezone.localdate())
    waiting = batch.status == BatchStatus.REPORTED
    return StageView(
        state="due" if waiting or warnings else "now",
        note=_("待批复") if waiting else _("待上报"),
        facts=facts,
        lines=[_line(batch, report)] if report else [],
        blockers=[] if waiting else blocked([*policies.report_gaps(batch), *faults, *warnings]),
        primary=page,
    )


def _after_arranging(batch: AssessmentBatch) -> str:
    """RPT-02: where the arrangement is handed in with the report, it is made before it."""
    return "arrange" if policies.arranged_first(batch) else ""


def _closing(batch: AssessmentBatch) -> list[StageAction]:
    if batch.status != BatchStatus.ANNOUNCED or timezone.now() < batch.registration_closes:
        return []
    close = _url("close", batch)
    return [StageAction(str(_("截止报名")), close, method="post", permission=Act.BATCH_PLAN)]


def _line(batch: AssessmentBatch, report: AuthorityReport) -> Line:
    when = report.decided_at or report.submitted_at
    states = {ReportStatus.APPROVED: "done", ReportStatus.RETURNED: "due"}
    return Line(
        str(_("上报主管部门")),
        f"{timezone.localtime(when):%Y-%m-%d} {report.receipt_number} {report.note}"
        if when
        else "",
        states.get(ReportStatus(report.status), "now"),  # type: ignore[arg-type]
        str(report.get_status_display()),
        _url("report", batch),
    )


def plans_to_file(_actor: Actor) -> list[Line]:
    """R-04: approved plans of this year and later that the authority has not been given yet."""
    centre = active_centre()
    rules = rules_on(centre, timezone.localdate()) if centre else None
    rule = rules.settings.annual_plan_filed if rules else None
    if centre is None or rule is None or not rule.value:
        return []
    waiting = centre.plans.filter(
        status=PlanStatus.APPROVED, filed_on=None, year__gte=timezone.localdate().year
    )
    return [
        Line(
            str(plan),
            _("计划批准后须报主管部门备案。"),
            "due",
            _("未报送"),
            reverse("batches_process:plan", args=[plan.year]),
            citations=rule.citations,
        )
        for plan in waiting.order_by("year")
    ]


home_panels.register(
    "batches.plan_filing",
    HomePanel("plan_filing", gettext_lazy("年度计划报送"), plans_to_file, Act.REPORT),
    order=60,
)
batch_stages.register("plan", BatchStage("plan", gettext_lazy("计划"), plan_stage), order=10)
batch_stages.register(
    "announce", BatchStage("announce", gettext_lazy("公告"), announce_stage), order=20
)
batch_stages.register(
    "report",
    BatchStage("report", gettext_lazy("上报"), report_stage, behind=_after_arranging),
    order=60,
)
open_sessions.register("batches", open_batches)
menu_links.register(
    "batches.plan",
    MenuLink("batches", gettext_lazy("年度计划"), "batches_process:index", Act.BATCH_VIEW),
)
