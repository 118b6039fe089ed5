"""The demo's money: fees paid, waived and borne by others, a refund, a stray receipt, expenses."""

import io
from datetime import date, timedelta

from django.utils import timezone
from openpyxl import Workbook

from assessment_center.accounts.enums import Role
from assessment_center.batches.models import AssessmentBatch
from assessment_center.catalog.models import FeeRate, Occupation
from assessment_center.catalog.services import set_rate
from assessment_center.demo import Demo
from assessment_center.organization.selectors import rules_on
from assessment_center.registry import RefusedError
from assessment_center.registry.entries import demo_steps
from candidates import selectors
from candidates.enums import ApplicationStatus as S
from candidates.fee_sheets import FINANCE
from candidates.models import Application
from candidates.services import accounts_of_batch, fees, finance, refunds, registration

ENOUGH = 8  # a smaller batch keeps all its candidates
STORY = "arranging"
PAYER = "江州市就业服务管理局（职业技能提升补贴）"
SHARES = (("assessors", 24, "考评员劳务费"), ("exam", 14, "监考、巡考补助"), ("materials", 17, ""))
RATES = (
    ("电工", 4, ((220, date(2024, 1, 1), "首次制定"), (240, date(2026, 1, 1), "原材料价格上涨"))),
    ("电工", 3, ((300, date(2024, 1, 1), "首次制定"),)),
    ("焊工", 4, ((280, date(2024, 1, 1), "首次制定"),)),
)


def enter_rates(demo: Demo) -> None:
    """The tariff, with a price that was raised once; only where candidates are charged by rule."""
    assert demo.centre is not None
    rules = rules_on(demo.centre, timezone.localdate())
    mode = rules.settings.fee_mode if rules else None
    if mode is None or mode.value == "none":
        return
    basis = f"{mode.citations[0]}和价格主管部门公布的标准"
    for name, level, steps in RATES:
        occupation = Occupation.objects.filter(name=name, is_active=True).first()
        if (
            occupation is None
            or FeeRate.objects.filter(occupation=occupation, level=level).exists()
        ):
            continue
        for yuan, day, reason in steps:
            set_rate(
                actor=demo.actor(Role.HEAD),
                occupation=occupation,
                level=level,
                amount_cents=yuan * 100,
                valid_from=day,
                basis=basis[:200],
                reason=reason,
            )


def settle_fees(demo: Demo, name: str, batch: AssessmentBatch) -> None:
    """All fees of a reviewed batch are settled; in one of them somebody gives up and is repaid."""
    actor = demo.actor(Role.CLERK)
    due = list(selectors.queue(batch, state=S.CONFIRMED).filter(fee_state="due"))
    if not due:
        return
    fees.waive_fee(actor=actor, application=due.pop(), reason="建档立卡家庭，学校减免。")
    wanted = timezone.localdate(batch.registration_closes) + timedelta(days=3)
    day = min(wanted, timezone.localdate())
    if batch.rules.settings.fingerprint_for_subsidised.value and len(due) > 1:
        number = f"{batch.code}BT0001"
        fees.record_subsidy(
            actor=actor, application=due.pop(), payer=PAYER, receipt_number=number, paid_on=day
        )
    receipts = {row.number: f"{batch.code}{place:06d}" for place, row in enumerate(due, 1)}
    _paid, left = fees.record_fees(actor=actor, batch=batch, receipts=receipts, paid_on=day)
    if left:
        raise RefusedError("；".join(left))
    if name == STORY and len(due) > ENOUGH:
        _list_of_finance(demo, batch, due[:3], receipts, day)
        _gives_up(demo, due[0])


def _list_of_finance(
    demo: Demo, batch: AssessmentBatch, paid: list[Application], receipts: dict[str, str], day: date
) -> None:
    """The finance office's list: three receipts it knows, one that fits nobody."""
    book = Workbook(write_only=True)
    page = book.create_sheet(FINANCE.title)
    page.append([column.header for column in FINANCE.columns])
    for row in paid:
        yuan = f"{row.offering.fee_cents / 100:.2f}"
        page.append(
            [receipts[row.number], row.number, row.person.name, None, yuan, day.isoformat()]
        )
    page.append([f"{batch.code}999999", None, "转账未留名", None, "240.00", day.isoformat()])
    out = io.BytesIO()
    book.save(out)
    finance.take_finance_list(actor=demo.actor(Role.CLERK), batch=batch, content=out.getvalue())


def _gives_up(demo: Demo, row: Application) -> None:
    """Paid and then withdrawn: the clerk asks for the refund, the head pays it out."""
    registration.withdraw_application(
        actor=demo.actor(Role.REVIEWER), application=row, reason="考生应征入伍，书面申请撤回。"
    )
    refund = refunds.ask_refund(
        actor=demo.actor(Role.CLERK),
        application=row,
        ground="withdrawn",
        reason="附入伍通知书复印件。",
    )
    refunds.pay_refund(actor=demo.actor(Role.HEAD), refund=refund, voucher=f"TK{row.number[-5:]}")


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
