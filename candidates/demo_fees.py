"""The demo's fees: paid, waived and borne by others, a refund, a stray receipt."""

import io
from datetime import date, timedelta

from django.utils import timezone
from openpyxl import Workbook

from assessment_center.accounts.enums import Role
from assessment_center.batches.models import AssessmentBatch
from assessment_center.demo import Demo
from assessment_center.registry import RefusedError
from candidates import selectors
from candidates.enums import ApplicationStatus as S
from candidates.fee_sheets import FINANCE
from candidates.models import Application
from candidates.services import fees, finance, refunds, registration, waivers

ENOUGH = 8  # a smaller batch keeps all its candidates
STORY = "arranging"
PAYER = "江州市就业服务管理局（职业技能提升补贴）"


def settle_fees(demo: Demo, name: str, batch: AssessmentBatch) -> None:
    """All fees of a reviewed batch are settled; in one of them somebody gives up and is repaid."""
    actor = demo.actor(Role.CLERK)
    due = list(selectors.queue(batch, state=S.CONFIRMED).filter(fee_state="due"))
    if not due:
        return
    waivers.waive_fee(actor=actor, application=due.pop(), reason="建档立卡家庭，学校减免。")
    priced = next((row for row in due if row.offering.fee_parts), None)
    if priced is not None:
        reason = "参加市级竞赛集训，操作耗材由学院承担，免收一科。"
        waivers.waive_fee(
            actor=actor, application=priced, subjects=priced.subjects[-1:], reason=reason
        )
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
        yuan = f"{row.fee_cents / 100:.2f}"
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
