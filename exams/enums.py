"""States and kinds of what happens around an examination."""

from enum import StrEnum


class RoomKind(StrEnum):
    THEORY = "theory"
    COMPUTER = "computer"
    PRACTICAL = "practical"
    REVIEW = "review"
    OFFICE = "office"


class SittingStatus(StrEnum):
    PLANNED = "planned"
    ARRANGED = "arranged"
    TICKETED = "ticketed"
    RUNNING = "running"
    RECORDED = "recorded"


class PapersARoom(StrEnum):
    """Mixed sittings: every paper in every room, or a few papers a room, easier to pack."""

    MANY = "many"
    FEW = "few"


class TicketSets(StrEnum):
    """How printed tickets are bound: one file of all, or one for each room, department, class."""

    ALL = "all"
    ROOM = "room"
    DEPARTMENT = "department"
    CLASS = "class"


class PaperKind(StrEnum):
    MAIN = "main"
    SPARE = "spare"


class PacketState(StrEnum):
    PACKED = "packed"
    HANDED_OUT = "handed_out"
    OPENED = "opened"
    RETURNED = "returned"


class ParcelState(StrEnum):
    """A bag from the authority: held while something is wrong with it."""

    HELD = "held"
    STORED = "stored"
    REFUSED = "refused"


class RecordStatus(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"


class AttendanceState(StrEnum):
    PRESENT = "present"
    ABSENT = "absent"
    LATE_REFUSED = "late_refused"


class DrawKind(StrEnum):
    """What lots are drawn for; a sitting has at most one draw of each kind."""

    PROCTOR_ROOMS = "proctor_rooms"
    PANEL = "panel"
    SUPERVISOR = "supervisor"
    WORKSTATION = "workstation"
    REVIEW_ORDER = "review_order"


class IncidentKind(StrEnum):
    """What an incident is about; `MAJOR_KINDS` are major whatever their size."""

    PAPER_LEAK = "paper_leak"
    PAPER_DAMAGED = "paper_damaged"
    PAPER_LATE = "paper_late"
    ABSENCE_EN_MASSE = "absence_en_masse"
    DISORDER = "disorder"
    TERROR = "terror"
    EPIDEMIC = "epidemic"
    DISASTER = "disaster"
    PAPER_FAULT = "paper_fault"
    ITEM_FAULT = "item_fault"
    EQUIPMENT = "equipment"
    NETWORK = "network"
    PAPER_LOST = "paper_lost"
    OTHER = "other"


MAJOR_KINDS = frozenset(
    {
        IncidentKind.PAPER_LEAK,
        IncidentKind.PAPER_DAMAGED,
        IncidentKind.PAPER_LATE,
        IncidentKind.ABSENCE_EN_MASSE,
        IncidentKind.DISORDER,
        IncidentKind.TERROR,
        IncidentKind.EPIDEMIC,
        IncidentKind.DISASTER,
    }
)


class CallOffKind(StrEnum):
    """What was decided about a sitting that could not be held as planned."""

    POSTPONED = "postponed"
    REARRANGED = "rearranged"
    CANCELLED = "cancelled"


class SupervisionKind(StrEnum):
    """Who supervised: the institution's own, sent from outside, or on one topic."""

    INTERNAL = "internal"
    EXTERNAL = "external"
    SPECIAL = "special"
