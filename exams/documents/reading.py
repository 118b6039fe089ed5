"""A batch as its papers show it, read in a handful of queries however many candidates it has."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import SubjectRef
from assessment_center.rulebooks import Rulebook
from candidates.models import Application
from exams.models import Duty, SeatAssignment, Site, Sitting, SittingRoom
from exams.selectors import duties_of, rooms_in_time, sittings_of
from exams.stations import station_labels

SEAT_FIELDS = (
    "sitting_room_id", "seat_number", "row", "column", "application__person__name",
    "application__person__id_masked", "application__ticket__number", "application__offering_id",
    "application_id",
)  # fmt: skip


class Seated(NamedTuple):
    """Who sits where; `ticket` is empty before numbers are given."""

    seat: int
    row: int
    column: int
    name: str
    id_masked: str
    ticket: str
    offering: str
    application: UUID
    station: str = ""

    @property
    def station_words(self) -> str:
        """The workstation, where its number is another than the seat's."""
        return f"{self.station} 号工位" if self.station else ""

    @property
    def number(self) -> str:
        return f"{self.seat:02d}"


@dataclass(frozen=True, slots=True)
class RoomPlan:
    """A room of a sitting with its candidates by seat number."""

    room: SittingRoom
    seats: tuple[Seated, ...]

    @property
    def sitting(self) -> Sitting:
        return self.room.sitting

    @property
    def stations(self) -> bool:
        """Whether the room's workstations are numbered otherwise than its seats."""
        return any(each.station for each in self.seats)

    @property
    def site(self) -> Site:
        return self.room.room.site

    @property
    def offered(self) -> list[tuple[str, int]]:
        """Occupations and levels with their numbers, largest first."""
        counts = Counter(each.offering for each in self.seats)
        return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))

    @property
    def offered_text(self) -> str:
        return "；".join(f"{name} {number}人" for name, number in self.offered)

    def span(self, offering: str = "") -> str:
        """From the first to the last admission number of the room, or of one offering in it."""
        numbers = sorted(
            each.ticket for each in self.seats if not offering or each.offering == offering
        )
        if not numbers or not numbers[0]:
            return ""
        return numbers[0] if len(numbers) == 1 else f"{numbers[0]} 至 {numbers[-1]}"


@dataclass(frozen=True)
class Plan:
    """What is printed from: the rooms with candidates in the order of the timetable.

    Sittings that have no time now, put off or cancelled, are not printed (VAL-05).
    """

    batch: AssessmentBatch
    rooms: Sequence[RoomPlan]
    duties_by_room: dict[UUID | None, list[Duty]] = field(default_factory=dict)

    @property
    def rules(self) -> Rulebook:
        return self.batch.rules

    @property
    def subject(self) -> SubjectRef:
        return self.batch.subject

    @cached_property
    def sites(self) -> list[Site]:
        """The sites of these rooms, each once, in the order of their first room."""
        return list({each.site.pk: each.site for each in self.rooms}.values())

    @cached_property
    def sittings(self) -> list[Sitting]:
        """The sittings of these rooms, in order."""
        return list({each.sitting.pk: each.sitting for each in self.rooms}.values())

    @cached_property
    def duties(self) -> list[Duty]:
        """Everybody on duty in these sittings, by sitting, room and post."""
        wanted = {each.pk for each in self.sittings}
        return [each for each in duties_of(self.batch) if each.sitting_id in wanted]

    def at(self, site: Site) -> "Plan":
        """The same of one site."""
        return Plan(self.batch, [each for each in self.rooms if each.site.pk == site.pk])

    def of(self, sitting: Sitting) -> list[RoomPlan]:
        return [each for each in self.rooms if each.sitting.pk == sitting.pk]

    def staff_of(self, plan: RoomPlan) -> list[Duty]:
        return [each for each in self.duties if each.sitting_room_id == plan.room.pk]


def read(batch: AssessmentBatch, only: Collection[UUID] | None = None) -> Plan:
    """The batch, or some of its rooms of sittings; rooms without candidates are left out."""
    rooms = rooms_in_time(batch)
    if only is not None:
        rooms = rooms.filter(pk__in=only)
    ordered = list(
        rooms.select_related("sitting", "room__site").order_by("sitting__number", "number")
    )
    for each in ordered:
        each.sitting.batch = batch
    seats = _seats(batch, {each.pk: each.room_id for each in ordered})
    return Plan(
        batch,
        [RoomPlan(each, tuple(seats[each.pk])) for each in ordered if each.pk in seats],
    )


def _seats(batch: AssessmentBatch, rooms: Mapping[UUID, UUID]) -> dict[UUID, list[Seated]]:
    """Who sits in each of these rooms of a sitting; the values are the rooms themselves."""
    offerings = batch.offerings.select_related("occupation", "job")
    names = {each.pk: str(each) for each in offerings}
    stations = station_labels(set(rooms.values()))
    found: dict[UUID, list[Seated]] = {}
    rows = SeatAssignment.objects.filter(sitting_room__in=list(rooms)).order_by(
        "sitting_room", "seat_number"
    )
    for room, seat, row, column, name, masked, ticket, offering, key in rows.values_list(
        *SEAT_FIELDS
    ).iterator(chunk_size=5000):
        station = stations.get((rooms[room], seat), "")
        found.setdefault(room, []).append(
            Seated(seat, row, column, name, masked, ticket or "", names[offering], key, station)
        )
    return found


def photos(keys: Iterable[UUID]) -> dict[UUID, tuple[str, str]]:
    """Names of the files of the application's photo and of the person's, by application."""
    rows = Application.objects.filter(pk__in=list(keys))
    return {pk: (own, other) for pk, own, other in rows.values_list("pk", "photo", "person__photo")}


def with_offerings(batch: AssessmentBatch) -> list[Sitting]:
    """The whole timetable, with rooms not yet filled too."""
    return list(sittings_of(batch))
