"""Pages of the annual plan, of opening a batch and of its offerings."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.batches import services
from assessment_center.batches.annual_plan import plan_part
from assessment_center.batches.forms import (
    BatchForm,
    OfferingForm,
    PlanFilingForm,
    PlanForm,
    PlanLineForm,
)
from assessment_center.batches.lifecycle import PLAN
from assessment_center.batches.models import AnnualPlan, AnnualPlanLine, Offering
from assessment_center.batches.office_year import file_of
from assessment_center.batches.selectors import active_centre, batch_by_code
from assessment_center.office import (
    act,
    actor_of,
    office_view,
    post_required,
    refusal_text,
    render_office,
)
from assessment_center.organization.models import AssessmentCentre, FiledScope
from assessment_center.organization.selectors import latest_filing, scope_lines
from assessment_center.registry import Actor, RefusedError
from assessment_center.rulebooks import Rulebook
from assessment_center.rulebooks.selectors import current_versions, rules_of
from assessment_center.workflow import check


def _centre() -> AssessmentCentre:
    centre = active_centre()
    if centre is None:
        raise RefusedError(_("还没有设立认定中心。"), remedy=_("请先登记机构信息。"))
    return centre


def _scope() -> list[FiledScope]:
    return scope_lines(_centre(), timezone.localdate())


def _rulebook() -> str:
    """The rulebook of the centre's filing, which a new batch is opened under as a rule."""
    centre = active_centre()
    filing = latest_filing(centre) if centre else None
    return filing.rulebook_version.code if filing else ""


def _rules(centre: AssessmentCentre) -> Rulebook | None:
    """The rulebook of the centre's last filing, which says what a plan tells and who gets it."""
    filing = latest_filing(centre)
    return rules_of(filing.rulebook_version) if filing else None


@office_view(Act.BATCH_VIEW)
def index(request: HttpRequest) -> HttpResponse:
    """The plans of all years, and the form of a new one."""
    form = PlanForm(request.POST or None, initial={"year": timezone.localdate().year + 1})
    if request.method == "POST" and form.is_valid():
        return act(
            request,
            lambda: services.create_plan(
                actor=actor_of(request), centre=_centre(), **form.cleaned_data
            ),
            done=_("年度计划已建立。"),
            back=lambda plan: reverse("batches_process:plan", args=[plan.year]),
        )
    plans = AnnualPlan.objects.filter(centre=_centre()).prefetch_related("lines")
    return render_office(request, "office/plan/index.html", {"plans": plans, "form": form})


@office_view(Act.BATCH_VIEW)
def plan_page(request: HttpRequest, year: int) -> HttpResponse:
    """One plan: its lines, a form for the next, and the approval."""
    plan = get_object_or_404(AnnualPlan, centre=_centre(), year=year)
    form = PlanLineForm(request.POST or None, scope=_scope())
    here = reverse("batches_process:plan", args=[year])
    if request.method == "POST" and form.is_valid():
        return act(
            request,
            lambda: services.add_plan_line(actor=actor_of(request), plan=plan, **form.cleaned_data),
            done=_("项目已加入计划。"),
            back=here,
        )
    rules = _rules(plan.centre)
    filed = rules.settings.annual_plan_filed if rules else None
    context = {
        "plan": plan,
        "lines": plan.lines.select_related("occupation", "job").order_by("planned_month"),
        "form": form,
        "approve": check(machine=PLAN, subject=plan, move="approve", actor=actor_of(request)),
        "printed": rules is not None,
        "filed": filed if filed and filed.value else None,
        "filing_form": PlanFilingForm(initial={"filed_on": plan.filed_on}, auto_id="filing_%s"),
    }
    return render_office(request, "office/plan/plan.html", context)


@office_view(Act.PLAN_APPROVE)
@post_required
def plan_approve(request: HttpRequest, year: int) -> HttpResponse:
    plan = get_object_or_404(AnnualPlan, centre=_centre(), year=year)
    return act(
        request,
        lambda: services.approve_plan(actor=actor_of(request), plan=plan),
        done=_("年度计划已批准。"),
        back=reverse("batches_process:plan", args=[year]),
    )


