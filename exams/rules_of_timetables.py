"""How the rules of time and place are kept: one theory time, groups by stations, rooms accepted."""

from assessment_center.conformance.declarations import enforced

PLANNING = "tests/exams/services/test_planning.py::"
STATIONS = "tests/exams/services/test_stations.py::"
ROOMS = "tests/exams/test_rules_of_rooms.py::"

enforced(
    "PLAN-07",
    how="规程不许的法定节假日不进入时间表，手工调整到节假日也不能保存",
    tests=[f"{PLANNING}test_no_holiday_where_the_rulebook_forbids_them"],
)
enforced(
    "PLAN-08",
    how="时间表把理论排在同一时间，技能按工位分组；一人两项的，另一项写明条款后留待办公室处理",
    tests=[
        f"{PLANNING}test_theory_at_one_time_and_groups_by_stations_of_the_occupations",
        f"{PLANNING}test_where_theory_has_one_time_the_second_occupation_is_told_with_the_article",
    ],
)
enforced(
    "SEAT-06",
    "SEAT-07",
    how="技能按可用工位、综合评审按每人时长分组，每组一份名单，抽签在组内进行；一人同时只在一处，由数据库保证",
    tests=[
        f"{PLANNING}test_theory_at_one_time_and_groups_by_stations_of_the_occupations",
        f"{PLANNING}test_turns_before_a_panel_are_slots_with_their_minutes",
        f"{PLANNING}test_the_database_lets_nobody_be_in_two_places",
    ],
)
enforced(
    "VEN-11",
    how="工位有号、有同时作业人数和适用职业，停用的工位不编人",
    tests=[
        f"{STATIONS}test_stations_make_the_seats_of_their_occupations",
        f"{STATIONS}test_what_cannot_be_is_refused",
    ],
)
enforced(
    "VEN-16",
    how="规程要求验收的科目，考场没有验收合格不能开考",
    tests=[f"{ROOMS}test_no_start_before_the_rooms_are_accepted_where_the_rulebook_wants_it"],
)
