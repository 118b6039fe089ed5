"""One piece of equipment: its facts, calibrations, care, loans and damage."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.office import UNPROCESSABLE, act, actor_of, office_view, render_office
from exams.equipment import forms, piece_forms, selectors, services
from exams.equipment.basis import articles_now
from exams.models import Equipment

CITED = {"calibrated": "EQP-07", "cared": "EQP-04", "lent": "EQP-09", "broken_by": "EQP-06"}


def url_of(one: Equipment) -> str:
    return reverse("exams_office:equipment_one", args=[one.pk])


def draw(request: HttpRequest, one: Equipment, *, status: int = 200, **bound: Any) -> HttpResponse:
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
        "calibration": piece_forms.CalibrationForm(initial={"done_on": today}),
        "care": piece_forms.CareForm(initial={"done_on": today}),
        "loan": piece_forms.LoanForm(initial={"starts_on": today}),
        "damage": piece_forms.DamageForm(equipment=one, initial={"at": now}),
        "plan": piece_forms.PlanForm(),
        "back": piece_forms.ReturnForm(initial={"on": today}),
        "settle": piece_forms.SettleForm(initial={"on": today}),
        **bound,
    }
    return render_office(request, "office/exams/equipment/one.html", context, status=status)


@office_view(Act.EXAM_VIEW, methods=("GET", "HEAD"))
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything known of one piece."""
    return draw(request, get_object_or_404(Equipment, pk=pk))


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
