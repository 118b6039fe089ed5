"""The only writers of the ledger, its calibrations and care, loans, damage and checks."""

from exams.equipment.services.care import (
    Measured,
    calibrate,
    maintain,
    void_calibration,
)
from exams.equipment.services.importing import LedgerReport, import_ledger
from exams.equipment.services.keeping import (
    appoint_keeper,
    ask_plan,
    complete_plan,
    decide_plan,
    dismiss_keeper,
)
from exams.equipment.services.ledger import change_equipment, enter_equipment
from exams.equipment.services.lending import accept_return, ask_loan, decide_loan, return_loan
from exams.equipment.services.session import Harm, check_room, note_damage, settle_damage

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
