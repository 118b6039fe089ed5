"""Entering sites and rooms."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.registry import Actor, RefusedError
from exams.enums import SittingStatus
from exams.models import Room, Site
from exams.policies import require_act

GRID = ("rows", "columns", "blocked", "capacity")


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

    Refuses blocked places outside the grid, more seats than places, and a change of the grid
    while a sitting that is not yet recorded uses the room: its seats would no longer exist.
    """
    require_act(actor, Act.EXAM_ARRANGE, _("维护考场"))
    stored = None if is_new else Room.objects.select_for_update().get(pk=instance.pk)
    if stored and _differs(stored, values):
        _check_unused(stored)
    for name, value in values.items():
        setattr(instance, name, value)
    instance.blocked = _checked_blocked(instance)
    if instance.capacity > len(instance.places):
        raise RefusedError(
            _("可用座位数 %(capacity)s 多于实有座位 %(places)s 个。")
            % {"capacity": instance.capacity, "places": len(instance.places)}
        )
    instance.full_clean()
    instance.save(force_insert=is_new)
    verb = "exams.room_enter" if is_new else "exams.room_change"
    payload = {"name": instance.name, "grid": [instance.rows, instance.columns]}
    record(actor=actor, verb=verb, subject=instance.subject, payload=payload)
    return instance


def _differs(stored: Room, values: Mapping[str, Any]) -> bool:
    return any(values.get(name, getattr(stored, name)) != getattr(stored, name) for name in GRID)


def _check_unused(room: Room) -> None:
    if room.uses.exclude(sitting__status=SittingStatus.RECORDED).exists():
        raise RefusedError(
            _("%(room)s 已编入场次，不能改变座位布局。") % {"room": room},
            remedy=_("请先把它从场次中撤下。"),
        )


def _checked_blocked(room: Room) -> list[list[int]]:
    """The blocked places in order, each once; refuses what is no place of the grid."""
    found: set[tuple[int, int]] = set()
    for place in room.blocked or []:
        if not isinstance(place, list | tuple) or [type(each) for each in place] != [int, int]:
            raise RefusedError(_("不设座的位置应写成 [[排, 列], …]，例如 [[1, 1], [1, 2]]。"))
        row, column = place
        if not (1 <= row <= room.rows and 1 <= column <= room.columns):
            raise RefusedError(
                _("位置 %(row)s 排 %(column)s 列不在考场内。") % {"row": row, "column": column}
            )
        found.add((row, column))
    return [list(place) for place in sorted(found)]


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
    places = rows * columns - len(more.get("blocked", ()))
    values = {"site": site, "name": name, "kind": kind, "rows": rows, "columns": columns, **more}
    values["capacity"] = places if capacity is None else capacity
    return save_room(actor=actor, instance=Room(), values=values, is_new=True)
