"""Loans of one piece."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.office import UNPROCESSABLE, act, actor_of, office_view
from assessment_center.registry import RefusedError
from exams.equipment import piece_forms, services
from exams.equipment.office.one import draw, url_of
from exams.models import Equipment, Loan


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def lend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A loan asked for."""
    one, form = get_object_or_404(Equipment, pk=pk), piece_forms.LoanForm(request.POST)
    if not form.is_valid():
        return draw(request, one, status=UNPROCESSABLE, loan=form)
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
        form = piece_forms.ReturnForm(request.POST)
        if not form.is_valid():
            return draw(request, found.equipment, status=UNPROCESSABLE, back=form)
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
