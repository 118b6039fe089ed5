"""Rooms drawn as a picture, when they are used, and looked over before a sitting."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.office import UNPROCESSABLE, act, actor_of, office_view, render_office
from exams import services
from exams.models import Room, SittingRoom
from exams.rules import room_picture

RECENT = timedelta(days=7)
MARK_WORDS = {
    room_picture.SEAT: gettext_lazy("座位"),
    room_picture.AISLE: gettext_lazy("过道（不设座）"),
    room_picture.BROKEN: gettext_lazy("损坏"),
    room_picture.RESERVED: gettext_lazy("备用（留给补排）"),
    room_picture.ACCESSIBLE: gettext_lazy("无障碍"),
}


class LayoutForm(forms.Form):
    picture = forms.CharField(
        label=gettext_lazy("布局"),
        widget=forms.Textarea({"rows": 8, "spellcheck": "false", "class": "room-text"}),
        help_text=gettext_lazy(
            "一行一排，讲台在上：座、空（过道）、坏、备（补排）、轮（无障碍）。"
        ),
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("最多使用座位数"),
        required=False,
        min_value=1,
        help_text=gettext_lazy("不填则好的座位都用。"),
    )

    def __init__(self, *args: Any, room: Room, **more: Any) -> None:
        """Where there are workstations, they say how many are used."""
        super().__init__(*args, **more)
        if room.stations.exists():
            del self.fields["capacity"]


def picture_of(room: Room) -> str:
    marked = {
        kind: [(row, column) for row, column in getattr(room, kind)]
        for kind in ("blocked", "broken", "reserved", "accessible")
    }
    return room_picture.draw(room.rows, room.columns, **marked)


@office_view(Act.EXAM_VIEW, methods=("GET", "HEAD"))
def places(request: HttpRequest) -> HttpResponse:
    """Every room with its seats, and its next uses."""
    rooms = Room.objects.select_related("site").order_by("site__name", "name")
    coming: dict[UUID, list[SittingRoom]] = {}
    uses = SittingRoom.objects.filter(sitting__ends_at__gte=timezone.now() - RECENT)
    for use in uses.select_related("sitting__batch").order_by("sitting__starts_at"):
        coming.setdefault(use.room_id, []).append(use)
    listed = [(room, coming.get(room.pk, [])) for room in rooms]
    return render_office(request, "office/exams/places.html", {"rooms": listed})


@office_view(Act.EXAM_VIEW, methods=("GET", "HEAD", "POST"))
def layout(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The room as a picture to click on, or as text; below it, when it is used."""
    room = get_object_or_404(Room.objects.select_related("site"), pk=pk)
    form = LayoutForm(request.POST or None, room=room, initial={"picture": picture_of(room)})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        return act(
            request,
            lambda: services.draw_room(actor=actor_of(request), room=room, **values),
            done=_("布局已保存。"),
            back=reverse("exams_office:layout", args=[room.pk]),
        )
    uses = room.uses.select_related("sitting__batch").order_by("-sitting__starts_at")[:30]
    context = {"room": room, "form": form, "marks": list(MARK_WORDS.items()), "uses": uses}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render_office(request, "office/exams/layout.html", context, status=status)
