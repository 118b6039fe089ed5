"""The only writers of the ledger, its calibrations and care, loans, damage and checks."""

from exams.equipment.services.care import Measured, calibrate, void_calibration
from exams.equipment.services.damage import Harm, note_damage
from exams.equipment.services.importing import LedgerReport, import_ledger
from exams.equipment.services.keeping import appoint_keeper, dismiss_keeper
from exams.equipment.services.ledger import change_equipment, enter_equipment
from exams.equipment.services.lending import ask_loan, decide_loan
from exams.equipment.services.maintenance import maintain
from exams.equipment.services.plans import ask_plan, complete_plan, decide_plan
from exams.equipment.services.returning import accept_return, return_loan
from exams.equipment.services.session import check_room
from exams.equipment.services.settling import settle_damage

__all__ = [
    "Harm",
    "LedgerReport",
    "Measured",
    "accept_return",
    "appoint_keeper",
    "ask_loan",
    "ask_plan",
    "calibrate",
    "change_equipment",
    "check_room",
    "complete_plan",
    "decide_loan",
    "decide_plan",
    "dismiss_keeper",
    "enter_equipment",
    "import_ledger",
    "maintain",
    "note_damage",
    "return_loan",
    "settle_damage",
    "void_calibration",
]
