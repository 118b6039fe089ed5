"""How the rules of where papers come from and in whose hands they are, are kept (area 16)."""

from assessment_center.conformance.declarations import enforced, manual
from questionbank import rules_kept

__all__ = ["rules_kept"]
OPENING = "tests/assessment_center/batches/test_opening.py::"
SUPPLY = "tests/exams/services/test_supply.py::"
DAY = "tests/exams/services/test_the_day.py::"

enforced(
    "PAPER-01",
    how="项目的试卷来源只能是规程允许的；主管部门下发的不用自己的题库组卷，也不拆封分装",
    tests=[
        f"{OPENING}test_papers_come_from_where_the_rulebook_says",
        f"{SUPPLY}test_nothing_is_asked_before_the_seats_stand_or_from_an_own_bank",
        f"{SUPPLY}test_two_people_receive_a_sound_bag_and_it_is_the_rooms_packet",
    ],
)
enforced(
    "PAPER-04",
    how="份数按考场座位数计，逐袋登记封签；试卷没有领到考场不能开考",
    tests=[
        f"{SUPPLY}test_the_papers_of_every_room_are_asked_for_with_spare_copies",
        f"{SUPPLY}test_nothing_starts_before_the_papers_lie_in_the_room",
    ],
)
enforced(
    "PAPER-06",
    how="早于规程的领卷时间不能登记接收或领出",
    tests=[f"{SUPPLY}test_two_people_receive_a_sound_bag_and_it_is_the_rooms_packet"],
)
enforced(
    "PAPER-07",
    "PAPER-08",
    how="接收、入库、领出、启封、交回都须两人签字，并核对份数和封签",
    tests=[
        f"{SUPPLY}test_two_people_receive_a_sound_bag_and_it_is_the_rooms_packet",
        f"{SUPPLY}test_the_tables_keep_it_too",
    ],
)
enforced(
    "PAPER-15",
    how="全部交回后登记清退，退回、销毁与留存之和等于收回份数",
    tests=[f"{SUPPLY}test_what_went_back_was_destroyed_and_kept_adds_up"],
)
enforced(
    "PAPER-20",
    how="封签破损即登记突发事件并扣下，由主任决定入库或退回",
    tests=[
        f"{SUPPLY}test_a_bag_with_a_fault_is_an_incident_and_held_for_the_head",
        f"{SUPPLY}test_a_refused_bag_leaves_its_line_open_for_another",
    ],
)
manual("PAPER-09", who="领卷人按规程运送，在试卷交接单上写明接收时间和检查情况")
