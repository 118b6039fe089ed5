"""Keepers appointed and dismissed; plans asked for, decided and carried out."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.office import UNPROCESSABLE, act, actor_of, office_view
from assessment_center.registry import RefusedError
from exams.equipment import forms, services
from exams.equipment.enums import ChangeKind
from exams.equipment.office.ledger import draw, home
from exams.models import EquipmentPlan, Keeper

MOVES = {
    "approve": gettext_lazy("计划已批准。"),
    "refuse": gettext_lazy("计划未获批准。"),
    "complete": gettext_lazy("计划已办理。"),
}


@office_view(Act.CENTRE_MANAGE, methods=("POST",))
def appoint(request: HttpRequest) -> HttpResponse:
    form = forms.KeeperForm(request.POST)
    if not form.is_valid():
        return draw(request, status=UNPROCESSABLE, keeper_form=form)
    return act(
        request,
        lambda: services.appoint_keeper(actor=actor_of(request), **form.cleaned_data),
        done=lambda made: _("%(name)s 已任设备保管员。") % {"name": made},
        back=home(),
    )


@office_view(Act.CENTRE_MANAGE, methods=("POST",))
def dismiss(request: HttpRequest, pk: UUID) -> HttpResponse:
    keeper = get_object_or_404(Keeper, pk=pk)
    return act(
        request,
        lambda: services.dismiss_keeper(
            actor=actor_of(request), keeper=keeper, on=timezone.localdate()
        ),
        done=_("保管员已离任。"),
        back=home(),
    )


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def purchase(request: HttpRequest) -> HttpResponse:
    """A plan to buy something that is not in the ledger yet."""
    form = forms.PurchaseForm(request.POST)
    if not form.is_valid():
        return draw(request, status=UNPROCESSABLE, purchase=form)
    return act(
        request,
        lambda: services.ask_plan(
            actor=actor_of(request), kind=ChangeKind.PURCHASE, **form.cleaned_data
        ),
        done=_("购置计划已提出，待负责人批准。"),
        back=home(),
    )


@office_view((Act.EXAM_ARRANGE, Act.EQUIPMENT_APPROVE), methods=("POST",))
def plan(request: HttpRequest, pk: UUID, move: str) -> HttpResponse:
    """A plan approved, refused, or carried out."""
    found = get_object_or_404(EquipmentPlan.objects.select_related("equipment"), pk=pk)

    def do() -> EquipmentPlan:
        if move == "complete":
            return services.complete_plan(actor=actor_of(request), plan=found)
        if move not in MOVES:
            raise RefusedError(_("没有这个步骤。"))
        return services.decide_plan(
            actor=actor_of(request),
            plan=found,
            approved=move == "approve",
            reason=request.POST.get("reason", "")[:200],
        )

    return act(request, do, done=lambda _one: str(MOVES[move]), back=home())
