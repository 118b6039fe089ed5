"""The first account, the rulebook, files into the books, and slips out of them."""

from assessment_center.first_day.services.activating import activate
from assessment_center.first_day.services.choosing import choose_rulebook
from assessment_center.first_day.services.importing import apply_upload, enter_record, upload_sheet
from assessment_center.first_day.services.opening import begin, opening_code
from assessment_center.first_day.services.slips import (
    print_class_slips,
    print_person_slip,
    print_staff_slips,
)

__all__ = [
    "activate",
    "apply_upload",
    "begin",
    "choose_rulebook",
    "enter_record",
    "opening_code",
    "print_class_slips",
    "print_person_slip",
    "print_staff_slips",
    "upload_sheet",
]
