"""Correcting seats: what a move would break is shown before it is done; late ones; the record."""

import json
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.office import act, actor_of, office_view, refusal_text, render_office, see
from assessment_center.registry import RefusedError
from exams import services
from exams.models import SeatAssignment, Sitting, SittingRoom
from exams.office.seat_forms import NeedForm, PlaceForm, SeatingForm
from exams.selectors import sitting_by_id


def _sitting_url(sitting: Sitting) -> str:
    return reverse("exams_office:sitting", args=[sitting.pk])


def _seat(pk: UUID) -> SeatAssignment:
    found = SeatAssignment.objects.select_related(
        "sitting__batch__rulebook_version", "sitting_room__room__site", "application__person"
    )
    return get_object_or_404(found, pk=pk)


@office_view(Act.EXAM_ARRANGE, methods=("GET", "HEAD", "POST"))
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose a place, see every rule the move would break, then do it with the reason."""
    seat = _seat(pk)
    sitting = seat.sitting
    given = request.POST if request.method == "POST" else request.GET
    form = PlaceForm(given or None, sitting=sitting, initial={"room": seat.sitting_room_id})
    context = {"seat": seat, "sitting": sitting, "batch": sitting.batch, "form": form}
    if given and form.is_valid():
        values = form.cleaned_data
        place = {"room": values["room"].pk, "row": values["row"], "column": values["column"]}
        if request.method == "POST":
            return _move(request, seat, values["room"], place)
        try:
            context["move"] = services.judge_move(sitting=sitting, seat=seat.pk, **place)
        except RefusedError as refused:
            context["refused"] = refusal_text(refused)
    return render_office(request, "office/exams/move.html", context)


def _move(
    request: HttpRequest, seat: SeatAssignment, room: SittingRoom, place: dict[str, object]
) -> HttpResponse:
    accepted = request.POST.get("accepted", "")
    return act(
        request,
        lambda: services.move_seat(
            actor=actor_of(request),
            sitting=seat.sitting,
            seat=seat.pk,
            reason=request.POST.get("reason", ""),
            accepted=int(accepted) if accepted.isdecimal() else 0,
            **place,  # type: ignore[arg-type]
        ),
        done=_("座位已调整，相关打印件已标为过期。"),
        back=reverse("exams_office:chart", args=[room.pk]),
        otherwise=f"{reverse('exams_office:move', args=[seat.pk])}?room={place['room']}"
        f"&row={place['row']}&column={place['column']}",
    )


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def renew(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take out who withdrew, seat who came late; nobody else moves."""
    sitting = sitting_by_id(pk)
    found: list[services.Renewed] = []
    response = act(
        request,
        lambda: found.append(services.renew_list(actor=actor_of(request), sitting=sitting)),
        done=lambda _none: (
            _("补排 %(new)s 人，退出 %(gone)s 人，其余考生座位不变。")
            % {"new": len(found[0].placed), "gone": found[0].gone}
        ),
        back=lambda _none: _sitting_url(sitting),
        otherwise=_sitting_url(sitting),
    )
    for done in found:
        if done.beside_same:
            messages.warning(request, _("%(n)s 人与同卷考生相邻。") % {"n": done.beside_same})
        if done.left:
            messages.warning(request, _("还有 %(n)s 人没有空位。") % {"n": done.left})
    return response


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def seating(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How the next draw seats."""
    sitting = sitting_by_id(pk)
    form = SeatingForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请改正标出的各项。"))
        return see(_sitting_url(sitting))
    return act(
        request,
        lambda: services.set_seating(actor=actor_of(request), sitting=sitting, **form.cleaned_data),
        done=_("已设定，下次排座时采用。"),
        back=_sitting_url(sitting),
    )


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def need(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A candidate needs an accessible place, or none any more."""
    sitting = sitting_by_id(pk)
    form = NeedForm(request.POST, sitting=sitting)
    if not form.is_valid():
        messages.error(request, _("请改正标出的各项。"))
        return see(_sitting_url(sitting))
    return act(
        request,
        lambda: services.note_need(actor=actor_of(request), **form.cleaned_data),
        done=_("已登记，下次排座或调整时采用。"),
        back=_sitting_url(sitting),
    )


@office_view(Act.EXAM_VIEW, methods=("POST",))
def draw_record(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The record of the confirmed draw, for publication: anybody can repeat it."""
    sitting = sitting_by_id(pk)
    try:
        found = services.publish_record(actor=actor_of(request), sitting=sitting)
    except RefusedError as refused:
        messages.error(request, refusal_text(refused))
        return see(_sitting_url(sitting))
    response = HttpResponse(json.dumps(found), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{sitting.slug}-draw.json"'
    return response
