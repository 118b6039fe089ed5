"""Exactly the announced fee, with an official receipt used once."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.audit.models import AuditEntry
from assessment_center.catalog.services import set_rate
from assessment_center.registry import SYSTEM, RefusedError
from candidates import selectors
from candidates.enums import FeeKind, FeeState
from candidates.models import Application, FeePayment
from candidates.pay_slip import pay_slip
from candidates.services import accounts_of_batch, fees, refunds, standing, waivers
from tests.assessment_center.pdf.reading import text
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PAID = {"receipt_number": " R-1 ", "amount_cents": 30000}


def test_a_payment_admits() -> None:
    row = c.make_confirmed()
    assert list(selectors.admitted(row.batch)) == []
    fee = fees.record_fee(actor=SYSTEM, application=row, **PAID)
    assert (fee.receipt_number, fee.amount_cents, fee.paid_on) == ("R-1", 30000, c.NOW.date())
    assert list(selectors.admitted(row.batch)) == [row]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"receipt_number": "  "}, "票据号"),
        ({"amount_cents": 30001}, "不能多收或少收"),
        ({"amount_cents": -1}, "不能多收或少收"),
        ({"paid_on": c.NOW.date() + timedelta(days=1)}, "不能晚于今天"),
    ],
)
def test_what_is_not_the_announced_fee_is_refused(change: dict[str, Any], words: str) -> None:
    row = c.make_confirmed()
    with pytest.raises(RefusedError, match=words):
        fees.record_fee(actor=SYSTEM, application=row, **{**PAID, **change})
    row.refresh_from_db()
    assert row.fee_state == FeeState.DUE


def test_a_fee_is_settled_once_and_a_receipt_used_once() -> None:
    offering = c.make_open_offering()
    one, two = c.make_confirmed(offering), c.make_confirmed(offering)
    fees.record_fee(actor=SYSTEM, application=one, **PAID)
    with pytest.raises(RefusedError, match="已经办结"):
        waivers.waive_fee(actor=SYSTEM, application=one, reason="x")
    with pytest.raises(RefusedError, match="票据号 R-1 已经登记过"):
        fees.record_fee(actor=SYSTEM, application=two, **PAID)


def test_nothing_is_paid_before_the_review_or_where_nothing_is_due() -> None:
    with pytest.raises(RefusedError, match="审核通过后"):
        fees.record_fee(actor=SYSTEM, application=c.make_submitted(), **PAID)
    free = c.make_confirmed(c.make_open_offering(fee_cents=0))
    with pytest.raises(RefusedError, match="不收费"):
        fees.record_fee(actor=SYSTEM, application=free, **PAID)


def test_only_who_records_fees_does() -> None:
    row = c.make_confirmed()
    actor = f.make_user(Role.REVIEWER).as_actor()
    for act in (
        lambda: fees.record_fee(actor=actor, application=row, **PAID),
        lambda: waivers.waive_fee(actor=actor, application=row, reason="x"),
        lambda: fees.record_fees(actor=actor, batch=row.batch, receipts={}),
    ):
        with pytest.raises(RefusedError, match="不能登记缴费"):
            act()


def test_a_list_records_what_it_can() -> None:
    offering = c.make_open_offering()
    one, two = c.make_confirmed(offering), c.make_confirmed(offering)
    receipts = {one.number: "R-1", two.number: "R-1", "none": "R-3"}
    done, left = fees.record_fees(actor=SYSTEM, batch=offering.batch, receipts=receipts)
    assert done == 1
    assert [line.partition("：")[0] for line in left] == [two.number, "none"]
    states = Application.objects.order_by("number").values_list("fee_state", flat=True)
    assert list(states) == ["paid", "due"]


def test_a_subsidised_fee_names_who_bears_it_and_counts_as_income(client: Client) -> None:
    row = c.make_confirmed()
    clerk = f.make_user(Role.CLERK)
    page = reverse("candidates_office:subsidise", args=[row.pk])
    client.force_login(clerk)
    for payer, receipt, words in (("", "BT1", "由谁支付"), ("市就业局", "", "票据号")):
        told = client.post(page, {"payer": payer, "receipt_number": receipt}, follow=True)
        assert words in told.content.decode()
    client.post(page, {"payer": "市就业局", "receipt_number": "BT1"})
    row.refresh_from_db()
    fee = row.fee
    assert (row.fee_state, fee.kind, fee.payer, fee.amount_cents) == (
        "paid",
        FeeKind.SUBSIDY,
        "市就业局",
        30000,
    )
    account = accounts_of_batch.account_of(row.batch)
    assert (account.received, account.subsidised) == (30000, 30000)
    with pytest.raises(IntegrityError, match="fee_receipt_or_reason"), transaction.atomic():
        FeePayment.objects.filter(pk=fee.pk).update(payer="")
    with pytest.raises(RefusedError, match="无款可退"):
        refunds.ask_refund(actor=SYSTEM, application=row, ground="withdrawn", reason="退")


def test_a_resit_pays_only_its_own_subject(client: Client) -> None:
    for subject, cents in (("theory", 6000), ("practical", 18000)):
        set_rate(
            actor=SYSTEM, occupation=f.make_occupation("电工"), level=4, subject=subject,
            amount_cents=cents, valid_from=date(2025, 1, 1), basis="文件", reason="首次制定",
        )  # fmt: skip
    first = c.make_admitted(c.make_open_offering(fee_cents=None))
    assert first.fee.amount_cents == first.fee_cents == 24000
    standing.grant_subject_pass(
        actor=SYSTEM, application=first, subject="theory", passed_on=c.NOW.date(),
        valid_until=c.NOW.date() + timedelta(days=365), source=first.subject,
    )  # fmt: skip
    later = c.make_open_offering(fee_cents=None)
    client.force_login(first.person.user)
    told = client.get(reverse("portal:choose", args=[later.batch_id])).content.decode()
    assert ("180.00 元" in told, "60.00" in told, "240.00" in told) == (True, False, False)
    row = c.make_confirmed(later, person=first.person)
    assert (row.subjects, row.fee_cents) == (["practical"], 18000)
    printed = text(pay_slip(row, SYSTEM))
    assert "技能操作考核" in printed
    assert ("壹佰捌拾元整" in printed, "理论知识考试" in printed) == (True, False)
    with pytest.raises(RefusedError, match="180 元，不能多收或少收"):
        fees.record_fee(actor=SYSTEM, application=row, receipt_number="R2", amount_cents=24000)
    fees.record_fee(actor=SYSTEM, application=row, receipt_number="R2", amount_cents=18000)


def test_a_receipt_typed_wrongly_is_put_right_with_the_reason() -> None:
    offering = c.make_open_offering()
    paid, other = c.make_admitted(offering), c.make_admitted(offering)
    clerk = f.make_user(Role.CLERK).as_actor()
    old, taken = paid.fee.receipt_number, other.fee.receipt_number

    def correct(number: str, reason: str = "票据号录错") -> FeePayment:
        return fees.correct_receipt(
            actor=clerk, application=paid, receipt_number=number, reason=reason
        )

    for number, reason, words in (
        (taken, "x", "已经登记过"),
        (" ", "x", "请填写票据号"),
        (old, "x", "没有改动"),
        ("N-1", " ", "更正原因"),
    ):
        with pytest.raises(RefusedError, match=words):
            correct(number, reason)
    fee = correct(" N-1 ")
    assert (fee.receipt_number, fee.amount_cents) == ("N-1", paid.fee.amount_cents)
    kept = AuditEntry.objects.get(verb="application.correct_receipt").payload
    assert (kept["from"], kept["receipt"], kept["reason"]) == (old, "N-1", "票据号录错")
    with pytest.raises(RefusedError, match="不能登记缴费"):
        fees.correct_receipt(
            actor=c.department_user().as_actor(), application=paid, receipt_number="N-2", reason="x"
        )
    Application.objects.filter(pk=paid.pk).update(fee_state="refunded")
    with pytest.raises(RefusedError, match="已经退回"):
        correct("N-3")
    waived = c.make_confirmed(offering)
    waivers.waive_fee(actor=clerk, application=waived, reason="建档立卡")
    with pytest.raises(RefusedError, match="没有登记票据"):
        fees.correct_receipt(actor=clerk, application=waived, receipt_number="N-4", reason="x")
