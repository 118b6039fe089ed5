"""The database itself refuses: each constraint is broken past the services."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from psycopg.types.range import TimestamptzRange

from assessment_center.personnel.models import StaffMember
from assessment_center.registry import SYSTEM
from exams.models import (
    AdmissionTicket,
    Attendance,
    Duty,
    Handover,
    Incident,
    Packet,
    Room,
    RoomRecord,
    SeatAssignment,
    Site,
    Sitting,
    SittingRoom,
    Violation,
)
from tests.exams import build
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db


def refused(name, **filters):
    """The statement fails on the named constraint."""
    return pytest.raises(IntegrityError, match=name)


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("room_grid_sane", {"rows": 0, "columns": 5, "capacity": 1}),
        ("room_capacity_fits", {"rows": 2, "columns": 2, "capacity": 5}),
        ("room_capacity_fits", {"rows": 2, "columns": 2, "capacity": 0}),
    ],
)
def test_rooms_are_sane(name, more):
    site = Site.objects.create(name="甲")
    with pytest.raises(IntegrityError, match="room_"), transaction.atomic():
        Room.objects.create(site=site, name="1", **more)
    with pytest.raises(ValidationError):
        Room(site=site, name="1", **more).full_clean()


def test_a_room_name_is_used_once_per_site():
    site = Site.objects.create(name="甲")
    Room.objects.create(site=site, name="1", rows=1, columns=1, capacity=1)
    with refused("room_name_once"), transaction.atomic():
        Room.objects.create(site=site, name="1", rows=1, columns=1, capacity=1)


def test_sittings_are_ordered_and_numbered():
    theory, _ = build.planned()
    facts = {
        "batch": theory.batch, "subject_code": "theory",
        "starts_at": theory.starts_at, "ends_at": theory.ends_at,
    }  # fmt: skip
    with refused("sitting_number_once"), transaction.atomic():
        Sitting.objects.create(number=1, **facts)
    with refused("sitting_ordered"), transaction.atomic():
        Sitting.objects.create(number=9, **{**facts, "ends_at": theory.starts_at})
    with refused("sitting_arranged_how"), transaction.atomic():
        Sitting.objects.create(number=9, status="arranged", **facts)
    with refused("sitting_confirmed_before_tickets"), transaction.atomic():
        Sitting.objects.create(number=9, status="ticketed", draw_key="k", algorithm="a", **facts)


def test_a_room_is_in_one_sitting_at_a_time():
    theory, practical = build.planned()
    used = theory.rooms.first()
    later = theory.starts_at + timedelta(minutes=89)
    with refused("room_free"), transaction.atomic():
        SittingRoom.objects.create(
            sitting=practical[0], room=used.room, number=7,
            period=TimestamptzRange(later, later + timedelta(hours=1)),
        )  # fmt: skip
    clash = SittingRoom(
        sitting=practical[0], room=used.room, number=7,
        period=TimestamptzRange(later, later + timedelta(hours=1)),
    )  # fmt: skip
    with pytest.raises(ValidationError, match="占用"):
        clash.full_clean()
    SittingRoom.objects.create(
        sitting=practical[0], room=used.room, number=7,
        period=TimestamptzRange(theory.ends_at, theory.ends_at + timedelta(hours=1)),
    )  # fmt: skip
    with refused("sitting_room_number_once"), transaction.atomic():
        SittingRoom.objects.create(
            sitting=practical[0], room=theory.rooms.last().room, number=7,
            period=TimestamptzRange(theory.ends_at, theory.ends_at + timedelta(hours=1)),
        )  # fmt: skip


def test_seats_and_tickets_are_given_once():
    batch = build.ticketed()
    one, two = SeatAssignment.objects.filter(sitting__number=1)[:2]
    for field, name in (("application_id", "seated_once"), ("seat_number", "seat_once")):
        with refused(name), transaction.atomic():
            SeatAssignment.objects.filter(pk=two.pk).update(
                sitting_room=one.sitting_room, **{field: getattr(one, field)}
            )
    with refused("place_once"), transaction.atomic():
        SeatAssignment.objects.filter(pk=two.pk).update(
            sitting_room=one.sitting_room, seat_number=40, row=one.row, column=one.column
        )
    first, second = AdmissionTicket.objects.filter(application__batch=batch)[:2]
    late = build.admit(batch.offerings.first())[0]
    for number, name in ((first.number, "number"), ("", "ticket_numbered")):
        with refused(name), transaction.atomic():
            AdmissionTicket.objects.create(
                application=late, number=number, issued_at=build.TICKETS_AT
            )
    kept = AdmissionTicket.objects.filter(pk=second.pk)
    for broken in ({"renewed_at": build.TICKETS_AT}, {"changes": [{"what": "seat"}]}):
        with refused("ticket_renewed_in_what"), transaction.atomic():
            kept.update(**broken)
    with refused("不能更换"), transaction.atomic():
        kept.update(number=f"{first.number}9")
    with refused("不能更换"), transaction.atomic():
        kept.update(application=late)
    with refused("不能删除"), transaction.atomic():
        kept.delete()


def test_a_member_has_one_post_at_a_time():
    theory, _ = build.planned()
    member = make.make_member()
    period = TimestamptzRange(theory.starts_at, theory.ends_at)
    Duty.objects.create(sitting=theory, member=member, post="proctor", period=period)
    with refused("member_free"), transaction.atomic():
        Duty.objects.create(sitting=theory, member=member, post="keeper", period=period)


def test_packets_and_handovers():
    batch = build.arranged()
    room = batch.sittings.get(number=1).rooms.first()
    facts = {"sitting_room": room, "paper_key": "p"}
    packet = Packet.objects.create(count=3, seal_number="S1", **facts)
    for name, more in (
        ("packet_once", {"count": 3, "seal_number": "S2"}),
        ("seal_number", {"count": 3, "seal_number": "S1", "form": "B"}),
        ("packet_not_empty", {"count": 0, "seal_number": "S2", "form": "B"}),
        ("packet_returns_no_more", {
            "count": 1, "returned_count": 2, "seal_number": "S2", "form": "B"}),
        ("packet_returned_counted", {
            "count": 1, "state": "returned", "seal_number": "S2", "form": "B"}),
    ):  # fmt: skip
        with refused(name), transaction.atomic():
            Packet.objects.create(**facts, **more)
    member = make.make_member()
    with refused("handover_two_people"), transaction.atomic():
        Handover.objects.create(
            packet=packet, state="packed", giver=member, receiver=member,
            at=make.at(2026, 5, 22), count=3,
        )  # fmt: skip


def test_records_add_up():
    sitting = build.running()
    sheet = RoomRecord.objects.filter(sitting_room__sitting=sitting).first()
    mine = RoomRecord.objects.filter(pk=sheet.pk)
    at = make.at(2026, 5, 23, 10)
    with refused("room_record_adds_up"), transaction.atomic():
        mine.update(status="submitted", submitted_at=at, present=1)
    with refused("room_record_submitted_when"), transaction.atomic():
        mine.update(status="submitted", present=sheet.expected)
    seat = sheet.sitting_room.seats.first()
    with refused("attendance_known"), transaction.atomic():
        Attendance.objects.create(assignment=seat, state="asleep")
    facts = {
        "assignment": seat, "act_code": "X", "act": "x", "penalty": "W", "consequence": "w",
        "happened_at": at, "description": "d",
    }  # fmt: skip
    for recorder, witness in (("甲", ""), ("甲", "甲")):
        with refused("violation_two_people"), transaction.atomic():
            Violation.objects.create(recorder=recorder, witness=witness, **facts)
    Violation.objects.create(recorder="甲", witness="乙", **facts)
    with refused("violation_once"), transaction.atomic():
        Violation.objects.create(recorder="甲", witness="乙", **facts)
    with refused("incident_reported_after"), transaction.atomic():
        Incident.objects.create(
            sitting=sitting, kind="other", happened_at=at, reported_at=at - timedelta(minutes=1),
            reported_to="主考", text="t",
        )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_of_forty_overlapping_duties_at_once_exactly_the_possible_ones_stand():
    """Eight threads put one member on five posts each: two hours hold four half-hour posts."""
    theory, _ = build.planned()
    member = StaffMember.objects.get(pk=make.make_member().pk)
    start = theory.starts_at
    accepted, lock = [], threading.Lock()

    def work() -> None:
        try:
            for at in range(5):
                begins = start + timedelta(minutes=30 * (at % 4))
                try:
                    Duty.objects.create(
                        sitting=theory, member=member, post="proctor",
                        period=TimestamptzRange(begins, begins + timedelta(minutes=30)),
                    )  # fmt: skip
                except IntegrityError:
                    continue
                with lock:
                    accepted.append(begins)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(accepted) == [start + timedelta(minutes=30 * at) for at in range(4)]
    assert Duty.objects.filter(member=member).count() == 4
    assert SYSTEM.is_system
