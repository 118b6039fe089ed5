"""Workstations of a room: for which occupations they serve, and which number a seat has."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from exams.equipment.enums import Standing
from exams.models import Equipment, Room, Sitting, Workstation
from exams.rules.stations import spread


def seats_for(rooms: Iterable[Room], occupation: UUID) -> dict[UUID, int]:
    """How many of an occupation each room takes at once; 0 where it is not equipped for it.

    Registered workstations decide. A room without any serves the occupations its equipment is
    entered for, with all its seats, and every occupation where no equipment names one.
    """
    listed = list(rooms)
    stations: dict[UUID, list[Workstation]] = defaultdict(list)
    for each in Workstation.objects.filter(room__in=listed).prefetch_related("occupations"):
        stations[each.room_id].append(each)
    serves = _equipped(listed)
    found = {}
    for room in listed:
        if own := stations.get(room.pk):
            number = sum(each.capacity for each in own if _serves(each, occupation))
            found[room.pk] = min(number, room.capacity)
        else:
            named = serves.get(room.pk)
            found[room.pk] = room.capacity if not named or occupation in named else 0
    return found


def _serves(station: Workstation, occupation: UUID) -> bool:
    named = {each.pk for each in station.occupations.all()}
    return station.is_usable and (not named or occupation in named)


def _equipped(rooms: Iterable[Room]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    pieces = Equipment.objects.filter(
        room__in=list(rooms), state=Standing.IN_USE, occupation__isnull=False
    )
    for room, occupation in pieces.values_list("room", "occupation"):
        if room and occupation:
            found[room].add(occupation)
    return found


def taken_stations(sitting: Sitting) -> set[tuple[UUID, int]]:
    """(room, workstation) at which somebody of the sitting works."""
    rooms = dict(sitting.rooms.values_list("pk", "room"))
    numbers = _numbers(rooms.values())
    found = set()
    for used, seat in sitting.seats.values_list("sitting_room", "seat_number"):
        listed = numbers.get(rooms[used], [])
        station = listed[seat - 1] if seat <= len(listed) else seat
        found.add((rooms[used], station))
    return found


def station_labels(rooms: Iterable[UUID]) -> dict[tuple[UUID, int], str]:
    """The workstation of (room, seat number), in one query.

    Rooms whose workstations bear the numbers of their seats are left out: nothing is to be told.
    """
    return {
        (room, seat): str(station)
        for room, numbers in _numbers(rooms).items()
        if numbers != list(range(1, len(numbers) + 1))
        for seat, station in enumerate(numbers, 1)
    }


def station_numbers(room: Room) -> list[int]:
    """The workstation of each seat of the room, seat 1 first; empty where none are registered."""
    return _numbers([room.pk]).get(room.pk, [])


def _numbers(rooms: Iterable[UUID]) -> dict[UUID, list[int]]:
    """The same of many rooms; those without a usable workstation are left out."""
    found: dict[UUID, list[tuple[int, int]]] = defaultdict(list)
    usable = Workstation.objects.filter(room__in=set(rooms), is_usable=True)
    for room, number, capacity in usable.values_list("room", "number", "capacity"):
        found[room].append((number, capacity))
    return {room: spread(listed) for room, listed in found.items()}
