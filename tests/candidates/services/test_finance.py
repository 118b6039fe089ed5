# ruff: noqa: RUF001 - what people type is what is tested
"""The finance office's list: what is certain is entered, the rest waits for a person."""

import io
from typing import Any

import pytest
from openpyxl import Workbook

from assessment_center.accounts.enums import Role
from assessment_center.people.selectors import id_number
from assessment_center.registry import SYSTEM, RefusedError
from candidates.fee_sheets import FINANCE
from candidates.models import Application, FeePayment, FinanceLine
from candidates.services import fees, finance, registration, review
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
HEADERS = [column.header for column in FINANCE.columns]


def listed(*rows: dict[str, Any]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADERS)
    for row in rows:
        full = {"金额": "300", "缴费日期": "2026-04-09", **row}
        sheet.append([full.get(name) for name in HEADERS])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def taken(batch: Any, *rows: dict[str, Any]) -> finance.FinanceReport:
    return finance.take_finance_list(actor=SYSTEM, batch=batch, content=listed(*rows))


def test_slip_then_person_and_amount_and_the_same_list_again_adds_nothing() -> None:
    offering = c.make_open_offering()
    one, two = c.make_confirmed(offering), c.make_confirmed(offering)
    rows = (
        {"票据号": "R1", "缴费单号": one.number, "金额": 300},
        {"票据号": "R2", "姓名": two.person.name, "证件号码": id_number(two.person), "金额": "￥300.00元"},
        {"票据号": "R3", "姓名": "无此人", "证件号码": f.id_number(900)},
    )  # fmt: skip
    report = taken(offering.batch, *rows)
    assert (report.matched, report.unmatched, report.written) == (2, 1, True)
    assert set(Application.objects.values_list("fee_state", flat=True)) == {"paid"}
    assert FeePayment.objects.get(receipt_number="R2").amount_cents == 30000
    left = FinanceLine.objects.get(state="unmatched")
    assert f.id_number(900) not in str(vars(left))
    again = taken(offering.batch, *rows)
    assert (again.known, again.matched, again.unmatched) == (3, 0, 0)
    assert (FinanceLine.objects.count(), FeePayment.objects.count()) == (3, 2)


@pytest.mark.parametrize("amount", ["299", "300.01", 600, "￥1,200.00"])
def test_what_is_not_the_amount_owed_waits(amount: object) -> None:
    row = c.make_confirmed()
    report = taken(row.batch, {"票据号": "R1", "缴费单号": row.number, "金额": amount})
    assert (report.matched, report.unmatched) == (0, 1)
    assert "不能多收或少收" in FinanceLine.objects.get().reason
    row.refresh_from_db()
    assert row.fee_state == "due"


def test_what_is_no_amount_is_told_in_its_row_and_nothing_is_taken() -> None:
    row = c.make_confirmed()
    good = {"票据号": "R1", "缴费单号": row.number}
    for amount in ("三百", "300.005", "-300", "0", "3e2", "300/人", None):
        report = taken(row.batch, good, {"票据号": "R2", "缴费单号": row.number, "金额": amount})
        assert [(each.row, each.header) for each in report.problems] == [(3, "金额")], amount
    assert FinanceLine.objects.count() == 0
    assert FeePayment.objects.count() == 0


def test_a_sum_no_fee_can_be_is_told_and_does_not_break_the_list() -> None:
    row = c.make_confirmed()
    (told,) = taken(
        row.batch, {"票据号": "R1", "缴费单号": row.number, "金额": "999999999.99"}
    ).problems
    assert told.header == "金额"
    most = taken(row.batch, {"票据号": "R1", "缴费单号": row.number, "金额": "9999999.99"})
    assert (most.unmatched, FinanceLine.objects.get().amount_cents) == (1, 999_999_999)


def test_a_slip_beside_another_persons_name_or_number_is_not_believed() -> None:
    offering = c.make_open_offering()
    one, two = c.make_confirmed(offering), c.make_confirmed(offering)
    slip = {"缴费单号": one.number}
    report = taken(
        offering.batch,
        {"票据号": "R1", **slip, "姓名": two.person.name},
        {"票据号": "R2", **slip, "证件号码": id_number(two.person)},
    )
    assert (report.matched, report.unmatched) == (0, 2)
    assert all("另一名考生" in line.reason for line in FinanceLine.objects.all())
    right = {"姓名": one.person.name, "证件号码": id_number(one.person)}
    assert taken(offering.batch, {"票据号": "R3", **slip, **right}).matched == 1


