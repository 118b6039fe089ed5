"""Income, expenses and their caps; the fee of a second copy; no fee where the rulebook takes none."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from assessment_center.accounts.enums import Role
from assessment_center.audit.models import AuditEntry
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import SYSTEM, RefusedError
from candidates.models import Application, FeeExpense, FinanceLine, HeldCertificate, ReissueFee
from candidates.rules.money import cap_left, cents
from candidates.services import accounts_of_batch as accounts
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TODAY = c.NOW.date()


def spend(batch: AssessmentBatch, amount: int, **more: Any) -> FeeExpense:
    facts = {"kind": "assessors", "spent_on": TODAY, "voucher": "V-1", **more}
    return accounts.enter_expense(actor=SYSTEM, batch=batch, amount_cents=amount, **facts)


def test_the_caps_are_told_against_the_income_and_a_refund_lowers_it() -> None:
    row = c.make_admitted()
    spend(row.batch, 20000)
    spend(row.batch, 2500, kind="materials")
    account = accounts.account_of(row.batch)
    assert (account.income, account.spent, account.percent) == (30000, 22500, 75.0)
    assert account.by_kind == (("考评费", 20000), ("耗材和资料费", 2500))
    assert account.cap is not None
    assert (account.cap.percent, account.cap.left) == (70.0, -1500)
    assert account.cap.citations


def test_one_cap_holds_by_where_it_was_held_and_who_says_so_says_why() -> None:
    row = c.make_admitted()
    spend(row.batch, 22500)
    clerk = f.make_user(Role.CLERK).as_actor()
    with pytest.raises(RefusedError, match="场地"):
        accounts.say_place(actor=clerk, batch=row.batch, outside=True, reason=" ")
    for outside, percent, left in ((True, 80.0, 1500), (False, 70.0, -1500)):
        said = accounts.say_place(actor=clerk, batch=row.batch, outside=outside, reason="合同")
        account = accounts.account_of(row.batch)
        assert account.place == said
        assert account.cap is not None
        assert (account.cap.percent, account.cap.left) == (percent, left)
    with pytest.raises(IntegrityError, match="expense_place_reason"), transaction.atomic():
        type(said).objects.update(reason="")
    silent = f.make_batch(rulebook="jilin")
    with pytest.raises(RefusedError, match="没有支出比例的规定"):
        accounts.say_place(actor=clerk, batch=silent, outside=True, reason="合同")


def test_an_expense_entered_wrongly_is_struck_out_and_counts_no_more(client: Client) -> None:
    batch = c.make_admitted().batch
    clerk = f.make_user(Role.CLERK)
    client.force_login(clerk)
    ask = {"kind": "exam", "spent_on": date(2026, 4, 9), "voucher": "记-1"}
    wrong = accounts.enter_expense(actor=SYSTEM, batch=batch, amount_cents=129_600, **ask)
    right = accounts.enter_expense(actor=SYSTEM, batch=batch, amount_cents=12_960, **ask)
    url = reverse("candidates_office:strike_expense", args=[wrong.pk])
    page = client.post(url, {"reason": " "}, follow=True).content.decode()
    assert "请写明作废原因" in page
    page = client.post(url, {"reason": "金额多打一位"}, follow=True).content.decode()
    assert "<s>1,296.00</s>" in page
    assert "金额多打一位" in page
    assert accounts.account_of(batch).spent == right.amount_cents
    wrong.refresh_from_db()
    assert (wrong.struck_by, wrong.amount_cents) == (clerk, 129_600)
    assert AuditEntry.objects.get(verb="fee_expense.strike").payload["reason"] == "金额多打一位"
    with pytest.raises(RefusedError, match="已经作废"):
        accounts.strike_expense(actor=SYSTEM, expense=wrong, reason="x")
    with pytest.raises(IntegrityError, match="expense_struck_with_reason"), transaction.atomic():
        FeeExpense.objects.filter(pk=right.pk).update(struck_on=date(2026, 4, 10))


def test_where_the_rulebook_sets_no_cap_none_is_told() -> None:
    batch = f.make_batch(rulebook="jilin")
    spend(batch, 100)
    account = accounts.account_of(batch)
    assert (account.cap, account.percent) == (None, None)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"amount": 0}, "大于零"),
        ({"amount": -5}, "大于零"),
        ({"voucher": " "}, "凭证号"),
        ({"kind": "gifts"}, "支出类别"),
        ({"spent_on": TODAY + timedelta(days=1)}, "晚于今天"),
    ],
)
def test_an_expense_without_category_voucher_or_amount_is_refused(
    more: dict[str, Any], words: str
) -> None:
    batch = f.make_batch()
    with pytest.raises(RefusedError, match=words):
        spend(batch, more.pop("amount", 100), **more)
    with pytest.raises(RefusedError, match="不能登记缴费"):
        accounts.enter_expense(
            actor=f.make_user(Role.REVIEWER).as_actor(), batch=batch, kind="exam",
            amount_cents=1, spent_on=TODAY, voucher="V",
        )  # fmt: skip


def test_the_database_refuses_what_the_service_would() -> None:
    batch = f.make_batch()
    facts = {"batch": batch, "kind": "exam", "amount_cents": 1, "spent_on": TODAY, "voucher": "V"}
    for change in ({"amount_cents": 0}, {"voucher": ""}, {"kind": "gifts"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            FeeExpense.objects.create(**{**facts, **change})
    line = {"batch": batch, "amount_cents": 1, "paid_on": TODAY, "receipt_number": "R"}
    for change in (
        {"state": "matched"},
        {"state": "dismissed"},
        {"state": "unmatched", "amount_cents": 0},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            FinanceLine.objects.create(**{**line, **change})


def certificate() -> HeldCertificate:
    row = c.make_admitted()
    return HeldCertificate.objects.create(
        person=row.person, application=row, occupation=row.occupation, level=4,
        number="Z-1", issued_on=date(2026, 1, 1),
    )  # fmt: skip


def reissue(rulebook: str, **more: Any) -> ReissueFee:
    rules = f.make_batch(rulebook=rulebook).rules
    held = HeldCertificate.objects.first() or certificate()
    facts = {"amount_cents": 1000, "receipt_number": "B-1", **more}
    return accounts.record_reissue_fee(actor=SYSTEM, certificate=held, rules=rules, **facts)


def test_a_second_copy_costs_what_the_rulebook_says() -> None:
    for more, words in (
        ({"amount_cents": 1100}, "补证工本费为 10 元"),
        ({"amount_cents": 0}, "补证工本费为 10 元"),
        ({"receipt_number": " "}, "票据号"),
    ):
        with pytest.raises(RefusedError, match=words) as refused:
            reissue("fujian", **more)
        assert refused.value.refusal.citations
    assert reissue("fujian").amount_cents == 1000
    with pytest.raises(RefusedError, match="已经登记过"):
        reissue("fujian")
    with pytest.raises(IntegrityError), transaction.atomic():
        ReissueFee.objects.update(receipt_number="")


@pytest.mark.parametrize("rulebook", ["chongqing", "henan", "shandong", "jilin"])
def test_where_the_rulebook_names_no_fee_none_is_taken(rulebook: str) -> None:
    with pytest.raises(RefusedError, match="不得收取"):
        reissue(rulebook)
    assert ReissueFee.objects.count() == 0


@given(st.integers(0, 10**9 - 1), st.booleans(), st.sampled_from(["", "￥", "¥ "]))
def test_amounts_are_read_however_they_are_written(amount: int, grouped: bool, mark: str) -> None:
    yuan, rest = divmod(amount, 100)
    text = f"{mark}{yuan:,}.{rest:02d}" if grouped else f"{mark}{yuan}.{rest:02d}元"
    assert cents(text) == amount


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_cap_of_all_leaves_what_is_not_spent(income: int, spent: int) -> None:
    assert cap_left(income=income, spent=spent, share=1.0) == income - spent
    assert cap_left(income=income, spent=spent, share=0.7) <= income - spent


def office(client: Client, role: Role) -> Client:
    client.force_login(f.make_user(role))
    return client


def test_the_pages_of_money(client: Client) -> None:
    row = c.make_admitted()
    code = row.batch.code
    office(client, Role.CLERK)
    page = client.get(reverse("candidates_office:accounts", args=[code])).content.decode()
    assert "支出不超过收入的 70%" in page
    posted = {"kind": "exam", "amount_cents": "￥12.50", "spent_on": "2026-04-01", "voucher": "V"}
    client.post(reverse("candidates_office:accounts", args=[code]), posted)
    assert FeeExpense.objects.get().amount_cents == 1250
    wrong = client.post(
        reverse("candidates_office:accounts", args=[code]), {**posted, "amount_cents": "十二"}
    )
    assert "不是金额" in wrong.content.decode()
    assert (
        "未匹配" in client.get(reverse("candidates_office:finance", args=[code])).content.decode()
    )
    page = client.get(reverse("candidates_office:reissue_fees")).content.decode()
    assert "不收补证工本费" in page


def test_where_nothing_is_charged_the_page_says_why(client: Client) -> None:
    batch = f.make_batch(rulebook="henan")
    office(client, Role.CLERK)
    page = client.get(reverse("candidates_office:fees", args=[batch.code])).content.decode()
    assert "本批次不收费" in page
    list_page = client.get(reverse("candidates_office:finance", args=[batch.code])).content.decode()
    assert "本批次不收费" in list_page
    assert 'type="file"' not in list_page
    assert "依据" in page
    assert "票据号" not in page
    assert Application.objects.count() == 0
