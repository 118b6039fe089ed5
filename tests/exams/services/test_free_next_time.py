"""A cancelled sitting: its subject costs the candidates nothing the next time (FEE-10)."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.registry import SYSTEM, RefusedError
from candidates.cancelled import free_now
from candidates.models import Application, FeeWaiver
from candidates.services import refunds, waivers
from exams import services
from exams.models import CallOff, Sitting
from tests.exams import build
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db
FACTS = {"outcome": "cancelled", "reason": "暴雨，考生无法到达", "consent": "渝鉴〔2026〕7号"}


def cancelled(batch: AssessmentBatch | None = None) -> Application:
    """Somebody whose theory was cancelled with the promise."""
    sitting = build.ticketed(batch).sittings.get(subject_code="theory")
    services.call_off(actor=SYSTEM, sitting=sitting, free_next=True, **FACTS)
    return Application.objects.filter(seats__sitting=sitting).first()


def next_time(before: Application) -> Application:
    """The same person in the next batch, by subject, before paying."""
    offering = make.make_offering(make.make_batch(), before.occupation.name, level=before.level)
    Offering.objects.filter(pk=offering.pk).update(fee_cents=24000, fee_parts=[6000, 18000])
    offering.refresh_from_db()
    row = build.admit(offering, person=before.person)[0]
    row.fee_state = "due"
    row.save(update_fields=["fee_state"])
    return row


def test_what_was_cancelled_before_is_free_the_next_time_and_only_then(client: Client) -> None:
    before = cancelled()
    row = next_time(before)
    assert [(each.subject, each.application) for each in free_now([row])[row.pk]] == [
        ("theory", before)
    ]
    client.force_login(make.make_user(Role.CLERK))
    page = reverse("candidates_office:fees", args=[row.batch.code])
    told = client.get(page).content.decode()
    assert ("理论知识考试取消，本次免收" in told, "应急处理预案" in told) == (True, True)
    facts = {"actor": SYSTEM, "reason": "上次取消", "ground": "cancelled"}
    with pytest.raises(RefusedError, match=r"没有登记过.*技能操作考核") as caught:
        waivers.waive_fee(application=row, subjects=["practical"], **facts)
    assert "应急处理预案" in str(caught.value.refusal.citations[0])
    waivers.waive_fee(application=row, subjects=["theory"], **facts)
    row.refresh_from_db()
    kept = FeeWaiver.objects.get()
    assert (row.fee_cents, row.fee_state, kept.earlier) == (18000, "due", before)
    later = next_time(before)
    assert free_now([later]) == {}
    with pytest.raises(RefusedError, match="没有登记过"):
        waivers.waive_fee(application=later, subjects=["theory"], **facts)
    kept.pk, kept.application = None, later
    kept._state.adding = True
    with pytest.raises(IntegrityError, match="waiver_makes_good_once"), transaction.atomic():
        kept.save(force_insert=True)
    waivers.take_back_waiver(actor=SYSTEM, waiver=FeeWaiver.objects.get(), reason="考生退出")
    assert later.pk in free_now([later])


def test_money_goes_back_or_the_next_time_is_free_not_both() -> None:
    before = cancelled()
    Application.objects.filter(pk=before.pk).update(fee_state="refunded")
    row = next_time(before)
    assert free_now([row]) == {}
    Application.objects.filter(pk=before.pk).update(fee_state="paid")
    facts = {"actor": SYSTEM, "reason": "上次取消", "ground": "cancelled"}
    waivers.waive_fee(application=row, subjects=["theory"], **facts)
    before.refresh_from_db()
    with pytest.raises(RefusedError, match="已在下次考试免收费用"):
        refunds._holds(before, "withdrawn")


def test_only_what_is_cancelled_is_promised_free() -> None:
    sitting = build.ticketed().sittings.get(number=1)
    with pytest.raises(RefusedError, match="只有取消的场次"):
        services.call_off(
            actor=SYSTEM, sitting=sitting, free_next=True, **{**FACTS, "outcome": "postponed"}
        )
    services.call_off(actor=SYSTEM, sitting=sitting, **FACTS)
    assert not CallOff.objects.get().free_next
    before = Application.objects.filter(seats__sitting=sitting).first()
    assert free_now([next_time(before)]) == {}


def test_where_the_rulebook_is_silent_nothing_is_promised(client: Client) -> None:
    sitting = build.ticketed(build.batch_with(rulebook="jilin")).sittings.get(number=1)
    with pytest.raises(RefusedError, match="没有“下次考试免收该科目费用”的规定"):
        services.call_off(actor=SYSTEM, sitting=sitting, free_next=True, **FACTS)
    client.force_login(make.make_user(Role.HEAD))
    page = client.get(reverse("exams_office:call_off", args=[sitting.pk]))
    assert "免收" not in page.content.decode()
    assert not Sitting.objects.filter(call_offs__isnull=False).exists()
