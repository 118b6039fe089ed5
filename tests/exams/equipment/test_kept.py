"""What the database keeps of equipment, what services refuse, and what the checks find."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction

from assessment_center.accounts.enums import Role
from assessment_center.audit.models import AuditEntry
from assessment_center.conformance.declarations import Failed, NotApplicable, Passed
from assessment_center.registry import SYSTEM, RefusedError
from exams import services
from exams.equipment import conformance
from exams.equipment import services as equipment
from exams.equipment.deadlines import equipment_deadlines
from exams.equipment.selectors import equipment_by_occupation, ledger
from exams.equipment.services import Harm, Measured
from exams.models import Calibration, Damage, Equipment, Loan, Maintenance, SessionCheck, Sitting
from tests.exams import build as exam
from tests.exams.equipment import build
from tests.factories import foundation as make


def refusal(match):
    return pytest.raises(RefusedError, match=match)


@pytest.fixture
def now(db):
    with time_machine.travel(make.at(2026, 5, 18), tick=False) as clock:
        yield clock


def refused_by_database(match):
    return pytest.raises(IntegrityError, match=match)


def lend(one, actor=SYSTEM, **more):
    sheet = {
        "borrower": build.keeper(), "purpose": "教学", "starts_on": date(2026, 5, 18),
        "due_back": date(2026, 5, 20), **more,
    }  # fmt: skip
    return equipment.ask_loan(actor=actor, equipment=one, **sheet)


def test_the_database_keeps_what_was_measured_mended_and_found(now):
    _batch, sitting, room = build.practical()
    one, person = build.piece(room=room, measuring=True), build.keeper()
    calibration = build.passed(one, date(2027, 1, 9))
    care = equipment.maintain(
        actor=SYSTEM, equipment=one, kind="daily", done_on=date(2026, 5, 2), work="除尘",
        member=person,
    )  # fmt: skip
    damage = equipment.note_damage(
        actor=SYSTEM, equipment=one, harm=Harm("wear", "磨损", "使用", make.at(2026, 5, 3), person)
    )
    loan = lend(build.piece("YQ-2"))
    equipment.settle_damage(actor=SYSTEM, damage=damage, settlement="repaired", on=date(2026, 5, 4))
    ready = build.ticketed(sitting)
    check = equipment.check_room(
        actor=SYSTEM, room=build.used(ready), moment="before", member=person
    )
    for model, row, change, match in (
        (Calibration, calibration, {"valid_until": date(2028, 1, 1)}, "检定记录不能改动"),
        (Calibration, calibration, {"done_on": date(2026, 2, 2)}, "检定记录不能改动"),
        (Maintenance, care, {"work": "大修"}, "维护维修记录不能改动"),
        (Damage, damage, {"cause": "考生操作"}, "损坏记录不能改动"),
        (Damage, damage, {"settlement": "", "settled_on": None}, "损坏记录不能改动"),
        (Loan, loan, {"due_back": date(2027, 1, 1)}, "借领记录不能改动"),
        (SessionCheck, check, {"sound": True, "findings": "好"}, "检查记录不能改动"),
    ):
        with refused_by_database(match), transaction.atomic():
            model.objects.filter(pk=row.pk).update(**change)
    for model, match in (
        (Calibration, "不能删除"), (Maintenance, "不能改动"), (Damage, "不能删除"),
        (Loan, "不能删除"), (SessionCheck, "不能改动"), (Equipment, "只能报废"),
    ):  # fmt: skip
        with refused_by_database(match), transaction.atomic():
            model.objects.all()._raw_delete("default")


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"station": 3, "room": None}, "equipment_station_in_a_room"),
        ({"needed": 9}, "equipment_quantity_sane"),
        ({"quantity": 0, "needed": 0}, "equipment_quantity_sane"),
        ({"name": ""}, "equipment_named"),
        ({"price": Decimal(-1)}, "equipment_price_sane"),
        ({"number": "YQ-2"}, "equipment_number_once"),
    ],
)
def test_a_line_makes_sense(now, change, match):
    one = build.piece(room=build.shop(), station=1)
    build.piece("YQ-2")
    with refused_by_database(match), transaction.atomic():
        Equipment.objects.filter(pk=one.pk).update(**change)


def test_a_loan_is_decided_and_returned_as_a_whole(now):
    clerk = make.make_user(Role.CLERK)
    loan = lend(build.piece(), clerk.as_actor())
    for change, match in (
        ({"state": "out"}, "loan_decided"),
        ({"approved_by": clerk}, "loan_two_people"),
        ({"state": "returned", "approved_at": make.at(2026, 5, 18)}, "loan_returned_how"),
        ({"state": "out", "approved_at": make.at(2026, 5, 18), "count": 5}, "借领记录不能改动"),
    ):
        with refused_by_database(match), transaction.atomic():
            Loan.objects.filter(pk=loan.pk).update(**change)


def test_nobody_approves_what_he_asked_for(now):
    both = make.make_user(Role.HEAD, Role.CLERK).as_actor()
    head, one = make.make_user(Role.HEAD).as_actor(), build.piece(quantity=2)
    loan = lend(one, both)
    with refusal("不能由经办人自己批准"):
        equipment.decide_loan(actor=both, loan=loan, approved=True)
    plan = equipment.ask_plan(actor=both, kind="scrap", text="老化", equipment=one)
    with refusal("不能由提出人自己批准"):
        equipment.decide_plan(actor=both, plan=plan, approved=True)
    out = equipment.decide_loan(actor=head, loan=loan, approved=True)
    equipment.decide_plan(actor=head, plan=plan, approved=True)
    with refusal("借领没有了结"):
        equipment.complete_plan(actor=both, plan=plan)
    held = equipment.return_loan(
        actor=both, loan=out, on=date(2026, 5, 18), condition="裂", sound=False, explanation="摔"
    )
    with refusal("不能由经办人自己批准"):
        equipment.accept_return(actor=both, loan=held)
    equipment.accept_return(actor=head, loan=held)
    with refusal("不能"):
        equipment.return_loan(
            actor=both, loan=Loan.objects.get(), on=date(2026, 5, 18), condition="好", sound=True
        )
    plan.refresh_from_db()
    equipment.complete_plan(actor=both, plan=plan)
    with refusal("已报废"):
        equipment.change_equipment(actor=SYSTEM, equipment=one, values={"name": "旧表"})
    with refused_by_database("已报废的设备不能再改"), transaction.atomic():
        Equipment.objects.update(state="in_use")


def test_more_than_there_is_cannot_be_lent(now):
    one = build.piece(quantity=2)
    first, second = lend(one, count=2), lend(one, count=1)
    equipment.decide_loan(actor=SYSTEM, loan=first, approved=True)
    with refusal("可借的只有 0 台"):
        equipment.decide_loan(actor=SYSTEM, loan=second, approved=True)
    with refusal("可借的只有 0 台"):
        lend(one)


@pytest.mark.parametrize(
    ("measured", "match"),
    [
        (Measured(date(2026, 5, 19), "passed", "J", "院", date(2027, 1, 1)), "不能晚于今天"),
        (Measured(date(2026, 5, 1), "passed", "J", "院"), "有效期"),
        (Measured(date(2026, 5, 1), "passed", "J", "院", date(2026, 4, 30)), "有效期"),
        (Measured(date(2026, 5, 1), "failed", "J", "院"), "处理意见"),
        (Measured(date(2026, 5, 1), "passed", " ", "院", date(2027, 1, 1)), "."),
    ],
)
def test_a_calibration_is_whole(now, measured, match):
    with refusal(match):
        equipment.calibrate(actor=SYSTEM, equipment=build.piece(measuring=True), measured=measured)
    assert not Calibration.objects.exists()


def test_a_calibration_is_of_an_instrument_and_counted_once(now):
    with refusal("没有登记为计量器具"):
        build.passed(build.piece(), date(2027, 1, 1))
    one = build.piece("YQ-2", measuring=True)
    build.passed(one, date(2027, 1, 1))
    with refusal("已经登记"):
        build.passed(one, date(2027, 1, 1))


def test_written_off_pieces_leave_the_ledger(now):
    one, person = build.piece(quantity=6, needed=6), build.keeper()
    lost = equipment.note_damage(
        actor=SYSTEM, equipment=one,
        harm=Harm("loss", "丢失", "清点时发现", make.at(2026, 5, 3), person, count=2),
    )  # fmt: skip
    with refusal("多于台账"):
        equipment.note_damage(
            actor=SYSTEM, equipment=one,
            harm=Harm("loss", "丢失", "不明", make.at(2026, 5, 3), person, count=7),
        )  # fmt: skip
    with refusal("责任人"):
        equipment.settle_damage(
            actor=SYSTEM, damage=lost, settlement="written_off", on=date(2026, 5, 4),
            compensation=Decimal(50),
        )  # fmt: skip
    equipment.settle_damage(
        actor=SYSTEM, damage=lost, settlement="written_off", on=date(2026, 5, 4)
    )
    one.refresh_from_db()
    assert (one.quantity, one.needed) == (4, 4)


def test_every_change_of_the_ledger_stands_in_the_trail_old_and_new(now):
    one = build.piece(model="A")
    equipment.change_equipment(actor=SYSTEM, equipment=one, values={"model": "A"})
    equipment.change_equipment(actor=SYSTEM, equipment=one, values={"model": "B", "price": "1.5"})
    told = AuditEntry.objects.get(verb="exams.equipment_change").payload
    assert told["changed"] == {"model": ["A", "B"], "price": [None, "1.5"]}


def test_what_the_centre_owes_its_equipment(now):
    make.make_filing()
    one = build.piece(measuring=True)
    build.passed(one, date(2026, 6, 30))
    loan = equipment.decide_loan(actor=SYSTEM, loan=lend(build.piece("B")), approved=True)
    due = {spec.kind: spec for spec in equipment_deadlines(None)}
    assert due["exams.calibration_due"].due == date(2026, 5, 31)
    assert str(due["exams.calibration_due"].citations[0]).endswith("三7")
    assert (due["exams.loan_back"].due, due["exams.loan_back"].done) == (date(2026, 5, 20), False)
    build.passed(one, date(2027, 6, 29), date(2026, 5, 18))
    equipment.return_loan(actor=SYSTEM, loan=loan, on=date(2026, 5, 18), condition="好", sound=True)
    due = {spec.kind: spec for spec in equipment_deadlines(None)}
    assert due["exams.calibration_due"].due == date(2027, 5, 30)
    assert due["exams.loan_back"].done_on == date(2026, 5, 18)


def test_equipment_by_occupation_of_the_scope(now):
    filing = make.make_filing()
    lathe, welder = make.make_occupation("车工"), make.make_occupation("焊工")
    make.make_scope(filing=filing, occupation=lathe)
    make.make_scope(filing=filing, occupation=welder)
    build.piece("C-1", occupation=lathe)
    build.piece("T-1")
    found = equipment_by_occupation(filing.centre)
    assert {each.name: [str(one) for one in rows] for each, rows in found.items()} == {
        "车工": ["C-1 万用表", "T-1 万用表"],
        "焊工": ["T-1 万用表"],
    }


def test_a_bare_ledger_is_found(now):
    batch, _sitting, room = build.practical()
    found = conformance.ledger_is_whole(batch)
    assert isinstance(found, Failed)
    assert "没有电工的设备" in str(found.evidence[0])
    one = build.piece(room=room, occupation=batch.offerings.get().occupation)
    found = conformance.ledger_is_whole(batch)
    assert isinstance(found, Failed)
    assert "购置日期" in str(found.evidence[0])
    values = {"model": "M", "bought_on": date(2024, 1, 1), "price": 1, "assesses": "测量"}
    equipment.change_equipment(actor=SYSTEM, equipment=one, values=values)
    assert isinstance(conformance.ledger_is_whole(batch), Passed)


def test_a_room_that_was_not_cleared_up_is_found(now):
    batch, sitting, room = build.practical()
    build.piece(room=room)
    ready, person = build.ticketed(sitting), build.keeper()
    now.move_to(exam.PRACTICAL_STARTS)
    used = build.used(ready)
    equipment.check_room(actor=SYSTEM, room=used, moment="before", member=person)
    exam.accept_rooms(ready)
    services.start_sitting(actor=SYSTEM, sitting=ready)
    assert isinstance(conformance.cleared_up(batch), NotApplicable)
    Sitting.objects.filter(pk=sitting.pk).update(status="recorded")
    assert isinstance(conformance.cleared_up(batch), Failed)
    equipment.check_room(actor=SYSTEM, room=used, moment="after", member=person)
    assert isinstance(conformance.cleared_up(batch), Passed)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.HEAD, Role.INSPECTOR])
def test_only_who_arranges_writes_the_ledger(now, role):
    actor = make.make_user(role).as_actor()
    with refusal("您的角色不能"):
        equipment.enter_equipment(actor=actor, values={"number": "X", "name": "Y", "quantity": 1})
    assert not ledger().exists()
