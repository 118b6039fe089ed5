"""Groups, admission numbers, the timetable's minutes, and who serves."""

from datetime import datetime, time, timedelta
from itertools import islice
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment_center.rulebooks import load
from exams.rules.duties import (
    Need,
    Staff,
    assign,
    changed_share,
    excluded,
    odd_at_least,
)
from exams.rules.groups import DayFrame, groups, split
from exams.rules.tickets import numbers
from exams.rules.timetable import timetable

CHINA = ZoneInfo("Asia/Shanghai")
FRAME = DayFrame(time(8, 30), time(18), timedelta(hours=2))
START = datetime(2026, 5, 23, 10, 30, tzinfo=CHINA)
IDS = [UUID(int=number) for number in range(20)]


@given(number=st.integers(0, 500), capacity=st.integers(1, 60))
def test_groups_are_even_and_complete(number, capacity):
    sizes = split(number, capacity)
    assert sum(sizes) == number
    assert not sizes or max(sizes) <= capacity
    assert not sizes or max(sizes) - min(sizes) <= 1


def test_groups_go_on_the_next_day():
    laid = groups([("a", 9), ("b", 7)], capacity=4, start=START, frame=FRAME)
    assert [(each.key, each.candidates) for each in laid] == [
        ("a", 3), ("a", 3), ("a", 3), ("b", 3), ("b", 4),
    ]  # fmt: skip
    assert [each.starts_at.strftime("%d %H:%M") for each in laid] == [
        "23 10:30", "23 13:00", "23 15:30", "24 08:30", "24 11:00",
    ]  # fmt: skip


def test_groups_never_begin_before_the_day():
    early = datetime(2026, 5, 23, 6, tzinfo=CHINA)
    assert groups([("a", 1)], capacity=1, start=early, frame=FRAME)[0].starts_at.hour == 8


@pytest.mark.parametrize(("capacity", "hours"), [(0, 2), (5, 10)])
def test_groups_that_cannot_be(capacity, hours):
    frame = DayFrame(time(8, 30), time(18), timedelta(hours=hours))
    with pytest.raises(ValueError, match="no group"):
        groups([("a", 3)], capacity=capacity, start=START, frame=frame)


def test_numbers_go_on_and_pass_over_others():
    taken = ["CQ20260100007", "CQ202601001200", "CQ202601X0001", "OTHER"]
    assert list(islice(numbers("CQ-2026-01", taken), 2)) == ["CQ20260100008", "CQ20260100009"]
    assert next(numbers("cq1", [])) == "CQ100001"


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("theory", [
            ("08:00", "t_staff_in_room"), ("08:15", "t_candidate_entry"), ("08:20", "t_read_rules"),
            ("08:25", "t_paper_open"), ("08:30", "start"), ("09:00", "late_limit"),
            ("09:00", "early_leave"), ("09:00", "absence_mark"), ("09:45", "end_reminder"),
            ("10:00", "end"),
        ]),
        ("practical", [
            ("07:50", "t_practical_staff"), ("08:15", "t_candidate_entry"),
            ("08:20", "t_read_rules"), ("08:30", "start"), ("09:00", "late_limit"),
            ("09:00", "early_leave"), ("09:00", "absence_mark"), ("09:45", "end_reminder"),
            ("10:00", "end"),
        ]),
    ],
)  # fmt: skip
def test_the_minutes_are_the_rulebooks(subject, expected):
    starts = datetime(2026, 5, 23, 8, 30, tzinfo=CHINA)
    found = timetable(load("chongqing").settings, subject, starts, starts + timedelta(minutes=90))
    assert [(each.at.strftime("%H:%M"), each.key) for each in found] == expected
    assert all(each.citations for each in found if each.key not in {"start", "end"})


@pytest.mark.parametrize("code", ["henan", "shandong", "fujian", "jilin"])
@pytest.mark.parametrize("subject", ["theory", "practical", "review", "language"])
def test_every_rulebook_has_a_timetable(code, subject):
    found = timetable(load(code).settings, subject, START, START + timedelta(hours=2))
    assert [each.at for each in found] == sorted(each.at for each in found)
    assert {"start", "end"} <= {each.key for each in found}


def test_scarce_posts_are_filled_first():
    needs = [
        Need(None, "proctor", 2, frozenset(IDS[:3])),
        Need(IDS[9], "supervisor", 1, frozenset(IDS[:1])),
    ]
    outcome = assign(needs, Staff(), Random(1))
    assert outcome.shortages == ()
    assert {(each.post, each.member) for each in outcome.placements} == {
        ("supervisor", IDS[0]), ("proctor", IDS[1]), ("proctor", IDS[2]),
    }  # fmt: skip


def test_avoidance_is_hard_and_teaching_is_last():
    need = Need(
        None, "proctor", 2, frozenset(IDS[:3]),
        avoid=frozenset(IDS[:1]), rather_not=frozenset(IDS[1:2]),
    )  # fmt: skip
    outcome = assign([need], Staff(load={IDS[2]: 9}), Random(1))
    assert [each.member for each in outcome.placements] == [IDS[2], IDS[1]]


def test_a_shortage_says_how_many():
    outcome = assign([Need(None, "proctor", 3, frozenset(IDS[:2]))], Staff(), Random(1))
    assert [(each.post, each.missing) for each in outcome.shortages] == [("proctor", 1)]


def test_posts_that_exclude_each_other():
    pairs = (("assessor", "supervisor"),)
    assert excluded("assessor", {"supervisor"}, pairs)
    assert not excluded("assessor", {"assessor", "proctor"}, pairs)
    staff = Staff(held={IDS[0]: frozenset({"supervisor"})}, pairs=pairs)
    outcome = assign([Need(None, "assessor", 1, frozenset(IDS[:1]))], staff, Random(1))
    assert outcome.placements == ()


@given(
    needs=st.lists(
        st.builds(
            Need,
            room=st.none(),
            post=st.sampled_from(["proctor", "assessor"]),
            number=st.integers(1, 4),
            eligible=st.frozensets(st.sampled_from(IDS)),
            avoid=st.frozensets(st.sampled_from(IDS), max_size=3),
        ),
        max_size=6,
    ),
    busy=st.frozensets(st.sampled_from(IDS), max_size=4),
)
def test_nobody_stands_twice_or_where_he_may_not(needs, busy):
    outcome = assign(needs, Staff(busy=busy), Random(3))
    members = [each.member for each in outcome.placements]
    assert len(set(members)) == len(members)
    assert not set(members) & busy
    asked = sum(need.number for need in needs)
    assert len(members) + sum(each.missing for each in outcome.shortages) == asked


@pytest.mark.parametrize(("number", "odd", "expected"), [(3, True, 3), (4, True, 5), (4, False, 4)])
def test_panels_are_odd_where_ordered(number, odd, expected):
    assert odd_at_least(number, odd=odd) == expected


def test_the_share_of_new_faces():
    assert changed_share({1, 2, 3}, {1, 2}) == pytest.approx(1 / 3)
    assert changed_share(set(), {1}) == changed_share({1}, set()) == 1.0
