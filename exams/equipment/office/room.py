"""The equipment of a room in a sitting: what may be used that day, checked before and after."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.office import UNPROCESSABLE, act, actor_of, office_view, render_office
from exams.equipment import forms, room_selectors, selectors, services
from exams.equipment.basis import articles
from exams.equipment.enums import CheckMoment
from exams.equipment.services.session import ENDED
from exams.models import SittingRoom
from exams.policies import exam_day
from exams.selectors import room_by_id


def _page(
    request: HttpRequest, room: SittingRoom, *, status: int = 200, **bound: Any
) -> HttpResponse:
    sitting = room.sitting
    moment = CheckMoment.AFTER if sitting.status in ENDED else CheckMoment.BEFORE
    context = {
        "room": room,
        "batch": sitting.batch,
        "day": exam_day(sitting),
        "lines": selectors.lines(room_selectors.in_room(room), exam_day(sitting)),
        "checks": room_selectors.checks_of(room),
        "cited": articles("EQP-05", sitting.batch.rules),
        "form": forms.CheckForm(initial={"moment": moment.value}),
        **bound,
    }
    return render_office(request, "office/exams/equipment/room.html", context, status=status)


@office_view(Act.EXAM_VIEW, methods=("GET", "HEAD"))
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _page(request, room_by_id(pk))


@office_view(Act.EXAM_RECORD, methods=("POST",))
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Looked over before the session, or cleared up after it."""
    room, form = room_by_id(pk), forms.CheckForm(request.POST)
    if not form.is_valid():
        return _page(request, room, status=UNPROCESSABLE, form=form)
    told = dict(form.cleaned_data)
    sound = not told.pop("faulty")
    return act(
        request,
        lambda: services.check_room(actor=actor_of(request), room=room, sound=sound, **told),
        done=lambda made: f"{made.get_moment_display()}：{_('已登记。')}",
        back=reverse("exams_office:room_equipment", args=[room.pk]),
    )
