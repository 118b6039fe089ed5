"""Tables of examinations: places, sittings and seats, custody of papers, the day itself."""

from exams.models.custody import Handover, Packet
from exams.models.day import Attendance, Incident, RoomRecord, Violation
from exams.models.draws import Draw, DrawCorrection, DrawLine
from exams.models.places import Room, Site
from exams.models.sittings import AdmissionTicket, Duty, SeatAssignment, Sitting, SittingRoom
from exams.models.supply import PaperDisposal, PaperParcel, PaperRequisition, RequisitionLine

__all__ = [
    "AdmissionTicket",
    "Attendance",
    "Draw",
    "DrawCorrection",
    "DrawLine",
    "Duty",
    "Handover",
    "Incident",
    "Packet",
    "PaperDisposal",
    "PaperParcel",
    "PaperRequisition",
    "RequisitionLine",
    "Room",
    "RoomRecord",
    "SeatAssignment",
    "Site",
    "Sitting",
    "SittingRoom",
    "Violation",
]
