"""Calibrations and maintenance of one piece."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.office import UNPROCESSABLE, act, actor_of, office_view
from exams.equipment import piece_forms, services
from exams.equipment.office.one import draw, url_of
from exams.models import Calibration, Equipment


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def calibrate(request: HttpRequest, pk: UUID) -> HttpResponse:
    one, form = get_object_or_404(Equipment, pk=pk), piece_forms.CalibrationForm(request.POST)
    if not form.is_valid():
        return draw(request, one, status=UNPROCESSABLE, calibration=form)
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
    one, form = get_object_or_404(Equipment, pk=pk), piece_forms.CareForm(request.POST)
    if not form.is_valid():
        return draw(request, one, status=UNPROCESSABLE, care=form)
    return act(
        request,
        lambda: services.maintain(actor=actor_of(request), equipment=one, **form.cleaned_data),
        done=_("维护维修已登记。"),
        back=url_of(one),
    )
