"""One piece of equipment: its facts, calibrations, care, loans and damage."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.office import act, actor_of, office_view, render_office
from assessment_center.registry import RefusedError
from exams.equipment import forms, selectors, services
from exams.equipment.basis import articles_now
from exams.models import Calibration, Damage, Equipment, Loan

UNPROCESSABLE = 422
CITED = {"calibrated": "EQP-07", "cared": "EQP-04", "lent": "EQP-09", "broken_by": "EQP-06"}


def url_of(one: Equipment) -> str:
    return reverse("exams_office:equipment_one", args=[one.pk])


def _page(request: HttpRequest, one: Equipment, *, status: int = 200, **bound: Any) -> HttpResponse:
    today = timezone.localdate()
    now = timezone.localtime()
    line = selectors.lines(Equipment.objects.filter(pk=one.pk), today)[0]
    context = {
        "one": line.equipment,
        "line": line,
        "calibrations": one.calibrations.all(),
        "maintenance": one.maintenance.select_related("member__person"),
        "loans": one.loans.select_related("borrower__person", "asked_by", "approved_by"),
        "damages": one.damages.select_related("sitting__batch", "noted_by__person"),
        "plans": one.plans.select_related("decided_by"),
        "basis": {name: articles_now(row) for name, row in CITED.items()},
        "calibration": forms.CalibrationForm(initial={"done_on": today}),
        "care": forms.CareForm(initial={"done_on": today}),
        "loan": forms.LoanForm(initial={"starts_on": today}),
        "damage": forms.DamageForm(equipment=one, initial={"at": now}),
        "plan": forms.PlanForm(),
        "back": forms.ReturnForm(initial={"on": today}),
        "settle": forms.SettleForm(initial={"on": today}),
        **bound,
    }
    return render_office(request, "office/exams/equipment/one.html", context, status=status)


@office_view(Act.EXAM_VIEW, methods=("GET", "HEAD"))
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything known of one piece."""
    return _page(request, get_object_or_404(Equipment, pk=pk))


@office_view(Act.EXAM_ARRANGE)
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Its line of the ledger."""
    one = get_object_or_404(Equipment, pk=pk)
    form = forms.LedgerForm(request.POST or None, instance=Equipment.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        return act(
            request,
            lambda: services.change_equipment(
                actor=actor_of(request), equipment=one, values=form.cleaned_data
            ),
            done=_("台账已改正。"),
            back=url_of(one),
        )
    context = {"form": form, "one": one}
    status = UNPROCESSABLE if form.errors else 200
    return render_office(request, "office/exams/equipment/line.html", context, status=status)


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def calibrate(request: HttpRequest, pk: UUID) -> HttpResponse:
    one, form = get_object_or_404(Equipment, pk=pk), forms.CalibrationForm(request.POST)
    if not form.is_valid():
        return _page(request, one, status=UNPROCESSABLE, calibration=form)
    return act(
        request,
        lambda: services.calibrate(
            actor=actor_of(request), equipment=one, measured=services.Measured(**form.cleaned_data)
        ),
        done=_("检定已登记。"),
        back=url_of(one),
    )


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def void(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A calibration that was entered wrongly."""
    found = get_object_or_404(Calibration.objects.select_related("equipment"), pk=pk)
    reason = request.POST.get("reason", "")[:200]
    return act(
        request,
        lambda: services.void_calibration(
            actor=actor_of(request), calibration=found, reason=reason
        ),
        done=_("检定记录已作废。"),
        back=url_of(found.equipment),
    )


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def maintain(request: HttpRequest, pk: UUID) -> HttpResponse:
    one, form = get_object_or_404(Equipment, pk=pk), forms.CareForm(request.POST)
    if not form.is_valid():
        return _page(request, one, status=UNPROCESSABLE, care=form)
    return act(
        request,
        lambda: services.maintain(actor=actor_of(request), equipment=one, **form.cleaned_data),
        done=_("维护维修已登记。"),
        back=url_of(one),
    )


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def lend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A loan asked for."""
    one, form = get_object_or_404(Equipment, pk=pk), forms.LoanForm(request.POST)
    if not form.is_valid():
        return _page(request, one, status=UNPROCESSABLE, loan=form)
    return act(
        request,
        lambda: services.ask_loan(actor=actor_of(request), equipment=one, **form.cleaned_data),
        done=_("借领已提出，待领导批准。"),
        back=url_of(one),
    )


@office_view((Act.EXAM_ARRANGE, Act.EQUIPMENT_APPROVE), methods=("POST",))
def loan(request: HttpRequest, pk: UUID, move: str) -> HttpResponse:
    """A loan approved, refused, brought back, or taken back with its fault."""
    found = get_object_or_404(Loan.objects.select_related("equipment"), pk=pk)
    actor, reason = actor_of(request), request.POST.get("reason", "")[:200]
    acts: dict[str, Callable[[], Loan]] = {
        "approve": lambda: services.decide_loan(actor=actor, loan=found, approved=True),
        "refuse": lambda: services.decide_loan(
            actor=actor, loan=found, approved=False, reason=reason
        ),
        "accept": lambda: services.accept_return(actor=actor, loan=found),
    }
    if move == "return":
        form = forms.ReturnForm(request.POST)
        if not form.is_valid():
            return _page(request, found.equipment, status=UNPROCESSABLE, back=form)
        told = dict(form.cleaned_data)
        sound = not told.pop("faulty")
        acts["return"] = lambda: services.return_loan(actor=actor, loan=found, sound=sound, **told)
    return act(
        request,
        acts.get(move, _no_step),
        done=lambda one: f"{one.equipment}：{one.get_state_display()}",
        back=url_of(found.equipment),
    )


def _no_step() -> Loan:
    raise RefusedError(_("没有这个步骤。"))


@office_view(Act.EXAM_RECORD, methods=("POST",))
def damage(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Damage, wear or loss noted."""
    one = get_object_or_404(Equipment, pk=pk)
    form = forms.DamageForm(request.POST, equipment=one)
    if not form.is_valid():
        return _page(request, one, status=UNPROCESSABLE, damage=form)
    told = dict(form.cleaned_data)
    sitting = told.pop("sitting")
    return act(
        request,
        lambda: services.note_damage(
            actor=actor_of(request), equipment=one, harm=services.Harm(**told), sitting=sitting
        ),
        done=_("已登记；修复或报损以前不计入可用数量。"),
        back=url_of(one),
    )


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Damage.objects.select_related("equipment"), pk=pk)
    form = forms.SettleForm(request.POST)
    if not form.is_valid():
        return _page(request, found.equipment, status=UNPROCESSABLE, settle=form)
    return act(
        request,
        lambda: services.settle_damage(actor=actor_of(request), damage=found, **form.cleaned_data),
        done=_("处理结果已登记。"),
        back=url_of(found.equipment),
    )


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A plan to rebuild, renew or scrap this piece."""
    one, form = get_object_or_404(Equipment, pk=pk), forms.PlanForm(request.POST)
    if not form.is_valid():
        return _page(request, one, status=UNPROCESSABLE, plan=form)
    return act(
        request,
        lambda: services.ask_plan(actor=actor_of(request), equipment=one, **form.cleaned_data),
        done=_("计划已提出，待负责人批准。"),
        back=url_of(one),
    )
