"""What a ticket says now, on the screen and on paper: room and seat only when they are open."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.catalog.labels import NO_LEVEL_LABEL
from exams.called_off import waiting_or_cancelled
from exams.enums import CallOffKind
from exams.models import AdmissionTicket, SeatAssignment, SittingRoom
from exams.opening import Opening, opening_of
from exams.policies import on_site_lots
from exams.stations import station_labels

WEEKDAYS = "一二三四五六日"
PART = 16  # hexadecimal digits of a digest for each aspect: four of them fill a sheet's digest
ASPECTS = ("person", "time", "seat", "photo")
HIDDEN = "?"


@dataclass(frozen=True, slots=True)
class Stand:
    """One sitting as its candidate may know it; `room` and `seat` are empty while hidden."""

    seat_of: SeatAssignment
    subject: str
    time: str
    site: str
    room: str
    number: str
    seat: str
    station: str
    opens: datetime | None
    hidden: bool

    @property
    def printed_seat(self) -> str:
        """Seat and workstation on paper; of neither is a number printed that is yet to be drawn."""
        told = (self.seat, self.station) if self.seat.isdecimal() else (self.seat,)
        return "\n".join(filter(None, told))

    @property
    def opens_words(self) -> str:
        """When the rest is told."""
        if self.opens is None:
            return _("考前公布")
        return _("%(at)s 公布") % {"at": f"{timezone.localtime(self.opens):%m-%d %H:%M}"}


@dataclass(frozen=True, slots=True)
class Told:
    """What a ticket says of one sitting, to be compared; `known`: room and seat are open."""

    subject: str
    when: tuple[str, ...]
    where: tuple[object, ...]
    known: bool


class TicketReader:
    """Reads the tickets of one batch at one moment; what all of them share is read once."""

    def __init__(self, batch: AssessmentBatch, now: datetime | None = None) -> None:
        self.batch = batch
        self.now = now or timezone.now()
        self.opening: Opening = opening_of(batch)
        self.off: Mapping[UUID, str] = waiting_or_cancelled(batch)

    @cached_property
    def stations(self) -> Mapping[tuple[UUID, int], str]:
        """Read with the first seat that is shown; a ticket whose seats are hidden needs none."""
        rooms = SittingRoom.objects.filter(sitting__batch=self.batch)
        return station_labels(rooms.values_list("room", flat=True))

    def stands(self, ticket: AdmissionTicket) -> list[Stand]:
        """The ticket's sittings in the order of time; `tickets_of` has fetched its seats."""
        return [self._stand(seat) for seat in ticket.application.seats.all()]

    def told(self, ticket: AdmissionTicket) -> dict[UUID, Told]:
        """What the ticket says now, by sitting, hidden or not."""
        open_ones = {each.pk for each in self._open(ticket)}
        return {
            each.sitting_id: Told(
                each.sitting.subject_code,
                self._when(each),
                self._where(each),
                known=each.pk in open_ones,
            )
            for each in ticket.application.seats.all()
        }

    def _stand(self, seat: SeatAssignment) -> Stand:
        sitting, used = seat.sitting, seat.sitting_room
        hidden = not self.opening.is_open(sitting, self.now)
        return Stand(
            seat,
            str(sitting.get_subject_code_display()),
            self._time(seat),
            used.room.site.name,
            "" if hidden else used.room.name,
            "" if hidden else str(used),
            self._seat_words(seat, hidden=hidden),
            "" if hidden else self._station(seat),
            self.opening.at(sitting) if hidden else None,
            hidden,
        )

    def _seat_words(self, seat: SeatAssignment, *, hidden: bool) -> str:
        if on_site_lots(self.batch.rules, seat.sitting.subject_code):
            return _("考前抽签")
        return "" if hidden else f"{seat.seat_number:02d}"

    def _station(self, seat: SeatAssignment) -> str:
        """The workstation, where its number is another than the seat's."""
        number = self.stations.get((seat.sitting_room.room_id, seat.seat_number), "")
        return _("%(number)s 号工位") % {"number": number} if number else ""

    def _time(self, seat: SeatAssignment) -> str:
        decided = self.off.get(seat.sitting_id)
        if decided == CallOffKind.POSTPONED:
            return _("缓考，时间另行通知")
        if decided == CallOffKind.CANCELLED:
            return _("本场取消")
        starts = timezone.localtime(seat.sitting.starts_at)
        ends = timezone.localtime(seat.sitting.ends_at)
        return f"{starts:%Y-%m-%d}（周{WEEKDAYS[starts.weekday()]}） {starts:%H:%M}－{ends:%H:%M}"

    def digest(self, ticket: AdmissionTicket, notices: Collection[str]) -> str:
        """The printed ticket in 64 digits: a quarter each for person, time, seat and photo."""
        return "".join(
            (
                self._person(ticket, notices),
                _part([self._when(seat) for seat in _by_sitting(ticket)]),
                self._seats(ticket, {each.pk for each in self._open(ticket)}),
                _part(picture_of(ticket)),
            )
        )

    def changed(self, ticket: AdmissionTicket, notices: Collection[str], printed: str) -> list[str]:
        """What of the ticket printed under this digest is no longer true, of `ASPECTS`.

        A seat that the paper left open is not untrue when it becomes known.
        """
        now = self.digest(ticket, notices)
        parts = {name: slice(at * PART, (at + 1) * PART) for at, name in enumerate(ASPECTS)}
        wrong = [name for name, part in parts.items() if now[part] != printed[part]]
        if "seat" in wrong and printed[parts["seat"]] in self._earlier(ticket):
            wrong.remove("seat")
        return wrong

    def _open(self, ticket: AdmissionTicket) -> list[SeatAssignment]:
        seats = ticket.application.seats.all()
        return [each for each in seats if self.opening.is_open(each.sitting, self.now)]

    def _earlier(self, ticket: AdmissionTicket) -> set[str]:
        """The seats as they stood on paper before they were open, one sitting after another."""
        known = self._open(ticket)
        return {
            self._seats(ticket, {each.pk for each in known[:number]})
            for number in range(len(known))
        }

    def _seats(self, ticket: AdmissionTicket, known: Collection[UUID]) -> str:
        return _part(
            [self._where(seat) if seat.pk in known else HIDDEN for seat in _by_sitting(ticket)]
        )

    def _where(self, seat: SeatAssignment) -> tuple[object, ...]:
        used, words = seat.sitting_room, self._seat_words(seat, hidden=False)
        station = self._station(seat) if words.isdecimal() else ""
        return str(used.room_id), used.number, words, station

    def _when(self, seat: SeatAssignment) -> tuple[str, str, str]:
        return seat.sitting.subject_code, self._time(seat), seat.sitting_room.room.site.name

    def _person(self, ticket: AdmissionTicket, notices: Collection[str]) -> str:
        """The ID number goes in by its keyed hash: a plain digest of it could be guessed."""
        person = ticket.application.person
        told = (
            person.name,
            bytes(person.id_lookup).hex(),
            ticket.number,
            self.facts(ticket),
            self.batch.name,
            self.batch.centre.name,
            self.batch.centre.phone,
            list(notices),
        )
        return _part(told)

    def facts(self, ticket: AdmissionTicket) -> tuple[tuple[str, str], ...]:
        """Occupation, level and where one works or studies (TKT-02)."""
        application = ticket.application
        offering = application.offering
        return (
            ("职业（工种）", f"{offering.occupation.name} {offering.job or ''}".strip()),
            ("等级", str(offering.get_level_display() or NO_LEVEL_LABEL)),
            ("单位", application.employer or str(application.department or "")),
        )


def _by_sitting(ticket: AdmissionTicket) -> list[SeatAssignment]:
    """In an order that a change of time leaves as it is."""
    return sorted(ticket.application.seats.all(), key=lambda seat: seat.sitting.number)


def picture_of(ticket: AdmissionTicket) -> str:
    """The file of the photo; files are named after what they show."""
    application = ticket.application
    return str(application.photo or application.person.photo or "")


def _part(told: object) -> str:
    return hashlib.sha256(repr(told).encode()).hexdigest()[:PART]
