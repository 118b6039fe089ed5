"""An instrument that is expired, failed, lent or broken keeps its workstation from being used."""

from datetime import date, timedelta

import pytest
import time_machine

from assessment_center.registry import SYSTEM, RefusedError
from exams import services
from exams.equipment import services as equipment
from exams.equipment.readiness import blocked_in
from exams.equipment.services import Harm, Measured
from exams.models import Sitting
from tests.exams import build as exam
from tests.exams.equipment import build
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db
LATER = date(2027, 1, 9)


def refusal(match):
    return pytest.raises(RefusedError, match=match)


@pytest.fixture(autouse=True)
def may():
    with time_machine.travel(make.at(2026, 5, 18), tick=False) as clock:
        yield clock


def test_an_expired_instrument_blocks_its_workstation_and_names_itself_the_day_and_the_article():
    _batch, sitting, room = build.practical()
    meter = build.piece(room=room, station=3, measuring=True)
    build.passed(meter, build.DAY - timedelta(days=1))
    with refusal("YQ-1 万用表") as told:
        build.arrange(sitting)
    said = told.value.refusal
    for word in (room.name, "3 号工位", "2026-05-22", "2026-05-23"):
        assert word in said.reason
    assert [str(each)[-2:] for each in said.citations] == ["三7"]
    assert "换用" in said.remedy
    assert not Sitting.objects.get(pk=sitting.pk).seats.exists()
    build.passed(meter, LATER, date(2026, 5, 18))
    assert build.arrange(sitting).status == "arranged"


def test_it_is_good_on_its_last_day():
    _batch, sitting, room = build.practical()
    build.passed(build.piece(room=room, station=1, measuring=True), build.DAY)
    assert build.arrange(sitting).status == "arranged"


@pytest.mark.parametrize(
    ("station", "blocks"), [(None, True), (4, True), (5, False)], ids=["room", "taken", "free"]
)
def test_a_workstation_nobody_sits_at_does_not_block(station, blocks):
    _batch, sitting, room = build.practical(people=4)
    build.piece(room=room, station=station, measuring=True)
    if blocks:
        with refusal("没有检定记录"):
            build.arrange(sitting)
    else:
        assert build.arrange(sitting).seats.count() == 4


def test_a_failed_calibration_counts_although_an_older_one_still_runs():
    _batch, sitting, room = build.practical()
    meter = build.piece(room=room, measuring=True)
    build.passed(meter, LATER)
    failed = equipment.calibrate(
        actor=SYSTEM,
        equipment=meter,
        measured=Measured(date(2026, 5, 10), "failed", "JD-9", "市计量院", handling="repair"),
    )
    with refusal("2026-05-10 检定不合格"):
        build.arrange(sitting)
    equipment.void_calibration(actor=SYSTEM, calibration=failed, reason="录错设备")
    assert build.arrange(sitting).status == "arranged"


@pytest.mark.parametrize("book", ["shandong", "fujian", "jilin"])
def test_a_rulebook_that_is_silent_on_calibration_makes_no_check_of_it(book):
    _batch, sitting, room = build.practical(rulebook=book)
    build.piece(room=room, measuring=True)
    assert build.arrange(sitting).status == "arranged"


def _lend(one, due, count=1):
    loan = equipment.ask_loan(
        actor=SYSTEM, equipment=one, borrower=build.keeper(), purpose="实训教学",
        starts_on=date(2026, 5, 18), due_back=due, count=count,
    )  # fmt: skip
    return equipment.decide_loan(actor=SYSTEM, loan=loan, approved=True)


@pytest.mark.parametrize(
    ("due", "blocks"), [(22, False), (23, True)], ids=["back before", "back that day"]
)
def test_what_is_lent_over_the_day_blocks(due, blocks):
    _batch, sitting, room = build.practical(rulebook="jilin")
    _lend(build.piece(room=room), date(2026, 5, due))
    if blocks:
        with refusal("已借出，应于 2026-05-23 归还") as told:
            build.arrange(sitting)
        assert told.value.refusal.citations
    else:
        assert build.arrange(sitting).status == "arranged"


