"""The tariff: a new price is a new rate; what was offered before keeps its own."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.batches.models import Offering
from assessment_center.catalog.labels import money_words
from assessment_center.catalog.models import FeeRate
from assessment_center.catalog.rules.tariff import Price
from assessment_center.catalog.selectors import price_on
from assessment_center.catalog.services import set_rate
from assessment_center.registry import SYSTEM, RefusedError
from tests.factories import foundation as f

pytestmark = pytest.mark.django_db


BOTH = ["theory", "practical"]


def rate(yuan: int, day: date, **more: object) -> FeeRate:
    facts = {"basis": "渝价〔2016〕128号", "reason": "首次制定", **more}
    return set_rate(
        actor=SYSTEM,
        occupation=f.make_occupation("电工"),
        level=4,
        amount_cents=yuan * 100,
        valid_from=day,
        **facts,  # type: ignore[arg-type]
    )


def test_each_day_has_its_rate_and_the_past_stays() -> None:
    first = rate(220, date(2025, 1, 1))
    with pytest.raises(RefusedError, match="自 2025-01-01 起的标准"):
        rate(240, date(2025, 1, 1))
    for basis, reason in (("", "涨价"), ("文件", " ")):
        with pytest.raises(RefusedError, match="收费依据和原因"):
            rate(240, date(2026, 1, 1), basis=basis, reason=reason)
    second = rate(240, date(2026, 1, 1), reason="原材料涨价")
    own = first.occupation
    days = (date(2024, 12, 31), date(2025, 12, 31), date(2026, 1, 1))
    told = [price_on(own, 4, BOTH, day) for day in days]
    assert told == [None, Price((first,)), Price((second,))]
    assert price_on(own, 3, BOTH, date(2026, 1, 1)) is None
    for change in ({"amount_cents": 1}, {"valid_from": date(2020, 1, 1)}):
        with pytest.raises(IntegrityError, match="不能改动"), transaction.atomic():
            FeeRate.objects.filter(pk=first.pk).update(**change)
    with pytest.raises(IntegrityError, match="不能改动"), transaction.atomic():
        first.delete()
    with pytest.raises(IntegrityError, match="rate_has_basis"), transaction.atomic():
        FeeRate.objects.create(occupation=own, level=5, amount_cents=1, valid_from=days[0])


def test_a_tariff_by_subject_takes_the_place_of_the_whole_price_and_back() -> None:
    whole = rate(220, date(2025, 1, 1))
    theory = rate(60, date(2026, 1, 1), subject="theory")
    with pytest.raises(RefusedError, match="自 2026-01-01 起的标准"):
        rate(230, date(2026, 1, 1))
    with pytest.raises(RefusedError, match="自 2025-01-01 起的标准"):
        rate(180, date(2025, 1, 1), subject="practical")
    own, day = whole.occupation, date(2026, 3, 1)
    unpriced = price_on(own, 4, BOTH, day)
    assert unpriced == Price((theory,), (6000,), ("practical",))
    with pytest.raises(RefusedError, match="还没有这些科目的：技能操作考核"):
        f.make_offering(f.make_batch())
    practical = rate(180, date(2026, 2, 1), subject="practical")
    assert price_on(own, 4, BOTH, day) == Price((theory, practical), (6000, 18000))
    again = rate(250, date(2026, 6, 1))
    assert price_on(own, 4, BOTH, date(2026, 6, 1)) == Price((again,))
    mixed = {"basis": "文件", "reason": "x", "valid_from": date(2026, 6, 1), "amount_cents": 1}
    with pytest.raises(IntegrityError, match="rate_whole_or_by_subject"), transaction.atomic():
        FeeRate.objects.create(occupation=own, level=4, subject_code="theory", **mixed)
    with pytest.raises(IntegrityError, match="rate_subject_known"), transaction.atomic():
        FeeRate.objects.create(occupation=own, level=5, subject_code="spelling", **mixed)


def test_an_offering_keeps_the_price_of_each_subject_and_announces_it() -> None:
    rate(60, date(2025, 1, 1), subject="theory")
    rate(180, date(2025, 1, 1), subject="practical")
    batch = f.make_batch()
    with pytest.raises(RefusedError, match="240 元"):
        f.make_offering(batch, fee_cents=30000)
    offering = f.make_offering(batch)
    assert (offering.fee_cents, offering.fee_parts) == (24000, [6000, 18000])
    assert [offering.fee_of(sat) for sat in (BOTH, ["practical"], ["theory"])] == [
        24000, 18000, 6000,
    ]  # fmt: skip
    announced = f.announced(batch).body
    assert "理论知识考试 60 元、技能操作考核 180 元，合计 240 元" in announced
    for parts in ([6000], [6000, 1]):
        with pytest.raises(IntegrityError, match="offering_fee_is_its_parts"), transaction.atomic():
            Offering.objects.filter(pk=offering.pk).update(fee_parts=parts)


def test_an_offering_takes_the_tariff_and_keeps_it() -> None:
    rate(220, date(2025, 1, 1))
    batch = f.make_batch()
    with pytest.raises(
        RefusedError, match="220 元（渝价〔2016〕128号），不能多收或少收"
    ) as refused:
        f.make_offering(batch, fee_cents=30000)
    assert refused.value.refusal.citations == batch.rules.settings.fee_mode.citations
    offering = f.make_offering(batch)
    rate(240, date(2026, 1, 1))
    offering.refresh_from_db()
    assert offering.fee_cents == 22000
    assert f.make_offering(f.make_batch()).fee_cents == 24000
    assert f.make_offering(f.make_batch(rulebook="henan")).fee_cents == 0


def test_the_office_enters_rates_on_its_page(client: Client) -> None:
    page = reverse("catalog_office:rates")
    f.make_occupation("电工")
    given = {
        "occupation": "电工", "level": "4", "yuan": "220.50", "valid_from": "2026-01-01",
        "basis": "渝价〔2016〕128号", "reason": "首次制定",
    }  # fmt: skip
    client.force_login(f.make_user(Role.CLERK))
    assert "还没有登记收费标准" in client.get(page).content.decode()
    client.force_login(f.make_user(Role.REVIEWER))
    told = client.post(page, given, follow=True).content.decode()
    assert "不能制定收费标准" in told
    client.force_login(f.make_user(Role.HEAD))
    client.post(page, given)
    made = FeeRate.objects.get()
    assert (made.amount_cents, made.level, made.valid_from) == (22050, 4, date(2026, 1, 1))
    assert "220.50" in client.get(page).content.decode()
    client.post(page, {**given, "valid_from": "2026-02-01", "subject": "theory", "yuan": "60"})
    client.post(page, {**given, "valid_from": "2026-02-01", "subject": "practical", "yuan": "180"})
    shown = client.get(page).content.decode()
    assert [rate.subject_code for rate in FeeRate.objects.order_by("created_at")] == ["", *BOTH]
    assert ("240.00" in shown, "整场" in shown) == (True, True)


@pytest.mark.parametrize(
    ("cents", "told"),
    [
        (0, "0 元"), (5, "0.05 元"), (30000, "300 元"), (30050, "300.5 元"),
        (1234567, "12345.67 元"), (100000000, "1000000 元"),
    ],
)  # fmt: skip
def test_an_amount_in_a_sentence_is_exact(cents: int, told: str) -> None:
    assert money_words(cents) == told