def test_what_waits_is_tried_again_and_finds_its_batch() -> None:
    here, there = c.make_open_offering(), c.make_open_offering()
    early, other = c.make_first_reviewed(here), c.make_confirmed(there)
    rows = (
        {"票据号": "R1", "缴费单号": early.number},
        {"票据号": "R2", "缴费单号": other.number},
    )
    assert taken(here.batch, *rows).unmatched == 2
    review.confirm(actor=f.make_user(Role.REVIEWER).as_actor(), application=early)
    again = taken(here.batch, *rows)
    assert (again.matched, again.known, again.unmatched) == (1, 1, 0)
    elsewhere = taken(there.batch, *rows)
    assert (elsewhere.matched, elsewhere.known) == (1, 1)
    assert FinanceLine.objects.get(receipt_number="R2").batch == there.batch
    assert set(Application.objects.values_list("fee_state", flat=True)) == {"paid"}


def test_one_receipt_however_it_is_typed() -> None:
    offering = c.make_open_offering()
    one, two = c.make_confirmed(offering), c.make_confirmed(offering)
    fees.record_fee(actor=SYSTEM, application=one, receipt_number=" Ｒ 1", amount_cents=30000)
    assert FeePayment.objects.get().receipt_number == "R1"
    with pytest.raises(RefusedError, match="已经登记过"):
        fees.record_fee(actor=SYSTEM, application=two, receipt_number="R1", amount_cents=30000)
    (told,) = taken(
        offering.batch,
        {"票据号": "D2", "缴费单号": one.number},
        {"票据号": "Ｄ 2", "缴费单号": two.number},
    ).problems
    assert "重复" in told.message


def test_a_receipt_twice_is_told() -> None:
    row = c.make_confirmed()
    double = {"票据号": "R1", "缴费单号": row.number}
    assert "重复" in taken(row.batch, double, double).problems[0].message
    taken(row.batch, double)
    (told,) = taken(row.batch, {**double, "金额": "400"}).problems
    assert "已按另一金额登记" in told.message


def test_money_for_a_withdrawn_application_waits_to_be_given_back() -> None:
    row = c.make_confirmed()
    registration.withdraw_application(actor=row.person.user.as_actor(), application=row)
    taken(row.batch, {"票据号": "R1", "缴费单号": row.number})
    left = FinanceLine.objects.get()
    assert "款项应退回" in left.reason
    with pytest.raises(RefusedError, match="款项应退回"):
        finance.match_line(actor=SYSTEM, line=left, number=row.number)
    with pytest.raises(RefusedError, match="去向"):
        finance.dismiss_line(actor=SYSTEM, line=left, note=" ")
    done = finance.dismiss_line(actor=SYSTEM, line=left, note="退回付款人")
    assert (done.state, done.note) == ("dismissed", "退回付款人")
    with pytest.raises(RefusedError, match="已经处理过"):
        finance.match_line(actor=SYSTEM, line=left, number=row.number)


def test_a_line_is_matched_by_hand_and_a_known_receipt_is_recognised() -> None:
    offering = c.make_open_offering()
    one, two = c.make_confirmed(offering), c.make_confirmed(offering)
    fees.record_fee(actor=SYSTEM, application=one, receipt_number="R1", amount_cents=30000)
    report = taken(
        offering.batch,
        {"票据号": "R1", "缴费单号": one.number},
        {"票据号": "R2", "缴费单号": "错号"},
    )
    assert (report.matched, report.unmatched) == (1, 1)
    left = FinanceLine.objects.get(state="unmatched")
    with pytest.raises(RefusedError, match="没有这个申报号"):
        finance.match_line(actor=SYSTEM, line=left, number="")
    finance.match_line(actor=SYSTEM, line=left, number=two.number)
    two.refresh_from_db()
    assert two.fee_state == "paid"
    assert FeePayment.objects.count() == 2


def test_only_who_enters_money_does() -> None:
    row = c.make_confirmed()
    actor = f.make_user(Role.REVIEWER).as_actor()
    with pytest.raises(RefusedError, match="不能登记缴费"):
        finance.take_finance_list(actor=actor, batch=row.batch, content=listed())
