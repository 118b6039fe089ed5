"""Reads of what stands in the rooms of a sitting, and whether it was looked over."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from assessment_center.batches.models import AssessmentBatch
from exams.equipment.enums import Standing
from exams.models import (
    Equipment,
    SessionCheck,
    SittingRoom,
)


def in_room(room: SittingRoom) -> QuerySet[Equipment]:
    """What stands in the room of a sitting."""
    return Equipment.objects.filter(room=room.room_id, state=Standing.IN_USE).order_by(
        "station", "number"
    )


def checks_of(room: SittingRoom) -> QuerySet[SessionCheck]:
    return room.equipment_checks.select_related("member__person").order_by("at", "created_at")


def rooms_without_check(batch: AssessmentBatch, moment: str) -> Iterator[SittingRoom]:
    """As `unchecked_rooms`, for all sittings of a batch."""
    rooms = (
        SittingRoom.objects.filter(sitting__batch=batch, seats__isnull=False)
        .select_related("sitting", "room__site")
        .distinct()
        .order_by("sitting__number", "number")
    )
    yield from _unchecked(rooms, moment)


def unchecked_rooms(rooms: QuerySet[SittingRoom], moment: str) -> list[SittingRoom]:
    """Rooms with candidates and equipment whose last check of that moment is missing or bad."""
    return list(_unchecked(rooms.filter(seats__isnull=False).distinct(), moment))


def _unchecked(rooms: Iterable[SittingRoom], moment: str) -> Iterator[SittingRoom]:
    equipped = set(
        Equipment.objects.filter(state=Standing.IN_USE, room__isnull=False).values_list(
            "room", flat=True
        )
    )
    for room in rooms:
        if room.room_id not in equipped:
            continue
        last = room.equipment_checks.filter(moment=moment).order_by("-at", "-created_at").first()
        if last is None or not last.sound:
            yield room
