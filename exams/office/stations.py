"""The workstations of a workshop: how many work at each, for which occupations, with what."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.batches.models import Offering
from assessment_center.catalog.models import Occupation
from assessment_center.office import UNPROCESSABLE, act, actor_of, office_view, render_office, see
from assessment_center.organization.models import FiledScope
from exams import services
from exams.equipment import services as equipment
from exams.equipment.enums import Standing
from exams.models import Equipment, Room, Workstation

MORE = 3  # empty rows for further workstations


class StationForm(forms.Form):
    """One workstation; a row without a number is left out."""

    number = forms.IntegerField(label=gettext_lazy("工位号"), min_value=1, required=False)
    name = forms.CharField(label=gettext_lazy("名称"), max_length=60, required=False)
    capacity = forms.IntegerField(
        label=gettext_lazy("同时作业人数"), min_value=1, max_value=20, initial=1
    )
    occupations = forms.ModelMultipleChoiceField(
        Occupation.objects.none(),
        label=gettext_lazy("适用职业（不选则都适用）"),
        required=False,
        widget=forms.SelectMultiple({"size": 3}),
    )
    is_usable = forms.BooleanField(label=gettext_lazy("可以使用"), required=False, initial=True)

    def __init__(self, *args: Any, listed: QuerySet[Occupation], **more: Any) -> None:
        """`listed` has been read: its rows are the choices of every form of the page."""
        super().__init__(*args, **more)
        self.fields["occupations"].queryset = listed  # type: ignore[attr-defined]
        self.fields["occupations"].choices = [  # type: ignore[attr-defined]
            (each.pk, str(each)) for each in listed
        ]


StationForms = forms.formset_factory(StationForm, extra=MORE, max_num=200, absolute_max=203)


def _listed() -> dict[str, QuerySet[Occupation]]:
    """What the centre is filed for, offers, or has workstations for.

    Not the whole classification: two thousand choices at each of thirty workstations.
    """
    known = (
        FiledScope.objects.values("occupation"),
        Offering.objects.values("occupation"),
        Workstation.occupations.through.objects.values("occupation"),
    )
    wanted = Q(pk__in=known[0]) | Q(pk__in=known[1]) | Q(pk__in=known[2])
    return {"listed": Occupation.objects.filter(wanted).order_by("code")}


class EquipForm(forms.Form):
    """A piece of the ledger put at a workstation."""

    piece = forms.ModelChoiceField(Equipment.objects.none(), label=gettext_lazy("设备"))
    station = forms.IntegerField(
        label=gettext_lazy("工位号（不填则属整个考场）"), min_value=1, required=False
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        usable = Equipment.objects.exclude(state=Standing.SCRAPPED).order_by("number")
        self.fields["piece"].queryset = usable  # type: ignore[attr-defined]


def _as_is(room: Room) -> list[dict[str, Any]]:
    """The registered ones; where there are none, one for each seat, to begin with."""
    rows = list(room.stations.prefetch_related("occupations").order_by("number"))
    if not rows:
        return [
            {"number": at, "capacity": 1, "is_usable": True} for at in range(1, room.capacity + 1)
        ]
    return [
        {
            "number": each.number,
            "name": each.name,
            "capacity": each.capacity,
            "is_usable": each.is_usable,
            "occupations": list(each.occupations.all()),
        }
        for each in rows
    ]


def _url(room: Room) -> str:
    return reverse("exams_office:stations", args=[room.pk])


@office_view(Act.EXAM_VIEW, methods=("GET", "HEAD"))
def stations(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every workstation with its equipment, and the forms to change them."""
    return _page(request, get_object_or_404(Room.objects.select_related("site"), pk=pk))


def _page(request: HttpRequest, room: Room, bound: Any = None) -> HttpResponse:
    pieces = Equipment.objects.filter(room=room).exclude(state=Standing.SCRAPPED)
    by_station: dict[int | None, list[Equipment]] = {}
    for piece in pieces.order_by("station", "number"):
        by_station.setdefault(piece.station, []).append(piece)
    rows: list[Workstation] = list(room.stations.prefetch_related("occupations").order_by("number"))
    context = {
        "room": room,
        "rows": [(each, by_station.get(each.number, [])) for each in rows],
        "pieces": by_station,
        "whole": by_station.get(None, []),
        "forms": bound or StationForms(initial=_as_is(room), form_kwargs=_listed()),
        "equip": EquipForm(),
    }
    status = UNPROCESSABLE if bound else 200
    return render_office(request, "office/exams/stations.html", context, status=status)


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def save(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All workstations of the room at once."""
    room = get_object_or_404(Room.objects.select_related("site"), pk=pk)
    rows = StationForms(request.POST, form_kwargs=_listed())
    if not rows.is_valid():
        messages.error(request, _("请改正标出的各项。"))
        return _page(request, room, rows)
    wanted = [
        services.Station(**each)
        for each in (row.cleaned_data for row in rows)
        if each.get("number")
    ]
    return act(
        request,
        lambda: services.save_stations(actor=actor_of(request), room=room, stations=wanted),
        done=lambda saved: _("工位已保存，共容 %(n)s 人。") % {"n": saved.capacity},
        back=lambda _saved: _url(room),
        otherwise=_url(room),
    )


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def equip(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a piece of the ledger at a workstation of the room."""
    room = get_object_or_404(Room.objects.select_related("site"), pk=pk)
    form = EquipForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请改正标出的各项。"))
        return see(_url(room))
    place = {"room": room, "station": form.cleaned_data["station"], "store": ""}
    return act(
        request,
        lambda: equipment.change_equipment(
            actor=actor_of(request), equipment=form.cleaned_data["piece"], values=place
        ),
        done=_("设备已放到工位，台账随之变更。"),
        back=_url(room),
    )
