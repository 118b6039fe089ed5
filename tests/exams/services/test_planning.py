"""The timetable: proposed, accepted as seen, moved by hand; nobody is ever in two places."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessment_center.audit.models import AuditEntry
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import SYSTEM, Actor, RefusedError, SubjectRef
from exams import services
from exams.clashes import clashes
from exams.models import Allotment, SeatAssignment, Sitting, SittingRoom
from exams.rules.planning import Limit
from exams.services import NewTime, Wishes
from exams.services.planning_task import unplanned
from tests.exams import build
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db
NOBODY = Actor(SubjectRef("accounts.user", SYSTEM.ref.uuid), "外人")
ALONE = Wishes(judges=False)
DAY = date(2026, 5, 23)


def refusal(match):
    return pytest.raises(RefusedError, match=match)


def house(shop=(2, 3), theory=1):
    for _at in range(theory):
        build.room()
    return build.room(kind="practical", rows=shop[0], columns=shop[1])


def accept(batch, wishes=ALONE):
    found = services.propose_timetable(batch=batch, wishes=wishes)
    return services.accept_timetable(actor=SYSTEM, batch=batch, wishes=wishes, digest=found.digest)


def clock(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%d %H:%M}"


def told(sittings):
    return [
        (each.subject_code, clock(each.starts_at), each.allotments.count()) for each in sittings
    ]


def test_theory_at_one_time_and_groups_by_stations_of_the_occupations():
    batch = build.batch_with((("电工", 8), ("焊工", 5)))
    house()
    found = services.propose_timetable(batch=batch, wishes=ALONE)
    assert (found.plan.proved, found.shortages) == (True, ())
    assert not Sitting.objects.exists()
    made = accept(batch)
    assert told(made) == [
        ("theory", "23 08:30", 13),
        ("practical", "23 13:30", 4),
        ("practical", "23 16:00", 5),
        ("practical", "24 08:30", 4),
    ]
    assert unplanned(batch) == []
    assert [each.offerings.count() for each in made] == [2, 1, 1, 1]
    for sitting in made:
        done = services.arrange_seats(actor=SYSTEM, sitting=sitting)
        named = set(sitting.allotments.values_list("application_id", flat=True))
        assert set(done.seats.values_list("application_id", flat=True)) == named
    entry = AuditEntry.objects.get(verb="exams.timetable_accept")
    assert entry.payload["sha256"] == found.digest


def test_only_what_was_seen_is_accepted():
    batch = build.batch_with()
    house()
    seen = services.propose_timetable(batch=batch, wishes=ALONE)
    build.admit(batch.offerings.first())
    more = {"batch": batch, "wishes": ALONE, "digest": seen.digest}
    with refusal("与刚才看到的不同"):
        services.accept_timetable(actor=SYSTEM, **more)
    with refusal("您的角色"):
        services.accept_timetable(actor=NOBODY, **more)
    accept(batch)
    with refusal("没有可以编入"):
        accept(batch)


def test_a_late_candidate_gets_the_next_timetable_around_what_stands():
    batch = build.batch_with()
    house()
    accept(batch)
    late = build.admit(batch.offerings.first(), subjects=["practical"])[0]
    assert [each for each, _subject in unplanned(batch)] == [late]
    again = services.propose_timetable(batch=batch, wishes=ALONE)
    group = again.groups[0]
    assert (len(again.groups), group.people) == (1, 1)
    assert not SittingRoom.objects.filter(
        room__in=group.rooms, period__overlap=(group.starts_at, group.ends_at)
    ).exists()


@pytest.fixture
def two_trades():
    """One person with two occupations in one batch, whose workshop takes both at once."""
    batch = build.batch_with(rulebook="henan")
    person = build.admit(batch.offerings.first())[0].person
    build.admit(batch.offerings.last(), person=person)
    return batch, person


def test_who_sits_two_occupations_is_never_in_two_places(two_trades):
    batch, person = two_trades
    house(theory=2)
    accept(batch)
    spans = sorted(
        (each.period.lower, each.period.upper)
        for each in Allotment.objects.filter(application__person=person)
    )
    rest = timedelta(minutes=ALONE.rest)
    assert len(spans) == 4
    assert all(one[1] + rest <= two[0] for one, two in pairwise(spans))
    assert unplanned(batch) == []


def test_where_theory_has_one_time_the_second_occupation_is_told_with_the_article():
    batch = build.batch_with()
    person = build.admit(batch.offerings.first())[0].person
    build.admit(batch.offerings.last(), person=person)
    house()
    found = services.propose_timetable(batch=batch, wishes=ALONE)
    assert [(each.limit, each.persons) for each in found.shortages] == [
        (Limit.ONE_TIME, (str(person.pk),))
    ]


def test_the_database_lets_nobody_be_in_two_places(two_trades):
    batch, person = two_trades
    one, two = batch.applications.filter(person=person).order_by("number")
    rooms = [build.room(), build.room()]
    first, second = services.plan_sittings(
        actor=SYSTEM, batch=batch, slots=[build.theory_slot([room]) for room in rooms]
    )
    Allotment.objects.create(sitting=first, application=one)
    with pytest.raises(IntegrityError, match="allotted_person_free"), transaction.atomic():
        Allotment.objects.create(sitting=second, application=two)
    seat = {"row": 1, "column": 1, "seat_number": 1, "paper_key": "x"}
    SeatAssignment.objects.create(
        sitting=first, sitting_room=first.rooms.get(), application=one, **seat
    )
    there = {"sitting": second, "sitting_room": second.rooms.get(), "application": two, **seat}
    with pytest.raises(IntegrityError, match="seated_person_free"), transaction.atomic():
        SeatAssignment.objects.create(**there)
    later = {"starts_at": second.ends_at, "ends_at": second.ends_at + timedelta(hours=1)}
    Sitting.objects.filter(pk=second.pk).update(**later)
    SeatAssignment.objects.create(**there)
    with pytest.raises(IntegrityError, match="seated_person_free"), transaction.atomic():
        Sitting.objects.filter(pk=second.pk).update(
            starts_at=first.starts_at, ends_at=first.ends_at
        )


def test_seats_of_one_person_at_one_time_are_refused_by_name(two_trades):
    batch, person = two_trades
    sitting = services.plan_sittings(
        actor=SYSTEM, batch=batch, slots=[build.theory_slot([build.room()])]
    )[0]
    with refusal(f"{person.name}.*同一时间"):
        services.arrange_seats(actor=SYSTEM, sitting=sitting)


def test_a_clash_is_resolved_by_another_sitting(two_trades):
    batch, person = two_trades
    first = services.plan_sittings(
        actor=SYSTEM, batch=batch, slots=[build.theory_slot([build.room()])]
    )[0]
    later = build.theory_slot([build.room()], first.ends_at + timedelta(hours=1))
    alone = replace(later, offerings=[batch.applications.order_by("number").last().offering])
    second = services.plan_sittings(actor=SYSTEM, batch=batch, slots=[alone])[0]
    clash = clashes(batch)
    assert [(each.person, each.first.sitting, each.second.sitting) for each in clash] == [
        (person, first, first)
    ]
    assert [each.pk for each in clash[0].ways] == [second.pk]
    application = clash[0].second.application
    services.allot(actor=SYSTEM, application=application, sitting=second)
    assert clashes(batch) == []
    services.arrange_seats(actor=SYSTEM, sitting=first)
    with refusal("已经排座"):
        services.allot(actor=SYSTEM, application=clash[0].first.application, sitting=second)
    services.arrange_seats(actor=SYSTEM, sitting=second)
    assert [seat.application for seat in second.seats.all()] == [application]


def test_a_full_sitting_and_a_foreign_one_take_nobody(two_trades):
    batch, _person = two_trades
    tiny = build.room(kind="practical", rows=1, columns=1)
    start = build.PRACTICAL_STARTS
    slot = services.Slot("practical", start, start + timedelta(hours=2), [tiny])
    sitting = services.plan_sittings(actor=SYSTEM, batch=batch, slots=[slot])[0]
    one, two = batch.applications.order_by("number")[:2]
    services.allot(actor=SYSTEM, application=one, sitting=sitting)
    with refusal("已经满了"):
        services.allot(actor=SYSTEM, application=two, sitting=sitting)
    stranger = build.batch_with((("茶艺师", 1),)).applications.get()
    with refusal("不参加这个科目"):
        services.allot(actor=SYSTEM, application=stranger, sitting=sitting)


# By hand


def practical():
    batch = build.batch_with()
    shop = house()
    made = accept(batch)
    return batch, shop, [each for each in made if each.subject_code == "practical"]


def texts(sitting, starts, rooms, wishes=ALONE):
    wanted = NewTime(starts, rooms)
    return [
        (each.text, each.forbids)
        for each in services.judge_new_time(sitting=sitting, wanted=wanted, wishes=wishes)
    ]


def test_a_group_is_moved_by_hand_and_every_broken_rule_told():
    batch, shop, (first, second) = practical()
    free = make.at(2026, 5, 24, 13, 30)
    assert texts(first, free, [shop]) == []
    soon = make.at(2026, 5, 23, 10, 10)  # ten minutes after the theory
    names = [each.person.name for each in batch.applications.filter(allotments__sitting=first)]
    found = [text for text, _forbids in texts(first, soon, [shop])]
    assert found[1] == "不在办公室定的考试时段之内。"
    people, _and, why = found[0].partition("与另一场次")
    assert (sorted(people.split("、")), why) == (sorted(names), "之间没有留足休息或路途时间。")
    assert ("不在办公室定的考试时段之内。", False) in texts(first, make.at(2026, 5, 24, 6), [shop])
    assert any(forbids for _text, forbids in texts(first, second.starts_at, [shop]))
    tiny = build.room(kind="practical", rows=1, columns=2)
    assert [forbids for _text, forbids in texts(first, free, [tiny])] == [True]
    assert "考试日期" in texts(first, make.at(2026, 5, 26, 9), [shop])[0][0]
    assert texts(first, free, [])[0] == ("请至少选一个考场。", True)


def test_what_is_forbidden_is_refused_and_what_is_not_is_accepted_by_number():
    _batch, shop, (first, second) = practical()
    early, more = NewTime(make.at(2026, 5, 24, 6), [shop]), {"wishes": ALONE}
    with refusal("会违反 1 项"):
        services.move_sitting(actor=SYSTEM, sitting=first, wanted=early, **more)
    with refusal("已被占用"):
        services.move_sitting(
            actor=SYSTEM, sitting=first, wanted=NewTime(second.starts_at, [shop]), **more
        )
    with refusal("您的角色"):
        services.move_sitting(actor=NOBODY, sitting=first, wanted=early, accepted=1, **more)
    moved = services.move_sitting(actor=SYSTEM, sitting=first, wanted=early, accepted=1, **more)
    assert clock(moved.starts_at) == "24 06:00"
    assert {each.period.lower for each in moved.allotments.all()} == {moved.starts_at}
    assert moved.rooms.get().period.lower == moved.starts_at
    services.arrange_seats(actor=SYSTEM, sitting=moved)
    with refusal("已经排座"):
        services.move_sitting(actor=SYSTEM, sitting=first, wanted=early, accepted=1, **more)


def test_no_holiday_where_the_rulebook_forbids_them():
    batch = build.batch_with(rulebook="jilin")
    days = {"exam_starts": date(2026, 6, 18), "exam_ends": date(2026, 6, 22)}
    AssessmentBatch.objects.filter(pk=batch.pk).update(**days)
    batch.refresh_from_db()
    shop = house(shop=(1, 3))
    made = accept(batch)
    assert {timezone.localdate(each.starts_at).day for each in made} == {18, 22}
    wanted = NewTime(make.at(2026, 6, 19, 9), [shop])
    told_ = services.judge_new_time(sitting=made[-1], wanted=wanted, wishes=ALONE)
    assert "法定节假日" in told_[0].text
    assert told_[0].forbids
    assert "第四条" in str(told_[0].citations[0])


def test_the_panel_binds_where_the_house_has_too_few_assessors():
    batch = build.batch_with()
    house()
    found = services.propose_timetable(batch=batch, wishes=Wishes())
    assert [(each.limit, each.have, each.need) for each in found.shortages] == [
        (Limit.JUDGES, 0, 3), (Limit.JUDGES, 0, 3),
    ]  # fmt: skip
    build.staff(3)
    assert services.propose_timetable(batch=batch, wishes=Wishes()).shortages == ()


def test_turns_before_a_panel_are_slots_with_their_minutes():
    batch = build.batch_with((("电工", 1),))
    build.admit(batch.offerings.get(), 4, subjects=["review"])
    build.room(kind="review", rows=1, columns=3)
    house()
    made = [each for each in accept(batch) if each.subject_code == "review"]
    assert [(each.turn_minutes, each.allotments.count(), clock(each.starts_at)) for each in made] == [
        (20, 3, "23 08:30"), (20, 1, "23 10:00"),
    ]  # fmt: skip
