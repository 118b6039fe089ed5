"""Tables of examinations: places, sittings and seats, custody of papers, the day itself."""

from exams.models.calling_off import CallOff
from exams.models.custody import Handover, Packet
from exams.models.day import Attendance, Incident, RoomRecord, Violation
from exams.models.draws import Draw, DrawCorrection, DrawLine
from exams.models.equipment import Calibration, Equipment, Keeper, Maintenance
from exams.models.equipment_use import Damage, EquipmentPlan, Loan, SessionCheck
from exams.models.opening import ArrangementHour
from exams.models.places import Room, Site, Workstation
from exams.models.seating import DrawnPlan, RoomAcceptance, SeatingNeed
from exams.models.sittings import (
    AdmissionTicket,
    Allotment,
    Duty,
    SeatAssignment,
    Sitting,
    SittingRoom,
)
from exams.models.supervision import SupervisionFinding, SupervisionReport
from exams.models.supply import PaperDisposal, PaperParcel, PaperRequisition, RequisitionLine

__all__ = [
    "AdmissionTicket",
    "Allotment",
    "ArrangementHour",
    "Attendance",
    "Calibration",
    "CallOff",
    "Damage",
    "Draw",
    "DrawCorrection",
    "DrawLine",
    "DrawnPlan",
    "Duty",
    "Equipment",
    "EquipmentPlan",
    "Handover",
    "Incident",
    "Keeper",
    "Loan",
    "Maintenance",
    "Packet",
    "PaperDisposal",
    "PaperParcel",
    "PaperRequisition",
    "RequisitionLine",
    "Room",
    "RoomAcceptance",
    "RoomRecord",
    "SeatAssignment",
    "SeatingNeed",
    "SessionCheck",
    "Site",
    "Sitting",
    "SittingRoom",
    "SupervisionFinding",
    "SupervisionReport",
    "Violation",
    "Workstation",
]
