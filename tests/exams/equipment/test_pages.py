"""The equipment's pages: from the empty ledger to the printed forms; roles are kept."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.registry import SYSTEM
from exams.equipment import services as equipment
from exams.equipment.sheets import ledger_template
from exams.models import Damage, Equipment, EquipmentPlan, Keeper, Loan, SessionCheck
from tests.assessment_center.pdf.reading import text as printed_text
from tests.exams import build as exam
from tests.exams.equipment import build
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(make.at(2026, 5, 18), tick=False) as clock:
        yield clock


@pytest.fixture
def clerk(client):
    client.force_login(make.make_user(Role.CLERK))
    return client


@pytest.fixture
def head():
    from django.test import Client

    client = Client()
    client.force_login(make.make_user(Role.HEAD))
    return client


def url(name, *args):
    return reverse(f"exams_office:{name}", args=args)


def page(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def send(client, where, *args, **data):
    return client.post(url(where, *args), data, follow=True)


def test_from_the_empty_ledger_to_a_measured_piece(clerk):
    make.make_filing()
    room = build.shop()
    assert "台账还是空的" in page(clerk.get(url("equipment")))
    assert "登记设备" in page(clerk.get(url("equipment_new")))
    facts = {
        "number": "YQ-1", "name": "兆欧表", "quantity": 1, "needed": 1, "unit": "台",
        "ownership": "own", "room": room.pk, "station": 2, "measuring": "on",
        "bought_on": "2024-03-01", "price": "680.50",
    }  # fmt: skip
    assert "需用数量不能多于数量" in page(
        clerk.post(url("equipment_new"), {**facts, "needed": 3}), 422
    )
    shown = page(send(clerk, "equipment_new", **facts))
    assert "没有检定记录" in shown
    one = Equipment.objects.get()
    assert "已经登记" in page(clerk.post(url("equipment_new"), facts), 422)
    told = {"done_on": "2026-05-10", "certificate": "JD-1", "body": "市计量院"}
    shown = page(send(clerk, "calibrate", one.pk, verdict="passed", **told))
    assert "合格的须写有效期" in shown
    shown = page(
        send(clerk, "calibrate", one.pk, verdict="passed", valid_until="2027-05-09", **told)
    )
    assert "2027-05-09" in shown
    assert "可用" in shown
    listed = page(clerk.get(url("equipment"), {"words": "兆欧"}))
    assert "2 号工位" in listed
    assert "没有找到" in page(clerk.get(url("equipment"), {"words": "车床"}))
    calibration = one.calibrations.get()
    assert "请写明作废原因" in page(send(clerk, "calibration_void", calibration.pk, reason=" "))
    assert "已作废" in page(send(clerk, "calibration_void", calibration.pk, reason="录错"))
    changed = page(send(clerk, "equipment_change", one.pk, **{**facts, "station": 9}))
    assert "只有 6 个工位" in changed
    assert "台账已改正" in page(send(clerk, "equipment_change", one.pk, **{**facts, "station": 5}))


def test_a_loan_needs_the_head_and_comes_back_looked_at(clerk, head):
    one, borrower = build.piece(quantity=2), build.keeper()
    sheet = {
        "borrower": borrower.pk, "count": 1, "purpose": "实训", "starts_on": "2026-05-18",
        "due_back": "2026-05-20",
    }  # fmt: skip
    assert "待领导批准" in page(send(clerk, "lend", one.pk, **sheet))
    loan = Loan.objects.get()
    assert page(send(clerk, "loan_step", loan.pk, "return"), 422)
    page(send(clerk, "loan_step", loan.pk, "approve"))
    loan.refresh_from_db()
    assert loan.state == "asked"
    assert "批准借出" in page(head.get(url("equipment_one", one.pk)))
    assert "请写明不批准的原因" in page(send(head, "loan_step", loan.pk, "refuse"))
    page(send(head, "loan_step", loan.pk, "approve"))
    assert "没有这个步骤" in page(send(head, "loan_step", loan.pk, "destroy"))
    back = {"on": "2026-05-18", "condition": "外壳开裂", "faulty": "on"}
    assert "写明借领人说明的原因" in page(send(clerk, "loan_step", loan.pk, "return", **back))
    page(send(clerk, "loan_step", loan.pk, "return", explanation="跌落", **back))
    loan.refresh_from_db()
    assert loan.state == "held"
    page(send(head, "loan_step", loan.pk, "accept"))
    loan.refresh_from_db()
    assert (loan.state, loan.condition, loan.explanation) == ("returned", "外壳开裂", "跌落")


def test_damage_is_noted_and_settled_on_the_page(clerk):
    one, person = build.piece(), build.keeper()
    told = {
        "kind": "damage", "count": 1, "at": "2026-05-18T08:30", "what": "烧毁", "cause": "接线错误",
        "noted_by": person.pk, "misuse": "on",
    }  # fmt: skip
    assert "由谁制止" in page(send(clerk, "damage", one.pk, **told))
    assert "待处理" in page(send(clerk, "damage", one.pk, stopped_by="考评员王", **told))
    damage = Damage.objects.get()
    shown = page(send(clerk, "damage_settle", damage.pk, settlement="written_off", on="2026-05-18"))
    assert "报损须先批准报废计划" in shown
    shown = page(
        send(
            clerk, "damage_settle", damage.pk, settlement="repaired", on="2026-05-18",
            liable="考生甲", compensation="120",
        )
    )  # fmt: skip
    assert "考生甲 120.00" in shown
    care = {"kind": "repair", "done_on": "2026-05-18", "work": "换保险管", "member": person.pk}
    assert "之后的技术指标" in page(send(clerk, "maintain", one.pk, **care))
    assert "内阻 10 MΩ" in page(send(clerk, "maintain", one.pk, indexes_after="内阻 10 MΩ", **care))
    one.refresh_from_db()
    assert one.indexes == "内阻 10 MΩ"


def test_what_is_scrapped_or_bought_was_planned_and_approved(clerk, head):
    one = build.piece()
    page(send(clerk, "equipment_plan", one.pk, kind="scrap", text="无法修复"))
    page(send(clerk, "equipment_purchase", text="购置数控车床一台", cost="120000"))
    scrap, buy = EquipmentPlan.objects.get(kind="scrap"), EquipmentPlan.objects.get(kind="purchase")
    assert "不能" in page(send(clerk, "equipment_plan_step", scrap.pk, "complete"))
    page(send(head, "equipment_plan_step", scrap.pk, "approve"))
    assert "请写明" in page(send(head, "equipment_plan_step", buy.pk, "refuse"))
    page(send(head, "equipment_plan_step", buy.pk, "refuse", reason="本年无预算"))
    page(send(clerk, "equipment_plan_step", scrap.pk, "complete"))
    one.refresh_from_db()
    assert one.state == "scrapped"
    assert "台账还是空的" in page(clerk.get(url("equipment")))
    assert "已报废" in page(clerk.get(url("equipment"), {"scrapped": "on"}))
    assert "已报废" in page(send(clerk, "lend", one.pk, borrower=build.keeper().pk, count=1, purpose="实训", starts_on="2026-05-18", due_back="2026-05-20"))  # fmt: skip


@pytest.mark.parametrize(
    ("book", "education", "level", "refused"),
    [
        ("henan", "high_school", 4, "文化程度"),
        ("henan", "college", 5, "中级以上"),
        ("henan", "college", 4, ""),
        ("chongqing", "high_school", 3, ""),
        ("jilin", "high_school", 5, ""),
    ],
)
def test_a_keeper_is_as_the_rulebook_wants(clerk, book, education, level, refused):
    make.make_filing(rulebook_version=make.make_rulebook(book))
    sheet = {
        "member": build.keeper().pk, "education": education, "qualification": "电工",
        "level": level, "since": "2026-05-01",
    }  # fmt: skip
    shown = page(send(clerk, "keeper_appoint", **sheet))
    assert Keeper.objects.exists() != bool(refused)
    assert (refused or "已任设备保管员") in shown
    if not refused:
        assert "离任" in page(send(clerk, "keeper_dismiss", Keeper.objects.get().pk))
        assert not Keeper.objects.filter(until=None).exists()


def test_the_workbook_goes_out_and_comes_in_again(clerk):
    from io import BytesIO

    from openpyxl import load_workbook

    build.piece(number="A-1", measuring=True)
    assert clerk.get(url("equipment_template")).content[:2] == b"PK"
    book = load_workbook(BytesIO(clerk.get(url("equipment_export")).content))
    sheet = book.active
    heads = [cell.value for cell in sheet[1]]
    row = next(r for r in range(2, sheet.max_row + 1) if sheet.cell(r, 1).value == "A-1")
    sheet.cell(row, 2).value = "数字万用表"
    sheet.cell(row + 1, 1).value, sheet.cell(row + 1, 2).value = "A-2", "卡尺"
    sheet.cell(row + 1, 4).value = 3
    assert len(heads) == 17
    out = BytesIO()
    book.save(out)
    content = out.getvalue()

    import django.core.files.uploadedfile as up

    def as_file(data):
        return up.SimpleUploadedFile("a.xlsx", data)

    shown = page(clerk.post(url("equipment_import"), {"file": as_file(content)}))
    assert "新设备 1，改正 1" in shown
    assert Equipment.objects.count() == 1
    shown = page(clerk.post(url("equipment_import"), {"file": as_file(content), "import": "1"}))
    assert "已写入" in shown
    assert list(Equipment.objects.values_list("name", "quantity", "needed")) == [
        ("数字万用表", 1, 1), ("卡尺", 3, 3),
    ]  # fmt: skip
    again = page(clerk.post(url("equipment_import"), {"file": as_file(content), "import": "1"}))
    assert "新设备 0，改正 0" in again
    sheet.cell(row, 7).value, sheet.cell(row + 1, 14).value = "没有的职业", "没有的考场"
    bad = BytesIO()
    book.save(bad)
    told = page(
        clerk.post(url("equipment_import"), {"file": as_file(bad.getvalue()), "import": "1"}), 422
    )
    assert "没有这个职业" in told
    assert "没有登记这个考场" in told
    assert "没有写入" in told
    assert page(clerk.post(url("equipment_import"), {"file": as_file(b"no workbook")}), 422)
    assert ledger_template()


def test_the_room_is_checked_before_and_cleared_after(clerk, now):
    _batch, sitting, room = build.practical()
    build.piece(room=room, station=1)
    ready = build.ticketed(sitting)
    used, person = build.used(ready), build.keeper()
    assert "1 号工位" in page(clerk.get(url("room_equipment", used.pk)))
    now.move_to(exam.PRACTICAL_STARTS)
    shown = page(send(clerk, "room_equipment_check", used.pk, moment="before", member=person.pk))
    assert "符合要求" in shown
    assert SessionCheck.objects.get().sound


def test_the_forms_are_printed_for_a_period_and_for_a_batch(clerk):
    from assessment_center.registry.entries import documents

    make.make_filing()
    batch, sitting, room = build.practical(rulebook="henan")
    one = build.piece(room=room, measuring=True, occupation=batch.offerings.get().occupation)
    build.passed(one, date(2027, 1, 9))
    person = build.keeper()
    equipment.maintain(
        actor=SYSTEM, equipment=one, kind="regular", done_on=date(2026, 5, 2), work="清洁",
        member=person, indexes_after="误差 0.5 级",
    )  # fmt: skip
    equipment.note_damage(
        actor=SYSTEM, equipment=one, sitting=sitting,
        harm=equipment.Harm("wear", "探针磨损", "正常使用", make.at(2026, 5, 17), person),
    )  # fmt: skip
    loan = equipment.ask_loan(
        actor=SYSTEM, equipment=build.piece("YQ-2"), borrower=person, purpose="教学",
        starts_on=date(2026, 5, 3), due_back=date(2026, 5, 9),
    )  # fmt: skip
    assert loan.state == "asked"
    period = {"first": "2026-01-01", "last": "2026-12-31"}
    wanted = {
        "equipment-ledger": ("YQ-1", "误差0.5级", "不须检定"),
        "equipment-maintenance": ("清洁", str(person)),
        "equipment-loans": ("教学", "待批准"),
        "equipment-damage": ("探针磨损", "待处理"),
    }
    for slug, words in wanted.items():
        printed = printed_text(clerk.get(url("equipment_print", slug), period).content)
        for word in words:
            assert word in printed, (slug, word)
        parts = documents[slug].render(batch, SYSTEM)
        assert documents[slug].applies(batch)
        assert printed_text(parts[0][1])
    none = {"first": "2020-01-01", "last": "2020-12-31"}
    assert "没有可以打印" in page(clerk.get(url("equipment_print", "equipment-loans"), none), 404)
    assert "没有可以打印" in page(clerk.get(url("equipment_print", "nothing"), period), 404)
    assert page(clerk.get(url("equipment_print", "equipment-ledger"), {"first": "x"}), 422)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.INSPECTOR, Role.SCORE_CLERK])
def test_who_only_looks_cannot_write(client, role):
    client.force_login(make.make_user(role))
    one = build.piece()
    assert page(client.get(url("equipment_one", one.pk)))
    assert client.post(url("equipment_new"), {"number": "X"}).status_code == 403
    assert client.post(url("lend", one.pk), {}).status_code == 403
    assert client.get(url("equipment_import")).status_code == 403
