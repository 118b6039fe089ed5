"""The only writers of examinations: places, timetable, seats, tickets, duties, papers, the day."""

from exams.services.acceptance import Answer, accept_room, note_need
from exams.services.calling_off import call_off
from exams.services.custody import Hands, hand_over, open_packet, pack_papers, return_packet
from exams.services.dispatching import record_answer, record_participation
from exams.services.draw_record import publish_record
from exams.services.draws import commit_lots, hold_lots, swap_lots
from exams.services.duties import (
    assign_duties,
    confirm_duties,
    remove_duty,
    replace_duty,
    set_duty,
)
from exams.services.exam_day import (
    note_room,
    record_attendance,
    start_sitting,
    submit_room_record,
)
from exams.services.late import Renewed, renew_list
from exams.services.move_rules import Broken, Move, judge_move
from exams.services.moving import move_seat
from exams.services.opening import set_arrangement_hour
from exams.services.places import draw_room, enter_room, enter_site, save_room, save_site
from exams.services.planning import accept_timetable, propose_timetable
from exams.services.planning_task import Wishes
from exams.services.replanning import NewTime, allot, judge_new_time, move_sitting
from exams.services.rooms_wanted import fewest_rooms
from exams.services.seating import (
    arrange_seats,
    commit_draw,
    confirm_arrangement,
    set_seating,
)
from exams.services.sittings import Slot, cancel_sitting, plan_practical, plan_sittings
from exams.services.stations import Station, save_stations
from exams.services.supervision import Seen, add_finding, close_finding, submit_supervision
from exams.services.supply import (
    Receipt,
    decide_parcel,
    dispose_papers,
    receive_parcel,
    request_papers,
)
from exams.services.tickets import issue_tickets
from exams.services.violations import record_incident, record_violation

__all__ = [
    "Answer",
    "Broken",
    "Hands",
    "Move",
    "NewTime",
    "Receipt",
    "Renewed",
    "Seen",
    "Slot",
    "Station",
    "Wishes",
    "accept_room",
    "accept_timetable",
    "add_finding",
    "allot",
    "arrange_seats",
    "assign_duties",
    "call_off",
    "cancel_sitting",
    "close_finding",
    "commit_draw",
    "commit_lots",
    "confirm_arrangement",
    "confirm_duties",
    "decide_parcel",
    "dispose_papers",
    "draw_room",
    "enter_room",
    "enter_site",
    "fewest_rooms",
    "hand_over",
    "hold_lots",
    "issue_tickets",
    "judge_move",
    "judge_new_time",
    "move_seat",
    "move_sitting",
    "note_need",
    "note_room",
    "open_packet",
    "pack_papers",
    "plan_practical",
    "plan_sittings",
    "propose_timetable",
    "publish_record",
    "receive_parcel",
    "record_answer",
    "record_attendance",
    "record_incident",
    "record_participation",
    "record_violation",
    "remove_duty",
    "renew_list",
    "replace_duty",
    "request_papers",
    "return_packet",
    "save_room",
    "save_site",
    "save_stations",
    "set_arrangement_hour",
    "set_duty",
    "set_seating",
    "start_sitting",
    "submit_room_record",
    "submit_supervision",
    "swap_lots",
]
