"""One subject costs nothing, with its reason; the rest is paid, and a mistake is taken back."""

from datetime import date
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
from candidates.enums import FeeKind
from candidates.models import Application, FeeWaiver
from candidates.pay_slip import pay_slip
from candidates.services import accounts_of_batch, fees, waivers
from tests.assessment_center.pdf.reading import text
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def priced() -> Application:
    """Theory 60, practical 180 yuan; confirmed, nothing paid."""
    for subject, cents in (("theory", 6000), ("practical", 18000)):
        set_rate(
            actor=SYSTEM, occupation=f.make_occupation("电工"), level=4, subject=subject,
            amount_cents=cents, valid_from=date(2025, 1, 1), basis="文件", reason="首次制定",
        )  # fmt: skip
    return c.make_confirmed(c.make_open_offering(fee_cents=None))


def waive(row: Application, *subjects: str, **more: Any) -> Application:
    facts = {"actor": SYSTEM, "reason": "建档立卡", **more}
    return waivers.waive_fee(application=row, subjects=subjects, **facts)


def test_one_subject_waived_the_other_is_paid_and_all_of_it_is_shown(client: Client) -> None:
    row = priced()
    client.force_login(f.make_user(Role.CLERK))
    page = reverse("candidates_office:waive", args=[row.pk])
    told = client.post(page, {"subjects": ["theory"], "reason": " "}, follow=True)
    assert "减免原因" in told.content.decode()
    office = client.post(page, {"subjects": ["theory"], "reason": "建档立卡"}, follow=True)
    assert "撤销减免" in office.content.decode()
    row = Application.objects.get()
    assert (row.waived, row.fee_cents, row.fee_state) == (["theory"], 18000, "due")
    entry = AuditEntry.objects.get(verb="application.waive_subjects")
    assert (entry.payload["subjects"], entry.payload["amount_cents"]) == (["theory"], 6000)
    assert entry.payload["cited"]
    printed = text(pay_slip(row, SYSTEM))
    assert ("60.00（免收）" in printed, "壹佰捌拾元整" in printed) == (True, True)
    client.force_login(row.person.user)
    own = client.get(reverse("portal:application", args=[row.pk])).content.decode()
    assert ("免收理论知识考试费用 60 元" in own, "待缴费 180 元" in own) == (True, True)
    with pytest.raises(RefusedError, match="180 元，不能多收或少收"):
        fees.record_fee(actor=SYSTEM, application=row, receipt_number="R", amount_cents=24000)
    fees.record_fee(actor=SYSTEM, application=row, receipt_number="R", amount_cents=18000)
    account = accounts_of_batch.account_of(row.batch)
    assert (account.received, account.waived) == (18000, 6000)
    with pytest.raises(RefusedError, match="已按减免后的金额缴费"):
        waivers.take_back_waiver(actor=SYSTEM, waiver=FeeWaiver.objects.get(), reason="误登")


def test_everything_waived_admits_and_taken_back_it_is_owed_again(client: Client) -> None:
    row = waive(priced(), "practical")
    assert list(selectors.admitted(row.batch)) == []
    waive(row, reason="学院承担")
    row.refresh_from_db()
    fee = row.fee
    assert (row.fee_state, fee.kind, fee.amount_cents) == ("waived", FeeKind.WAIVER, 0)
    assert fee.reason == "建档立卡；学院承担"
    assert list(selectors.admitted(row.batch)) == [row]
    client.force_login(f.make_user(Role.CLERK))
    kept = FeeWaiver.objects.get(subject_code="theory")
    client.post(
        reverse("candidates_office:take_back_waiver", args=[kept.pk]), {"reason": "登错考生"}
    )
    row, kept = Application.objects.get(), FeeWaiver.objects.get(subject_code="theory")
    assert (row.fee_state, row.waived, row.fee_cents) == ("due", ["practical"], 6000)
    assert (kept.end_reason, kept.ended_on) == ("登错考生", c.NOW.date())
    assert list(selectors.admitted(row.batch)) == []
    with pytest.raises(RefusedError, match="已经撤销"):
        waivers.take_back_waiver(actor=SYSTEM, waiver=kept, reason="x")
    waive(row, "theory")
    assert accounts_of_batch.account_of(row.batch).waived == 24000
    c.moved_to(row.batch, "reported")
    again = FeeWaiver.objects.get(subject_code="theory", ended_on=None)
    with pytest.raises(RefusedError, match="列入上报的名单"):
        waivers.take_back_waiver(actor=SYSTEM, waiver=again, reason="x")


def test_what_has_no_price_of_its_own_is_waived_as_a_whole_or_not_at_all() -> None:
    row = c.make_confirmed()
    with pytest.raises(RefusedError, match="没有分科目定价"):
        waive(row, "theory")
    for change, words in (
        ({"subjects": ["language"]}, "不是这份申报"),
        ({"reason": " "}, "减免原因"),
        ({"ground": "?"}, "请选择减免事由"),
        ({"ground": "cancelled"}, "没有登记过"),
        ({"actor": f.make_user(Role.REVIEWER).as_actor()}, "不能登记缴费"),
    ):
        facts = {"actor": SYSTEM, "reason": "建档立卡", "application": row, **change}
        with pytest.raises(RefusedError, match=words):
            waivers.waive_fee(**facts)
    assert not FeeWaiver.objects.exists()
    waive(row)
    kept = FeeWaiver.objects.get()
    assert (kept.subject_code, kept.amount_cents) == ("", 30000)
    with pytest.raises(RefusedError, match="已经办结"):
        waive(row)
    waivers.take_back_waiver(actor=SYSTEM, waiver=kept, reason="误登")
    row.refresh_from_db()
    assert (row.fee_state, row.fee_cents) == ("due", 30000)


def test_the_database_keeps_what_a_waiver_is() -> None:
    row = waive(priced(), "theory")
    kept = FeeWaiver.objects.get()
    for name, change in (
        ("waiver_has_reason", {"reason": ""}),
        ("waiver_makes_good_what_was_cancelled", {"ground": "cancelled"}),
        ("waiver_makes_good_what_was_cancelled", {"earlier": row}),
        ("waiver_ended_with_reason", {"ended_on": c.NOW.date()}),
        ("waiver_ended_with_reason", {"end_reason": "x"}),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            FeeWaiver.objects.filter(pk=kept.pk).update(**change)
    with pytest.raises(IntegrityError, match="application_waives_its_own"), transaction.atomic():
        Application.objects.update(waived=["language"])
    kept.pk = None
    kept._state.adding = True
    with pytest.raises(IntegrityError, match="waiver_once_a_subject"), transaction.atomic():
        kept.save(force_insert=True)
