"""The demo's tariff, and what its finished batch cost."""

from datetime import date, timedelta

from django.utils import timezone

from assessment_center.accounts.enums import Role
from assessment_center.catalog.enums import Subject
from assessment_center.catalog.models import FeeRate, Occupation
from assessment_center.catalog.services import set_rate
from assessment_center.demo import Demo
from assessment_center.organization.selectors import rules_on
from assessment_center.registry.entries import demo_steps
from candidates.services import accounts_of_batch, fees

SHARES = (("assessors", 24, "考评员劳务费"), ("exam", 14, "监考、巡考补助"), ("materials", 17, ""))
RATES = (
    ("电工", 4, "", ((220, date(2024, 1, 1), "首次制定"), (240, date(2026, 1, 1), "原材料涨价"))),
    ("电工", 3, "", ((300, date(2024, 1, 1), "首次制定"),)),
    ("焊工", 4, Subject.THEORY, ((80, date(2024, 1, 1), "首次制定"),)),
    ("焊工", 4, Subject.PRACTICAL, ((200, date(2024, 1, 1), "焊材消耗大，按科目收费"),)),
)


def enter_rates(demo: Demo) -> None:
    """The tariff, with a price that was raised once; only where candidates are charged by rule."""
    assert demo.centre is not None
    rules = rules_on(demo.centre, timezone.localdate())
    mode = rules.settings.fee_mode if rules else None
    if mode is None or mode.value == "none":
        return
    basis = f"{mode.citations[0]}和价格主管部门公布的标准"
    for name, level, subject, steps in RATES:
        occupation = Occupation.objects.filter(name=name, is_active=True).first()
        if (
            occupation is None
            or FeeRate.objects.filter(
                occupation=occupation, level=level, subject_code=subject
            ).exists()
        ):
            continue
        for yuan, day, reason in steps:
            set_rate(
                actor=demo.actor(Role.HEAD),
                occupation=occupation,
                level=level,
                subject=subject,
                amount_cents=yuan * 100,
                valid_from=day,
                basis=basis[:200],
                reason=reason,
            )


def enter_expenses(demo: Demo) -> None:
    """What the finished batch cost, each with its voucher, and where it was held."""
    batch = demo.batches.get("done")
    if batch is None or fees.takes_no_fee(batch):
        return
    income = accounts_of_batch.account_of(batch).income
    if not income:
        return
    actor = demo.actor(Role.CLERK)
    day = min(batch.exam_ends + timedelta(days=5), timezone.localdate())
    for place, (kind, share, note) in enumerate(SHARES, 1):
        accounts_of_batch.enter_expense(
            actor=actor,
            batch=batch,
            kind=kind,
            amount_cents=income * share // 100,
            spent_on=day,
            voucher=f"记{batch.code[-4:]}-{place:02d}",
            note=note,
        )
    if accounts_of_batch.account_of(batch).cap is not None:
        accounts_of_batch.say_place(
            actor=actor, batch=batch, outside=False, reason="使用学校实训中心场地、设备和耗材。"
        )


demo_steps.register("candidates.rates", enter_rates, order=103)
demo_steps.register("candidates.expenses", enter_expenses, order=208)
