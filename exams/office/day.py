"""The day: which rooms are still to be recorded, and the entry page of one room."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.batches.selectors import batch_by_code
from assessment_center.office import act, actor_of, office_view, render_office
from exams import services
from exams.forms import IncidentForm, SubmitForm, ViolationForm, names_in
from exams.models import RoomRecord, SittingRoom
from exams.office.early import look_at
from exams.office.grid import grid_of
from exams.selectors import (
    incidents_of,
    records_of,
    room_by_id,
    seats_of,
    sitting_by_id,
    sittings_of,
    violations_of,
)


def room_url(room: SittingRoom) -> str:
    return reverse("exams_office:room", args=[room.pk])


@office_view(Act.EXAM_VIEW, methods=("GET", "HEAD"))
def day(request: HttpRequest, code: str) -> HttpResponse:
    """Sittings with their room records."""
    batch = batch_by_code(code)
    context = {
        "batch": batch,
        "sittings": sittings_of(batch),
        "records": {record.sitting_room_id: record for record in records_of(batch)},
        "violations": violations_of(batch),
        "incidents": incidents_of(batch),
    }
    return render_office(request, "office/exams/day.html", context)


@office_view(Act.EXAM_RECORD, methods=("POST",))
def start(request: HttpRequest, pk: UUID) -> HttpResponse:
    sitting = sitting_by_id(pk)
    return act(
        request,
        lambda: services.start_sitting(actor=actor_of(request), sitting=sitting),
        done=_("本场已开考，可以登记考场情况。"),
        back=reverse("exams_office:day", args=[sitting.batch.code]),
    )


def _states(seats: list[Any]) -> tuple[set[UUID], set[UUID]]:
    entered = [(seat.pk, getattr(seat, "attendance", None)) for seat in seats]
    gone = {pk for pk, each in entered if each and each.state == "absent"}
    late = {pk for pk, each in entered if each and each.state == "late_refused"}
    return gone, late


def _page(request: HttpRequest, room: SittingRoom, **forms: Any) -> HttpResponse:
    look_at(request, room.sitting)
    seats = list(seats_of([room]))
    gone, late = _states(seats)
    sheet = RoomRecord.objects.filter(sitting_room=room).first()
    start_at = {"happened_at": room.sitting.starts_at}
    counts = (
        {"present": sheet.present, "absent": sheet.absent, "late_refused": sheet.late_refused}
        if sheet
        else {}
    )
    context = {
        "room": room,
        "batch": room.sitting.batch,
        "sheet": sheet,
        "grid": grid_of(room.room, seats),
        "gone": gone,
        "late": late,
        "violations": violations_of(room.sitting.batch).filter(assignment__sitting_room=room),
        "violation": ViolationForm(room=room, initial=start_at),
        "incident": IncidentForm(initial=start_at),
        "submit": SubmitForm(initial=counts),
        **forms,
    }
    return render_office(request, "office/exams/room.html", context)


@office_view(Act.EXAM_VIEW, methods=("GET", "HEAD"))
def room_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Click the absent, enter what happened, submit."""
    return _page(request, room_by_id(pk))


def _keys(request: HttpRequest, state: str) -> list[UUID]:
    """The seats posted with this state; a key that is no key is left out."""
    found = []
    for name, value in request.POST.items():
        if name.startswith("seat-") and value == state:
            try:
                found.append(UUID(name.removeprefix("seat-")))
            except ValueError:
                continue
    return found


@office_view(Act.EXAM_RECORD, methods=("POST",))
def attendance(request: HttpRequest, pk: UUID) -> HttpResponse:
    room = room_by_id(pk)
    return act(
        request,
        lambda: services.record_attendance(
            actor=actor_of(request),
            room=room,
            absent=_keys(request, "absent"),
            late_refused=_keys(request, "late_refused"),
        ),
        done=lambda sheet: (
            _("到考情况已登记：实考 %(present)s 人，缺考 %(absent)s 人。")
            % {"present": sheet.present, "absent": sheet.absent}
        ),
        back=room_url(room),
        otherwise=room_url(room),
    )


def _invalid(request: HttpRequest, room: SittingRoom, **forms: Any) -> HttpResponse:
    messages.error(request, _("请改正标出的各项。"))
    return _page(request, room, **forms)


@office_view(Act.EXAM_RECORD, methods=("POST",))
def violation(request: HttpRequest, pk: UUID) -> HttpResponse:
    room = room_by_id(pk)
    form = ViolationForm(request.POST, room=room)
    if not form.is_valid():
        return _invalid(request, room, violation=form)
    values = form.cleaned_data
    return act(
        request,
        lambda: services.record_violation(
            actor=actor_of(request),
            assignment=values["seat"],
            act_code=values["act"],
            description=values["description"],
            recorder=values["recorder"],
            witness=values["witness"],
            happened_at=values["happened_at"],
            corrected=values["corrected"],
        ),
        done=lambda made: _("已登记：%(text)s") % {"text": made.consequence},
        back=room_url(room),
        otherwise=room_url(room),
    )


@office_view(Act.EXAM_RECORD, methods=("POST",))
def incident(request: HttpRequest, pk: UUID) -> HttpResponse:
    room = room_by_id(pk)
    form = IncidentForm(request.POST)
    if not form.is_valid():
        return _invalid(request, room, incident=form)
    return act(
        request,
        lambda: services.record_incident(
            actor=actor_of(request), sitting=room.sitting, room=room, **form.cleaned_data
        ),
        done=_("突发事件已登记。"),
        back=room_url(room),
    )


@office_view(Act.EXAM_RECORD, methods=("POST",))
def submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    room = room_by_id(pk)
    form = SubmitForm(request.POST)
    if not form.is_valid():
        return _invalid(request, room, submit=form)
    values = {**form.cleaned_data, "proctors": names_in(form.cleaned_data["proctors"])}
    return act(
        request,
        lambda: services.submit_room_record(actor=actor_of(request), room=room, **values),
        done=_("考场记录已提交。"),
        back=reverse("exams_office:day", args=[room.sitting.batch.code]),
        otherwise=room_url(room),
    )
