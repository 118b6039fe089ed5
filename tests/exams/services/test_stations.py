"""Workstations make the seats of a workshop, for the occupations they serve (VEN-11)."""

import pytest
from django.db import IntegrityError, transaction

from assessment_center.registry import SYSTEM, Actor, RefusedError, SubjectRef
from exams import services
from exams.equipment import services as equipment
from exams.equipment.readiness import blocked_in
from exams.models import Workstation
from exams.rules.stations import spread
from exams.services import Station
from exams.stations import seats_for, station_numbers
from tests.exams import build
from tests.exams.equipment import build as gear
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db
NOBODY = Actor(SubjectRef("accounts.user", SYSTEM.ref.uuid), "外人")


def save(room, *stations, actor=SYSTEM):
    return services.save_stations(actor=actor, room=room, stations=stations)


def refusal(match):
    return pytest.raises(RefusedError, match=match)


def test_seats_are_counted_through_the_stations():
    assert spread([(4, 1), (1, 2)]) == [1, 1, 4]


def test_stations_make_the_seats_of_their_occupations():
    room, plain = gear.shop(), build.room(kind="practical")
    welder, fitter = make.make_occupation("焊工"), make.make_occupation("钳工")
    saved = save(
        room, Station(1, "电焊", 2, occupations=[welder]), Station(2), Station(4, is_usable=False)
    )
    assert (saved.capacity, station_numbers(saved)) == (3, [1, 1, 2])
    assert seats_for([room, plain], welder.pk) == {room.pk: 3, plain.pk: 30}
    assert seats_for([room], fitter.pk) == {room.pk: 1}
    gear.piece(room=plain, occupation=welder)
    assert seats_for([plain], fitter.pk) == {plain.pk: 0}
    assert save(room).capacity == 6
    assert not Workstation.objects.exists()


def test_what_cannot_be_is_refused():
    room = gear.shop()
    with refusal("不能重复"):
        save(room, Station(1), Station(1))
    with refusal("共容 7 人"):
        save(room, Station(1, capacity=7))
    with refusal("可以使用的工位"):
        save(room, Station(1, is_usable=False))
    with refusal("1 至 20 人"):
        save(room, Station(0))
    with refusal("只有技能考场"):
        save(build.room(), Station(1))
    with refusal("您的角色"):
        save(room, Station(1), actor=NOBODY)
    save(room, Station(1), Station(2))
    with refusal("没有|只有"):
        gear.piece(room=room, station=3)
    gear.piece(room=room, station=2)
    with refusal("2 号工位还有设备"):
        save(room, Station(1))
    with pytest.raises(IntegrityError, match="workstation_number_once"), transaction.atomic():
        Workstation.objects.create(room=room, number=1)
    with pytest.raises(IntegrityError, match="workstation_capacity_sane"), transaction.atomic():
        Workstation.objects.create(room=room, number=9, capacity=21)


def test_a_room_in_use_keeps_its_stations_but_not_their_names():
    room = gear.shop()
    save(room, Station(1), Station(2))
    build.planned_practical(room)
    with refusal("不能改变座位布局"):
        save(room, Station(1))
    save(room, Station(1, "窗边"), Station(2))
    assert room.stations.get(number=1).name == "窗边"


def test_equipment_of_a_station_counts_for_those_who_work_there():
    batch, sitting, room = gear.practical(people=2)
    batch.sittings.all().delete()
    save(room, Station(1, is_usable=False), Station(2, capacity=2))
    wanted = services.plan_practical(
        actor=SYSTEM, batch=batch, starts_at=build.PRACTICAL_STARTS, minutes=120, rooms=[room]
    )[0]
    gear.piece(room=room, station=1, measuring=True)
    assert sitting.number == wanted.number == 1
    services.arrange_seats(actor=SYSTEM, sitting=wanted)
    assert list(blocked_in(wanted)) == []
    moved = equipment.change_equipment(
        actor=SYSTEM, equipment=room.equipment.get(), values={"station": 2}
    )
    assert [each.equipment for each in blocked_in(wanted)] == [moved]
