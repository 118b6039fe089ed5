"""Workstations of a room: entered, changed, taken away; they make its seats (VEN-11)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.catalog.models import Occupation
from assessment_center.registry import Actor, RefusedError
from exams.enums import RoomKind
from exams.models import Equipment, Room, Workstation
from exams.policies import require_act
from exams.services.places import require_unused


@dataclass(frozen=True, slots=True)
class Station:
    """A workstation as it shall be."""

    number: int
    name: str = ""
    capacity: int = 1
    is_usable: bool = True
    occupations: Sequence[Occupation] = field(default=())


@transaction.atomic
def save_stations(*, actor: Actor, room: Room, stations: Sequence[Station]) -> Room:
    """Make these the workstations of a room; its capacity is what the usable ones take.

    Without any, every seat of the layout is a workstation again. Refuses a room that is no
    workshop, a number given twice, more people than the layout has places, none that is usable, a
    number whose equipment still stands there, and other seats while a sitting uses the room.
    """
    require_act(actor, Act.EXAM_ARRANGE, _("登记工位"))
    locked = Room.objects.select_for_update().get(pk=room.pk)
    if locked.kind != RoomKind.PRACTICAL:
        raise RefusedError(_("只有技能考场登记工位。"))
    seats = _seats(locked, stations)
    if seats != locked.capacity or _shape(locked) != _wanted(stations):
        require_unused(locked)
    _refuse_equipped(locked, stations)
    _write(locked, stations)
    locked.capacity = seats
    locked.full_clean()
    locked.save(update_fields=["capacity"])
    payload = {"name": locked.name, "stations": len(stations), "seats": seats}
    record(actor=actor, verb="exams.stations_save", subject=locked.subject, payload=payload)
    return locked


def _seats(room: Room, stations: Sequence[Station]) -> int:
    numbers = [each.number for each in stations]
    if len(set(numbers)) != len(numbers):
        raise RefusedError(_("工位号不能重复。"))
    if not stations:
        return len(room.places)
    seats = sum(each.capacity for each in stations if each.is_usable)
    if not seats:
        raise RefusedError(_("至少要有一个可以使用的工位。"))
    if seats > len(room.places):
        raise RefusedError(
            _("工位共容 %(seats)s 人，布局中只有 %(places)s 个位置。")
            % {"seats": seats, "places": len(room.places)},
            remedy=_("请先在布局中增加排或列。"),
        )
    return seats


def _shape(room: Room) -> list[tuple[int, int, bool]]:
    rows = room.stations.order_by("number")
    return list(rows.values_list("number", "capacity", "is_usable"))


def _wanted(stations: Sequence[Station]) -> list[tuple[int, int, bool]]:
    return sorted((each.number, each.capacity, each.is_usable) for each in stations)


def _refuse_equipped(room: Room, stations: Sequence[Station]) -> None:
    if not stations:
        return
    numbers = [each.number for each in stations]
    left = Equipment.objects.filter(room=room, station__isnull=False).exclude(station__in=numbers)
    one = left.order_by("station").first()
    if one is not None:
        raise RefusedError(
            _("%(station)s 号工位还有设备%(one)s。") % {"station": one.station, "one": one},
            remedy=_("请先在设备台账中把它移走。"),
        )


def _write(room: Room, stations: Sequence[Station]) -> None:
    room.stations.exclude(number__in=[each.number for each in stations]).delete()
    for each in stations:
        facts = {"name": each.name.strip(), "capacity": each.capacity, "is_usable": each.is_usable}
        made = Workstation.objects.filter(room=room, number=each.number).first()
        made = made or Workstation(room=room, number=each.number)
        for name, value in facts.items():
            setattr(made, name, value)
        try:
            made.full_clean()
        except ValidationError as faults:
            raise RefusedError(" ".join(faults.messages)) from faults
        made.save()
        made.occupations.set(each.occupations)
