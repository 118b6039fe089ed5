"""After the draw: late ones, withdrawn ones, moves by hand, needs, and the paper left untrue."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from assessment_center.audit.models import AuditEntry
from assessment_center.printed.models import PrintedSheet
from assessment_center.registry import SYSTEM, Actor, RefusedError, SubjectRef
from assessment_center.registry.entries import documents
from candidates.models import Application
from exams import services
from exams.models import DrawnPlan, SeatAssignment, SeatingNeed, SittingRoom
from exams.services.outdating import to_print_again
from tests.exams import build

pytestmark = pytest.mark.django_db
NOBODY = Actor(SubjectRef("accounts.user", SYSTEM.ref.uuid), "外人")
PROJECT = Path(__file__).resolve().parents[3]


def refusal(match):
    return pytest.raises(RefusedError, match=match)


def drawn(sizes=(("电工", 12), ("焊工", 10), ("钳工", 8)), **room):
    """A theory sitting in two rooms, drawn and not confirmed."""
    batch = build.batch_with(sizes)
    rooms = [build.room(rows=4, columns=5, **room), build.room(rows=4, columns=5, **room)]
    sitting = services.plan_sittings(actor=SYSTEM, batch=batch, slots=[build.theory_slot(rooms)])[0]
    return services.arrange_seats(actor=SYSTEM, sitting=sitting, draw_key="k")


def places(sitting):
    return {
        seat.application_id: (seat.sitting_room_id, seat.row, seat.column, seat.seat_number)
        for seat in sitting.seats.all()
    }


def withdraw(*applications):
    Application.objects.filter(pk__in=applications).update(status="withdrawn")


# Late and withdrawn


def test_every_room_has_a_numbered_hole_and_numbers_have_no_other_gap():
    sitting = drawn()
    assert sitting.quality["holes"] == 2
    for room in sitting.rooms.all():
        numbers = [*room.seats.values_list("seat_number", flat=True), room.holes[0]["number"]]
        assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_a_late_one_takes_a_hole_and_nobody_moves():
    sitting = drawn()
    before = places(sitting)
    late = build.admit(sitting.batch.offerings.get(occupation__name="焊工"))[0]
    done = services.renew_list(actor=SYSTEM, sitting=sitting)
    after = places(sitting)
    assert (done.gone, [seat.application_id for seat in done.placed]) == (0, [late.pk])
    assert done.beside_same == 0
    assert {pk: after[pk] for pk in before} == before
    sitting.refresh_from_db()
    assert (sitting.seating_version, sitting.quality["seats"], sitting.quality["holes"]) == (
        2,
        31,
        1,
    )
    entry = AuditEntry.objects.get(verb="exams.seats_renew")
    assert entry.payload["late"][0].startswith(late.number)
    services.confirm_arrangement(actor=SYSTEM, sitting=sitting)


def test_a_withdrawn_one_leaves_a_hole_which_the_next_may_take():
    sitting = drawn()
    gone = sitting.seats.order_by("sitting_room__number", "seat_number").first()
    where = places(sitting)[gone.application_id]
    withdraw(gone.application_id)
    assert services.renew_list(actor=SYSTEM, sitting=sitting).gone == 1
    room = SittingRoom.objects.get(pk=gone.sitting_room_id)
    assert {hole["number"] for hole in room.holes} > {gone.seat_number}
    assert not sitting.seats.filter(application=gone.application_id).exists()
    sitting.refresh_from_db()
    assert sitting.quality["holes"] == 3
    late = build.admit(gone.application.offering, 3)
    services.renew_list(actor=SYSTEM, sitting=sitting)
    taken = [places(sitting)[each.pk] for each in late]
    assert where in taken


def test_without_a_free_place_who_is_left_is_counted():
    sitting = drawn()
    build.admit(sitting.batch.offerings.first(), 12)
    done = services.renew_list(actor=SYSTEM, sitting=sitting)
    assert (len(done.placed), done.left) == (10, 2)
    with refusal("没有空位：2 名考生"):
        services.renew_list(actor=SYSTEM, sitting=sitting)


def test_the_rulebooks_ceiling_holds_for_late_ones_too():
    batch = build.batch_with((("电工", 17), ("焊工", 18)), rulebook="henan")
    rooms = [build.room(rows=6, columns=6), build.room(rows=2, columns=3)]
    sitting = services.plan_sittings(actor=SYSTEM, batch=batch, slots=[build.theory_slot(rooms)])[0]
    sitting = services.arrange_seats(actor=SYSTEM, sitting=sitting)
    ceiling = batch.rules.settings.room_capacity_max.value
    build.admit(batch.offerings.first(), 9)
    services.renew_list(actor=SYSTEM, sitting=sitting)
    largest = max(room.seats.count() for room in sitting.rooms.all())
    assert largest == ceiling


def test_an_unchanged_list_an_outsider_and_a_begun_sitting_are_refused():
    sitting = drawn()
    with refusal("没有变化"):
        services.renew_list(actor=SYSTEM, sitting=sitting)
    with refusal("您的角色"):
        services.renew_list(actor=NOBODY, sitting=sitting)
    running = build.running()
    build.admit(running.batch.offerings.first())
    with refusal("尚未开考"):
        services.renew_list(actor=SYSTEM, sitting=running)


def test_reserved_places_stay_free_for_who_comes_late():
    sitting = drawn(reserved=[[1, 1], [1, 2]])
    held = set(sitting.seats.values_list("row", "column"))
    assert not held & {(1, 1), (1, 2)}
    build.admit(sitting.batch.offerings.first(), 6)
    services.renew_list(actor=SYSTEM, sitting=sitting)
    assert set(sitting.seats.values_list("row", "column")) & {(1, 1), (1, 2)}


def test_broken_places_are_never_used():
    sitting = drawn(broken=[[2, 2], [3, 3]])
    build.admit(sitting.batch.offerings.first(), 6)
    services.renew_list(actor=SYSTEM, sitting=sitting)
    assert not set(sitting.seats.values_list("row", "column")) & {(2, 2), (3, 3)}
    assert sitting.seats.count() == 36


# Moves by hand


def move(sitting, seat, place, room=None, **more):
    facts = {"reason": "考生要求", "accepted": 99, "actor": SYSTEM, **more}
    return services.move_seat(
        sitting=sitting, seat=seat.pk, room=room or seat.sitting_room_id,
        row=place[0], column=place[1], **facts,
    )  # fmt: skip


def judged(sitting, seat, place, room=None):
    target = room or seat.sitting_room_id
    found = services.judge_move(
        sitting=sitting, seat=seat.pk, room=target, row=place[0], column=place[1]
    )
    return [each.text for each in found.broken]


def test_two_change_places_with_their_numbers():
    sitting = drawn()
    one, two = sitting.seats.order_by("sitting_room__number", "seat_number")[:2]
    before = places(sitting)
    move(sitting, one, (two.row, two.column))
    after = places(sitting)
    assert after[one.application_id] == before[two.application_id]
    assert after[two.application_id] == before[one.application_id]
    rest = set(before) - {one.application_id, two.application_id}
    assert {pk: after[pk] for pk in rest} == {pk: before[pk] for pk in rest}
    entry = AuditEntry.objects.get(verb="exams.seat_move")
    assert entry.payload["exchanged_with"] == two.application.number
    assert entry.payload["reason"] == "考生要求"


def test_a_move_to_a_hole_leaves_one():
    sitting = drawn()
    room = sitting.rooms.first()
    hole = room.holes[0]
    seat = room.seats.exclude(seat_number=hole["number"]).first()
    number = seat.seat_number
    moved = move(sitting, seat, (hole["row"], hole["column"]))
    assert moved.seat_number == hole["number"]
    room.refresh_from_db()
    assert [each["number"] for each in room.holes] == [number]
    other = sitting.rooms.last()
    told = judged(sitting, moved, (other.holes[0]["row"], other.holes[0]["column"]), other.pk)
    assert any("补排预留的空位" in text for text in told)


def test_neighbours_are_told_before_the_move_and_it_waits_for_them_to_be_seen():
    sitting = drawn()
    room = sitting.rooms.first()
    by_place = {(seat.row, seat.column): seat for seat in room.seats.all()}
    seat, place = next(
        (seat, (other.row, other.column))
        for seat in by_place.values()
        for other in by_place.values()
        if other.paper_key != seat.paper_key
        and any(
            near is not None and near != seat and near.paper_key == seat.paper_key
            for near in (
                by_place.get((other.row + down, other.column + right))
                for down, right in ((0, 1), (1, 0), (0, -1), (-1, 0))
            )
        )
    )
    told = judged(sitting, seat, place)
    assert any("同卷考生前后或左右相邻" in text for text in told)
    with refusal("先看过再确认"):
        move(sitting, seat, place, accepted=len(told) - 1)
    pairs = sitting.quality["pairs"]
    move(sitting, seat, place, accepted=len(told))
    sitting.refresh_from_db()
    assert sitting.quality["pairs"] > pairs
    assert AuditEntry.objects.get(verb="exams.seat_move").payload["broken"] == told


def test_what_is_forbidden_is_refused_whoever_accepts():
    sitting = drawn(broken=[[4, 5]], blocked=[[4, 4]])
    seat = sitting.seats.first()
    for place in ((4, 5), (4, 4), (9, 9)):
        assert "没有可用的座位" in judged(sitting, seat, place)[0]
        with refusal("没有可用的座位"):
            move(sitting, seat, place)
    with refusal("已经坐在这里"):
        move(sitting, seat, (seat.row, seat.column))
    with refusal("没有这个座位或考场"):
        move(sitting, seat, (1, 1), SYSTEM.ref.uuid)
    with refusal("写明调整座位的原因"):
        move(sitting, seat, (1, 1), reason=" ")
    with refusal("您的角色"):
        move(sitting, seat, (1, 1), actor=NOBODY)


def test_a_full_room_takes_nobody_more():
    sitting = drawn(capacity=15)
    sitting = services.set_seating(actor=SYSTEM, sitting=sitting, reserve=0, papers_a_room="many")
    sitting = services.arrange_seats(actor=SYSTEM, sitting=sitting)
    first, last = sitting.rooms.order_by("number")
    assert (first.seats.count(), last.seats.count()) == (15, 15)
    taken = set(last.seats.values_list("row", "column"))
    free = next(place for place in last.room.places if place not in taken)
    with refusal("达到上限"):
        move(sitting, first.seats.first(), free, last.pk)


def test_who_needs_an_accessible_place_gets_and_keeps_it():
    batch = build.batch_with((("电工", 6), ("焊工", 6)))
    who = batch.applications.first()
    services.note_need(actor=SYSTEM, application=who, reason="轮椅")
    room = build.room(rows=3, columns=5)
    sitting = services.plan_sittings(actor=SYSTEM, batch=batch, slots=[build.theory_slot([room])])[
        0
    ]
    with refusal("无障碍座位不够：还缺 1 个"):
        services.arrange_seats(actor=SYSTEM, sitting=sitting)
    picture = "座座座座轮\n座座座座座\n座座座座座"
    with refusal("不能改变座位布局"):
        services.draw_room(actor=SYSTEM, room=room, picture="座座\n座座")
    services.draw_room(actor=SYSTEM, room=room, picture=picture)
    sitting = services.arrange_seats(actor=SYSTEM, sitting=sitting)
    seat = sitting.seats.get(application=who)
    assert (seat.row, seat.column) == (1, 5)
    other = sitting.seats.exclude(pk=seat.pk).first()
    with refusal("需要无障碍座位"):
        move(sitting, seat, (other.row, other.column))
    with refusal("需要无障碍座位"):
        move(sitting, other, (1, 5))
    assert services.note_need(actor=SYSTEM, application=who, reason="") is None
    assert not SeatingNeed.objects.exists()
    with refusal("您的角色"):
        services.note_need(actor=NOBODY, application=who, reason="轮椅")
    with pytest.raises(IntegrityError), transaction.atomic():
        SeatingNeed.objects.create(application=who, reason="")


# Paper


def printed(batch):
    """Print everything; the digests of the sheets by what they show."""
    for slug, kind in documents.items():
        if slug in EXAM_SHEETS and kind.applies(batch):
            kind.render(batch, SYSTEM)
    newest = PrintedSheet.objects.filter(batch_id=batch.pk).order_by("version")
    return {(each.slug, each.subject_id): each for each in newest}


EXAM_SHEETS = frozenset(
    {"arrangement-table", "room-distribution", "exam-timetable", "blackboard", "seat-table",
     "desk-labels", "door-notice", "sign-in", "admission-tickets"}
)  # fmt: skip


def test_every_sheet_a_change_makes_untrue_is_marked_and_named():
    """Whatever would print otherwise now must be out of date; what would not need not be."""
    batch = build.ticketed(build.batch_with((("电工", 12), ("焊工", 10), ("钳工", 8))))
    sitting = batch.sittings.get(number=1)
    before = printed(batch)
    assert {slug for slug, _ in before} >= {"seat-table", "desk-labels", "sign-in"}
    assert to_print_again(sitting) == []
    first, last = sitting.rooms.order_by("number")[:2]
    hole = last.holes[0]
    seat = first.seats.exclude(paper_key=hole["paper"]).first()
    move(sitting, seat, (hole["row"], hole["column"]), last.pk)
    marked = set(PrintedSheet.objects.filter(is_outdated=True).values_list("slug", "subject_id"))
    named = {(each.slug, each.subject_id) for each in to_print_again(sitting)}
    after = printed(batch)
    untrue = {key for key in after if after[key].digest != before[key].digest}
    assert untrue
    assert untrue <= marked
    assert untrue <= named
    assert {key for key in after if after[key].version > 1} == untrue
    assert to_print_again(sitting) == []


# The draw, repeated by others


def test_the_published_record_is_repeated_in_another_process(tmp_path):
    sitting = drawn()
    with refusal("尚未公开"):
        services.publish_record(actor=SYSTEM, sitting=sitting)
    sitting = services.confirm_arrangement(actor=SYSTEM, sitting=sitting)
    record = services.publish_record(actor=SYSTEM, sitting=sitting)
    names = set(Application.objects.values_list("person__name", flat=True))
    text = json.dumps(record, ensure_ascii=False)
    assert not [name for name in names if name in text]
    path = tmp_path / "record.json"

    def repeat(content):
        path.write_text(json.dumps(content), encoding="utf-8")
        return subprocess.run(
            [sys.executable, "-m", "exams.rules.seating", str(path)],
            cwd=PROJECT, capture_output=True, text=True, check=False,
            env={"PATH": "/usr/bin", "PYTHONHASHSEED": "5"},
        )  # fmt: skip

    assert (repeat(record).returncode, repeat(record).stdout.split()[0]) == (0, "30")
    assert repeat({**record, "key": "anders"}).returncode == 1
    move(sitting, sitting.seats.first(), _free_place(sitting))
    assert services.publish_record(actor=SYSTEM, sitting=sitting)["seats"] == record["seats"]


def _free_place(sitting):
    room = sitting.seats.first().sitting_room
    taken = set(room.seats.values_list("row", "column"))
    return next(place for place in room.room.places if place not in taken)


def test_the_database_keeps_the_record_of_a_confirmed_draw():
    sitting = drawn()
    services.arrange_seats(actor=SYSTEM, sitting=sitting)
    services.confirm_arrangement(actor=SYSTEM, sitting=sitting)
    with pytest.raises(IntegrityError, match="不能改动"), transaction.atomic():
        DrawnPlan.objects.update(content=b"")
    with pytest.raises(IntegrityError, match="不能改动"), transaction.atomic():
        DrawnPlan.objects.all().delete()


# How a draw seats


def test_few_papers_a_room_and_the_reserve_are_the_offices_choice():
    sitting = drawn((("电工", 9), ("焊工", 8), ("钳工", 8), ("车工", 7)))
    few = services.set_seating(actor=SYSTEM, sitting=sitting, reserve=3, papers_a_room="few")
    few = services.arrange_seats(actor=SYSTEM, sitting=few)
    assert (few.quality["mixing"], few.quality["holes"]) == ("few", 6)
    services.confirm_arrangement(actor=SYSTEM, sitting=few)
    with refusal("已经确认"):
        services.set_seating(actor=SYSTEM, sitting=few, reserve=1, papers_a_room="many")


def test_one_sealed_form_for_more_than_half_asks_for_another():
    sitting = drawn((("电工", 12), ("焊工", 4)))
    assert sitting.quality["wants_forms"] == []
    forms = SeatAssignment.objects.filter(application__offering__occupation__name="电工")
    assert set(forms.values_list("form", flat=True)) == {"A", "B"}


def test_as_few_free_rooms_as_suffice_are_proposed():
    batch = build.batch_with((("电工", 25), ("焊工", 20)))
    small = build.room(rows=4, columns=5)
    large = build.room(rows=5, columns=6)
    build.room(rows=5, columns=6, is_tiered=True)
    other = build.room(rows=5, columns=6)
    slot = build.theory_slot([])

    def proposed():
        return services.fewest_rooms(
            batch=batch, subject="theory", starts_at=slot.starts_at, ends_at=slot.ends_at
        )

    assert {room.pk for room in proposed()} == {small.pk, large.pk} or {
        room.pk for room in proposed()
    } == {small.pk, other.pk}
    elsewhere = build.batch_with()
    services.plan_sittings(actor=SYSTEM, batch=elsewhere, slots=[build.theory_slot([large])])
    assert {room.pk for room in proposed()} == {small.pk, other.pk}
    services.plan_sittings(actor=SYSTEM, batch=elsewhere, slots=[build.theory_slot([other])])
    with refusal("还缺 26 个座位"):
        proposed()
