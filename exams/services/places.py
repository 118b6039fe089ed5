"""Entering sites and rooms."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.registry import Actor, RefusedError
from exams.enums import SittingStatus
from exams.models import Room, SeatAssignment, Site
from exams.policies import require_act
from exams.rules import room_picture

GRID = ("rows", "columns", "blocked", "capacity")
MARKED = ("blocked", "broken", "reserved", "accessible")


@transaction.atomic
def save_site(*, actor: Actor, instance: Site, values: Mapping[str, Any], is_new: bool) -> Site:
    """Enter a site or change it."""
    require_act(actor, Act.EXAM_ARRANGE, _("维护考点"))
    for name, value in values.items():
        setattr(instance, name, value)
    instance.full_clean()
    instance.save(force_insert=is_new)
    verb = "exams.site_enter" if is_new else "exams.site_change"
    record(actor=actor, verb=verb, subject=instance.subject, payload={"name": instance.name})
    return instance


@transaction.atomic
def save_room(*, actor: Actor, instance: Room, values: Mapping[str, Any], is_new: bool) -> Room:
    """Enter a room or change it.

    Refuses marked places outside the grid, more seats than places, and a change of the grid
    while a sitting that is not yet recorded uses the room: its seats would no longer exist. A
    seat may break meanwhile, unless a candidate has it.
    """
    require_act(actor, Act.EXAM_ARRANGE, _("维护考场"))
    stored = None if is_new else Room.objects.select_for_update().get(pk=instance.pk)
    if stored and _differs(stored, values):
        require_unused(stored)
    for name, value in values.items():
        setattr(instance, name, value)
    _check_marks(instance)
    if instance.capacity > len(instance.places):
        raise RefusedError(
            _("可用座位数 %(capacity)s 多于实有座位 %(places)s 个。")
            % {"capacity": instance.capacity, "places": len(instance.places)}
        )
    instance.full_clean()
    instance.save(force_insert=is_new)
    verb = "exams.room_enter" if is_new else "exams.room_change"
    payload = {
        "name": instance.name,
        "grid": [instance.rows, instance.columns],
        "marks": {kind: len(getattr(instance, kind)) for kind in MARKED},
    }
    record(actor=actor, verb=verb, subject=instance.subject, payload=payload)
    return instance


def _differs(stored: Room, values: Mapping[str, Any]) -> bool:
    """Fewer seats because some broke are no other grid."""
    changed = {
        name for name in GRID if values.get(name, getattr(stored, name)) != getattr(stored, name)
    }
    fewer = "broken" in values and values.get("capacity", 0) < stored.capacity
    return bool(changed - {"capacity"} if fewer else changed)


def require_unused(room: Room) -> None:
    """Refuses while a sitting that is not recorded uses the room."""
    if room.uses.exclude(sitting__status=SittingStatus.RECORDED).exists():
        raise RefusedError(
            _("%(room)s 已编入场次，不能改变座位布局。") % {"room": room},
            remedy=_("请先把它从场次中撤下。"),
        )


def _check_marks(room: Room) -> None:
    """Every marked place in order, once and in the grid; no candidate sits on a broken seat."""
    for kind in MARKED:
        setattr(room, kind, _checked(room, getattr(room, kind) or []))
    taken: set[tuple[int, int]] = set()
    for kind in ("blocked", "broken", "reserved"):
        own = {(row, column) for row, column in getattr(room, kind)}
        if taken & own:
            row, column = min(taken & own)
            raise RefusedError(
                _("%(row)s 排 %(column)s 列标了两种用途。") % {"row": row, "column": column}
            )
        taken |= own
    _check_broken(room)


def _check_broken(room: Room) -> None:
    broken = {(row, column) for row, column in room.broken}
    seats = SeatAssignment.objects.filter(sitting_room__room=room.pk).exclude(
        sitting__status=SittingStatus.RECORDED
    )
    for seat in seats.select_related("application__person", "sitting") if broken else ():
        if (seat.row, seat.column) in broken:
            raise RefusedError(
                _("%(row)s 排 %(column)s 列在%(sitting)s中已安排给%(name)s。")
                % {
                    "row": seat.row,
                    "column": seat.column,
                    "sitting": seat.sitting,
                    "name": seat.application.person.name,
                },
                remedy=_("请先在座位图上把考生调到别的座位。"),
            )


def _checked(room: Room, places: list[Any]) -> list[list[int]]:
    """The places in order, each once; refuses what is no place of the grid."""
    found: set[tuple[int, int]] = set()
    for place in places:
        if not isinstance(place, list | tuple) or [type(each) for each in place] != [int, int]:
            raise RefusedError(_("不设座的位置应写成 [[排, 列], …]，例如 [[1, 1], [1, 2]]。"))
        row, column = place
        if not (1 <= row <= room.rows and 1 <= column <= room.columns):
            raise RefusedError(
                _("位置 %(row)s 排 %(column)s 列不在考场内。") % {"row": row, "column": column}
            )
        found.add((row, column))
    return [list(place) for place in sorted(found)]


def draw_room(*, actor: Actor, room: Room, picture: str, capacity: int | None = None) -> Room:
    """Lay a room out as drawn (`rules.room_picture`); without `capacity` every sound seat counts.

    In a workshop its workstations say how many are used, whatever is drawn (VEN-11). Refuses a
    picture that cannot be read or has fewer seats than they need, and what `save_room` refuses.
    """
    try:
        drawn = room_picture.read(picture)
    except room_picture.PictureError as fault:
        raise RefusedError(_picture_fault(fault)) from fault
    values: dict[str, Any] = {
        kind: [list(place) for place in getattr(drawn, kind)] for kind in MARKED
    }
    if room.stations.exists():
        _require_seats(drawn.seats, room.capacity)
        capacity = room.capacity
    most = drawn.seats if capacity is None else min(capacity, drawn.seats)
    same = (room.rows, room.columns, room.blocked) == (
        drawn.rows,
        drawn.columns,
        values["blocked"],
    )
    if not same or capacity is not None or most < room.capacity:
        values |= {"rows": drawn.rows, "columns": drawn.columns, "capacity": most}
    return save_room(actor=actor, instance=room, values=values, is_new=False)


def _require_seats(drawn: int, wanted: int) -> None:
    if drawn < wanted:
        raise RefusedError(
            _("图上好的座位有 %(drawn)s 个，工位同时要用 %(wanted)s 个。")
            % {"drawn": drawn, "wanted": wanted},
            remedy=_("请先改“工位与设备”，再改布局。"),
        )


def _picture_fault(fault: room_picture.PictureError) -> str:
    words = {
        "empty": _("图上没有座位。"),
        "size": _("排数和列数应在 1 至 40 之间。"),
        "width": _("第 %(row)s 排的长短与第一排不同。"),
        "mark": _("第 %(row)s 排有不认识的字“%(mark)s”。"),
    }
    return words[fault.kind] % {"row": fault.row, "mark": fault.mark}


def enter_site(*, actor: Actor, name: str, address: str = "") -> Site:
    """Enter a new site."""
    return save_site(
        actor=actor, instance=Site(), values={"name": name, "address": address}, is_new=True
    )


def enter_room(
    *,
    actor: Actor,
    site: Site,
    name: str,
    kind: str,
    rows: int,
    columns: int,
    capacity: int | None = None,
    **more: Any,
) -> Room:
    """Enter a new room; without `capacity` every place that is not blocked is used."""
    unusable = [tuple(place) for kind in ("blocked", "broken") for place in more.get(kind, ())]
    places = rows * columns - len(set(unusable))
    values = {"site": site, "name": name, "kind": kind, "rows": rows, "columns": columns, **more}
    values["capacity"] = places if capacity is None else capacity
    return save_room(actor=actor, instance=Room(), values=values, is_new=True)