@office_view(Act.BATCH_VIEW, methods=("GET",))
def plan_print(request: HttpRequest, year: int) -> HttpResponse:
    """F-201, whether or not a batch belongs to the plan yet."""
    plan = get_object_or_404(AnnualPlan, centre=_centre(), year=year)
    rules = _rules(plan.centre)
    if rules is None:
        raise Http404
    stem, content = plan_part(plan, rules, actor_of(request))
    return file_of(content, "application/pdf", f"{stem}.pdf", attached=False)


@office_view(Act.REPORT)
@post_required
def plan_file(request: HttpRequest, year: int) -> HttpResponse:
    """The day the plan was handed in, and its receipt."""
    plan = get_object_or_404(AnnualPlan, centre=_centre(), year=year)
    form = PlanFilingForm(request.POST)
    return act(
        request,
        lambda: _file_plan(actor_of(request), plan, form),
        done=_("计划报送已登记。"),
        back=reverse("batches_process:plan", args=[year]),
    )


def _file_plan(actor: Actor, plan: AnnualPlan, form: PlanFilingForm) -> AnnualPlan:
    if not form.is_valid():
        raise RefusedError(_("请填写报送日期。"))
    return services.file_plan(actor=actor, plan=plan, **form.cleaned_data)


@office_view(Act.BATCH_PLAN)
@post_required
def plan_line_remove(request: HttpRequest, key: UUID) -> HttpResponse:
    line = get_object_or_404(AnnualPlanLine.objects.select_related("plan"), pk=key)
    return act(
        request,
        lambda: services.remove_plan_line(actor=actor_of(request), line=line),
        done=_("项目已从计划中去掉。"),
        back=reverse("batches_process:plan", args=[line.plan.year]),
    )


@office_view(Act.BATCH_PLAN)
def batch_new(request: HttpRequest) -> HttpResponse:
    """Open a batch under one of the installed rulebooks."""
    form = BatchForm(
        request.POST or None, rulebooks=current_versions(), initial={"rulebook_code": _rulebook()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            batch = services.open_batch(
                actor=actor_of(request), centre=_centre(), **form.cleaned_data
            )
        except RefusedError as refused:
            form.add_error(None, refusal_text(refused))
        else:
            return act(
                request,
                lambda: batch,
                done=_("批次已开设，请设置认定项目。"),
                back=reverse("batches_process:offerings", args=[batch.code]),
            )
    return render_office(request, "office/plan/batch_form.html", {"form": form})


@office_view(Act.BATCH_VIEW)
def offerings(request: HttpRequest, code: str) -> HttpResponse:
    """What the batch offers, and a form for the next offering out of the filed scope."""
    batch = batch_by_code(code)
    form = OfferingForm(
        request.POST or None, scope=scope_lines(batch.centre, batch.exam_starts), rules=batch.rules
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        return act(
            request,
            lambda: services.add_offering(
                actor=actor_of(request),
                batch=batch,
                occupation=data["line"].occupation,
                job=data["line"].job,
                level=data["level"],
                route=data["route"],
                fee_cents=None if data["fee"] is None else int(data["fee"] * 100),
                subjects=data["subjects"],
                paper_source=data["paper_source"],
            ),
            done=_("认定项目已添加。"),
            back=reverse("batches_process:offerings", args=[code]),
        )
    rows = batch.offerings.select_related("occupation", "job", "standard")
    context = {"batch": batch, "offerings": rows, "form": form}
    return render_office(request, "office/plan/offerings.html", context)


@office_view(Act.BATCH_PLAN)
@post_required
def offering_remove(request: HttpRequest, key: UUID) -> HttpResponse:
    offering = get_object_or_404(Offering.objects.select_related("batch"), pk=key)
    return act(
        request,
        lambda: services.remove_offering(actor=actor_of(request), offering=offering),
        done=_("认定项目已去掉。"),
        back=reverse("batches_process:offerings", args=[offering.batch.code]),
    )
