"""How printed tickets are bound to be handed out: by number, by room, department or class."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from exams.enums import TicketSets
from exams.models import AdmissionTicket, SeatAssignment


def _first_seat(ticket: AdmissionTicket) -> SeatAssignment | None:
    return next(iter(ticket.application.seats.all()), None)


def _room(ticket: AdmissionTicket) -> str:
    seat = _first_seat(ticket)
    if seat is None:
        return _("无座位")
    return _("%(sitting)02d场-%(room)02d考场") % {
        "sitting": seat.sitting.number,
        "room": seat.sitting_room.number,
    }


def _seat_number(ticket: AdmissionTicket) -> int:
    seat = _first_seat(ticket)
    return seat.seat_number if seat else 0


SETS: dict[str, Callable[[AdmissionTicket], str]] = {
    TicketSets.ALL: lambda _ticket: "",
    TicketSets.ROOM: _room,
    TicketSets.DEPARTMENT: lambda each: str(each.application.department or _("无院系")),
    TicketSets.CLASS: lambda each: str(each.application.school_class or _("无班级")),
}


def sets_of(
    tickets: Iterable[AdmissionTicket], kind: str
) -> list[tuple[str, list[AdmissionTicket]]]:
    """The tickets bound as asked, each set with its name; in a room by seat, else by number."""
    name = SETS[kind]
    found: dict[str, list[AdmissionTicket]] = {}
    for ticket in tickets:
        found.setdefault(name(ticket), []).append(ticket)
    if kind == TicketSets.ROOM:
        for each in found.values():
            each.sort(key=_seat_number)
    return sorted(found.items())