def test_what_is_overdue_is_not_counted_on(may):
    _batch, sitting, room = build.practical()
    loan = _lend(build.piece(room=room), date(2026, 5, 19))
    may.move_to(make.at(2026, 5, 20))
    with refusal("已借出"):
        build.arrange(sitting)
    equipment.return_loan(
        actor=SYSTEM, loan=loan, on=date(2026, 5, 20), condition="完好", sound=True
    )
    assert build.arrange(sitting).status == "arranged"


def _break(one, count=1):
    harm = Harm("damage", "表笔断裂", "老化", make.at(2026, 5, 17), build.keeper(), count)
    return equipment.note_damage(actor=SYSTEM, equipment=one, harm=harm)


def test_what_is_broken_blocks_until_it_is_repaired():
    _batch, sitting, room = build.practical()
    damage = _break(build.piece(room=room, station=1))
    with refusal("已损坏或丢失"):
        build.arrange(sitting)
    equipment.settle_damage(
        actor=SYSTEM, damage=damage, settlement="repaired", on=date(2026, 5, 18)
    )
    assert build.arrange(sitting).status == "arranged"


def test_of_several_pieces_only_those_needed_must_be_there():
    _batch, sitting, room = build.practical()
    tools = build.piece(room=room, quantity=6, needed=4, name="卡尺")
    _break(tools, 1)
    _lend(tools, date(2026, 5, 30), 1)
    assert build.arrange(sitting).status == "arranged"
    _break(tools, 1)
    assert [each.fault.reason for each in blocked_in(sitting)] == ["on_loan"]


def test_what_expires_between_arranging_and_the_start_is_refused_at_the_start(may):
    _batch, sitting, room = build.practical()
    meter = build.piece(room=room, station=2, measuring=True)
    good = build.passed(meter, LATER)
    ready = build.ticketed(sitting)
    equipment.void_calibration(actor=SYSTEM, calibration=good, reason="证书系伪造")
    may.move_to(exam.PRACTICAL_STARTS)
    with refusal("没有检定记录"):
        services.start_sitting(actor=SYSTEM, sitting=ready)
    with refusal("不能登记为检查合格"):
        equipment.check_room(
            actor=SYSTEM, room=build.used(ready), moment="before", member=build.keeper()
        )


def test_the_start_waits_for_the_check_of_the_rooms_equipment(may):
    _batch, sitting, room = build.practical()
    build.piece(room=room)
    ready = build.ticketed(sitting)
    may.move_to(exam.PRACTICAL_STARTS)
    used, person = build.used(ready), build.keeper()
    with refusal("考前检查合格") as told:
        services.start_sitting(actor=SYSTEM, sitting=ready)
    assert str(told.value.refusal.citations[0]).endswith("三5")
    with refusal("写明情况"):
        equipment.check_room(actor=SYSTEM, room=used, moment="before", member=person, sound=False)
    equipment.check_room(
        actor=SYSTEM, room=used, moment="before", member=person, sound=False, findings="缺表笔"
    )
    with refusal("考前检查合格"):
        services.start_sitting(actor=SYSTEM, sitting=ready)
    with refusal("开考以后"):
        equipment.check_room(actor=SYSTEM, room=used, moment="after", member=person)
    may.shift(60)
    good = equipment.check_room(
        actor=SYSTEM, room=used, moment="before", member=person, adjusted="已补表笔"
    )
    assert good.items == ["YQ-1 万用表"]
    exam.accept_rooms(ready)
    assert services.start_sitting(actor=SYSTEM, sitting=ready).status == "running"
    with refusal("不能补登"):
        equipment.check_room(actor=SYSTEM, room=used, moment="before", member=person)


def test_what_is_moved_out_or_scrapped_blocks_no_more():
    _batch, sitting, room = build.practical()
    meter = build.piece(room=room, station=1, measuring=True)
    with refusal("没有检定记录"):
        build.arrange(sitting)
    equipment.change_equipment(
        actor=SYSTEM, equipment=meter, values={"room": None, "station": None}
    )
    assert build.arrange(sitting).status == "arranged"
