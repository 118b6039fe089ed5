"""A sitting as it stands: who sits where, which places are free, and how good that is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from assessment_center.registry import RefusedError
from assessment_center.rulebooks import Rulebook
from exams.enums import SittingStatus
from exams.models import SeatAssignment, SeatingNeed, Sitting, SittingRoom
from exams.policies import require_open
from exams.rules import seating
from exams.services.seating_task import limit_of, places_of

Place = tuple[int, int]
BEFORE = frozenset({SittingStatus.ARRANGED, SittingStatus.TICKETED})


@dataclass(slots=True)
class RoomNow:
    """A room with its seats by place, its numbered holes, and how many more it may take."""

    used: SittingRoom
    seats: dict[Place, SeatAssignment]
    limit: int
    numbering: seating.Numbering
    accessible: frozenset[Place]
    grid: dict[Place, tuple[str, str]] = field(default_factory=dict)

    @property
    def holes(self) -> dict[Place, dict[str, Any]]:
        return {(hole["row"], hole["column"]): hole for hole in self.used.holes}

    @property
    def sound(self) -> frozenset[Place]:
        """Places with a seat that can be sat on."""
        return frozenset(self.used.room.places)

    @property
    def next_number(self) -> int:
        numbers = [seat.seat_number for seat in self.seats.values()]
        numbers += [int(hole["number"]) for hole in self.used.holes]
        return max(numbers, default=0) + 1

    def unnumbered(self) -> list[Place]:
        """Places that were not planned with, in the order of their numbers; reserved ones last."""
        room = self.used.room
        shape = seating.RoomShape(room.rows, room.columns)
        reserved = places_of(room.reserved)
        free = [
            place
            for place in seating.path(shape, self.numbering)
            if place in self.sound and place not in self.seats and place not in self.holes
        ]
        return sorted(free, key=lambda place: place in reserved)


def paper_of(seat: SeatAssignment) -> str:
    return f"{seat.paper_key}/{seat.form}"


def hall_of(sitting: Sitting) -> list[RoomNow]:
    """Every room of the sitting in order, with its seats; three queries."""
    rules = sitting.batch.rules
    seats: dict[UUID, dict[Place, SeatAssignment]] = defaultdict(dict)
    found = SeatAssignment.objects.filter(sitting=sitting).select_related(
        "application__person", "application__school_class"
    )
    for seat in found:
        seats[seat.sitting_room_id][seat.row, seat.column] = seat
    return [
        _room(used, seats[used.pk], sitting.subject_code, rules)
        for used in sitting.rooms.select_related("room__site").order_by("number")
    ]


def _room(
    used: SittingRoom, seats: dict[Place, SeatAssignment], subject: str, rules: Rulebook
) -> RoomNow:
    grid = {
        place: (paper_of(seat), str(seat.application.school_class_id or ""))
        for place, seat in seats.items()
    }
    return RoomNow(
        used,
        seats,
        limit_of(used.room, subject, rules),
        rules.settings.seat_numbering.value,
        places_of(used.room.accessible),
        grid,
    )


def needing(applications: Iterable[UUID]) -> set[UUID]:
    """Who of these must have an accessible place."""
    found = SeatingNeed.objects.filter(application__in=list(applications))
    return set(found.values_list("application_id", flat=True))


def require_before(sitting: Sitting) -> None:
    """Seats change only between the draw and the start."""
    require_open(sitting.batch)
    if sitting.status not in BEFORE:
        raise RefusedError(
            _("只有已排座、尚未开考的场次可以调整座位。"), remedy=_("请先排座；开考以后不再调整。")
        )


def measured(sitting: Sitting) -> dict[str, Any]:
    """The figures of the arrangement as it now stands, for `Sitting.quality`."""
    rooms = hall_of(sitting)
    quality = seating.measure(room.grid for room in rooms)
    return {
        **sitting.quality,
        "pairs": quality.pairs,
        "diagonal": quality.diagonal,
        "same_class": quality.same_class,
        "seats": sum(len(room.seats) for room in rooms),
        "holes": sum(len(room.used.holes) for room in rooms),
    }
