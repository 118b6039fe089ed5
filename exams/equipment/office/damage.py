"""Damage of one piece, how it was settled, and plans for the piece."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.office import UNPROCESSABLE, act, actor_of, office_view
from exams.equipment import piece_forms, services
from exams.equipment.office.one import draw, url_of
from exams.models import Damage, Equipment


@office_view(Act.EXAM_RECORD, methods=("POST",))
def damage(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Damage, wear or loss noted."""
    one = get_object_or_404(Equipment, pk=pk)
    form = piece_forms.DamageForm(request.POST, equipment=one)
    if not form.is_valid():
        return draw(request, one, status=UNPROCESSABLE, damage=form)
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
    form = piece_forms.SettleForm(request.POST)
    if not form.is_valid():
        return draw(request, found.equipment, status=UNPROCESSABLE, settle=form)
    return act(
        request,
        lambda: services.settle_damage(actor=actor_of(request), damage=found, **form.cleaned_data),
        done=_("处理结果已登记。"),
        back=url_of(found.equipment),
    )


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A plan to rebuild, renew or scrap this piece."""
    one, form = get_object_or_404(Equipment, pk=pk), piece_forms.PlanForm(request.POST)
    if not form.is_valid():
        return draw(request, one, status=UNPROCESSABLE, plan=form)
    return act(
        request,
        lambda: services.ask_plan(actor=actor_of(request), equipment=one, **form.cleaned_data),
        done=_("计划已提出，待负责人批准。"),
        back=url_of(one),
    )
