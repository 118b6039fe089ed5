"""The annual plan: occupations, levels and forecast numbers, then approval (PLAN-01, PLAN-02)."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.permission import require_act
from assessment_center.audit.services import record
from assessment_center.batches.enums import PlanStatus
from assessment_center.batches.lifecycle import PLAN
from assessment_center.batches.models import AnnualPlan, AnnualPlanLine
from assessment_center.catalog.models import Job, Occupation
from assessment_center.organization.models import AssessmentCentre
from assessment_center.registry import Actor, RefusedError
from assessment_center.workflow import advance


@transaction.atomic
def create_plan(
    *, actor: Actor, centre: AssessmentCentre, year: int, notes: str = "", training: str = ""
) -> AnnualPlan:
    """Start the plan of a year; there is one a year."""
    require_act(actor, Act.BATCH_PLAN, _("编制年度计划"))
    if AnnualPlan.objects.filter(centre=centre, year=year).exists():
        raise RefusedError(
            _("%(year)s 年的计划已经有了。") % {"year": year}, remedy=_("请在原计划中修改。")
        )
    plan = AnnualPlan(centre=centre, year=year, notes=notes, training=training)
    plan.full_clean()
    plan.save()
    record(actor=actor, verb="plan.create", subject=plan.subject, payload={"year": year})
    return plan


def _open_plan(plan: AnnualPlan) -> AnnualPlan:
    locked = AnnualPlan.objects.select_for_update().get(pk=plan.pk)
    if locked.status != PlanStatus.DRAFT:
        raise RefusedError(_("计划已批准，不能再改。"), remedy=_("请另作补充计划。"))
    return locked


@transaction.atomic
def add_plan_line(
    *,
    actor: Actor,
    plan: AnnualPlan,
    occupation: Occupation,
    forecast: int,
    planned_month: int,
    level: int | None = None,
    job: Job | None = None,
    paper_source: str = "own_bank",
) -> AnnualPlanLine:
    """Add one project with its forecast number and month."""
    require_act(actor, Act.BATCH_PLAN, _("编制年度计划"))
    line = AnnualPlanLine(
        plan=_open_plan(plan),
        occupation=occupation,
        job=job,
        level=level,
        forecast=forecast,
        planned_month=planned_month,
        paper_source=paper_source,
    )
    line.full_clean()
    line.save()
    record(
        actor=actor,
        verb="plan.add_line",
        subject=plan.subject,
        payload={"occupation": str(occupation), "level": level, "forecast": forecast},
    )
    return line


@transaction.atomic
def remove_plan_line(*, actor: Actor, line: AnnualPlanLine) -> None:
    """Take a project out of a plan that is not approved yet."""
    require_act(actor, Act.BATCH_PLAN, _("编制年度计划"))
    plan = _open_plan(line.plan)
    payload = {"occupation": str(line.occupation), "level": line.level}
    line.delete()
    record(actor=actor, verb="plan.remove_line", subject=plan.subject, payload=payload)


def approve_plan(*, actor: Actor, plan: AnnualPlan, at: datetime | None = None) -> AnnualPlan:
    """Approve the plan; from then on it stands."""
    return advance(
        machine=PLAN,
        subject=plan,
        move="approve",
        actor=actor,
        updates={"approved_at": at or timezone.now()},
    )


@transaction.atomic
def file_plan(
    *, actor: Actor, plan: AnnualPlan, filed_on: date, receipt_number: str = ""
) -> AnnualPlan:
    """The approved plan was handed to the authority on that day (R-04).

    The receipt may come later; day and receipt are entered once each.
    """
    require_act(actor, Act.REPORT, _("登记计划报送"))
    locked = AnnualPlan.objects.select_for_update().get(pk=plan.pk)
    if locked.status != PlanStatus.APPROVED or locked.approved_at is None:
        raise RefusedError(_("计划还没有批准。"), remedy=_("请先批准年度计划。"))
    if locked.filing_receipt:
        raise RefusedError(_("计划的报送日期和回执已经登记，不能再改。"))
    if locked.filed_on not in (None, filed_on):
        raise RefusedError(_("计划的报送日期已经登记，只能补登回执。"))
    if filed_on > timezone.localdate():
        raise RefusedError(_("报送日期不能晚于今天。"))
    if filed_on < timezone.localdate(locked.approved_at):
        raise RefusedError(_("报送日期不能早于计划批准的日期。"))
    locked.filed_on, locked.filing_receipt = filed_on, receipt_number.strip()
    locked.full_clean(exclude=["centre"])
    locked.save(update_fields=["filed_on", "filing_receipt"])
    payload = {"filed_on": filed_on.isoformat(), "receipt": locked.filing_receipt}
    record(actor=actor, verb="plan.file", subject=locked.subject, payload=payload)
    return locked


@transaction.atomic
def write_summary(
    *,
    actor: Actor,
    plan: AnnualPlan,
    summary: str,
    reported_on: date | None = None,
    receipt_number: str = "",
) -> AnnualPlan:
    """Keep the year's summary, and once it was reported on which day under which receipt (R-05)."""
    require_act(actor, Act.REPORT, _("填写年度总结"))
    locked = AnnualPlan.objects.select_for_update().get(pk=plan.pk)
    if locked.status != PlanStatus.APPROVED:
        raise RefusedError(_("计划还没有批准。"), remedy=_("请先批准年度计划。"))
    if locked.reported_on is not None:
        raise RefusedError(_("总结已经报送，不能再改。"))
    if not summary.strip():
        raise RefusedError(_("请填写工作总结。"))
    if reported_on is not None and reported_on > timezone.localdate():
        raise RefusedError(_("报送日期不能晚于今天。"))
    locked.summary, locked.reported_on = summary.strip(), reported_on
    locked.receipt_number = receipt_number.strip()
    locked.full_clean(exclude=["centre"])
    locked.save(update_fields=["summary", "reported_on", "receipt_number"])
    payload = {"reported_on": reported_on.isoformat() if reported_on else None}
    record(actor=actor, verb="plan.summary", subject=locked.subject, payload=payload)
    return locked
