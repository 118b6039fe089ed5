"""Money goes back on a ground that holds, asked for by one and paid out by another."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from assessment_center.accounts.enums import Role
from assessment_center.registry import SYSTEM, RefusedError
from candidates import selectors
from candidates.models import Application, FeeRefund
from candidates.services import refunds, registration
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def withdrawn() -> Application:
    row = c.make_admitted()
    return registration.withdraw_application(actor=row.person.user.as_actor(), application=row)


def asked(actor: Any = SYSTEM, **more: Any) -> FeeRefund:
    facts = {"ground": "withdrawn", "reason": "本人撤回", **more}
    return refunds.ask_refund(actor=actor, application=withdrawn(), **facts)


def test_one_asks_another_pays_out() -> None:
    clerk, other = f.make_user(Role.CLERK).as_actor(), f.make_user(Role.HEAD).as_actor()
    refund = asked(clerk)
    assert refund.amount_cents == 30000
    with pytest.raises(RefusedError, match="不能是同一人"):
        refunds.pay_refund(actor=clerk, refund=refund, voucher="T-1")
    with pytest.raises(RefusedError, match="退款凭证号"):
        refunds.pay_refund(actor=other, refund=refund, voucher=" ")
    done = refunds.pay_refund(actor=other, refund=refund, voucher="T-1")
    assert (done.state, done.voucher) == ("paid", "T-1")
    assert Application.objects.get().fee_state == "refunded"
    with pytest.raises(RefusedError, match="已经办结"):
        refunds.decline_refund(actor=other, refund=refund, decision="x")


def test_another_declines_with_a_reason() -> None:
    refund = asked(f.make_user(Role.CLERK).as_actor())
    head = f.make_user(Role.HEAD).as_actor()
    with pytest.raises(RefusedError, match="原因"):
        refunds.decline_refund(actor=head, refund=refund, decision="")
    refunds.decline_refund(actor=head, refund=refund, decision="已考试")
    assert Application.objects.get().fee_state == "paid"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"ground": "refused"}, "没有判为不通过"),
        ({"ground": "cancelled"}, "没有取消"),
        ({"ground": "?"}, "请选择退费事由"),
        ({"reason": "  "}, "写明退费的情况"),
    ],
)
def test_a_ground_that_does_not_hold_is_refused(more: dict[str, str], words: str) -> None:
    with pytest.raises(RefusedError, match=words):
        asked(**more)


def test_nothing_is_given_back_twice_or_where_nothing_was_paid() -> None:
    with pytest.raises(RefusedError, match="无款可退"):
        refunds.ask_refund(
            actor=SYSTEM, application=c.make_confirmed(), ground="withdrawn", reason="x"
        )
    row = asked().payment.application
    with pytest.raises(RefusedError, match="已经申请过"):
        refunds.ask_refund(actor=SYSTEM, application=row, ground="withdrawn", reason="x")


def test_who_was_paid_back_for_a_cancelled_batch_is_not_admitted() -> None:
    row = c.make_admitted()
    c.moved_to(row.batch, "cancelled")
    refund = refunds.ask_refund(actor=SYSTEM, application=row, ground="cancelled", reason="取消")
    refunds.pay_refund(actor=f.make_user(Role.HEAD).as_actor(), refund=refund, voucher="T-1")
    assert list(selectors.admitted(row.batch)) == []


def test_only_who_may_asks_and_decides() -> None:
    reviewer = f.make_user(Role.REVIEWER).as_actor()
    with pytest.raises(RefusedError, match="不能登记缴费"):
        asked(reviewer)
    refund = FeeRefund.objects.first() or asked()
    with pytest.raises(RefusedError, match="不能办理退费"):
        refunds.pay_refund(actor=reviewer, refund=refund, voucher="T")


def test_the_database_keeps_two_persons_and_a_voucher() -> None:
    user = f.make_user(Role.CLERK)
    refund = asked(user.as_actor())
    for change in ({"decided_by": user}, {"state": "paid"}, {"amount_cents": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            FeeRefund.objects.filter(pk=refund.pk).update(**change)
