"""Fees: a payment or a subsidy with its official receipt; what waives them stands in `waivers`."""

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch
from assessment_center.catalog.labels import money_words
from assessment_center.registry import Actor, Citation, RefusedError
from candidates import selectors
from candidates.enums import ApplicationStatus, FeeKind, FeeState
from candidates.models import Application, FeePayment
from candidates.rules.money import plain_receipt
from candidates.services.registration import locked


def fee_citations(batch: AssessmentBatch) -> tuple[Citation, ...]:
    mode = batch.rules.settings.fee_mode
    return mode.citations if mode else ()


def takes_no_fee(batch: AssessmentBatch) -> bool:
    """FEE-01: whether the rulebook takes no fee of candidates at all."""
    mode = batch.rules.settings.fee_mode
    return mode is not None and mode.value == "none"


def require_recorder(actor: Actor) -> None:
    """Refuse who may not enter money."""
    if not actor.may(Act.FEE_RECORD):
        raise RefusedError(_("您的角色不能登记缴费。"))


def due(row: Application) -> Application:
    """The row itself when a fee waits to be settled, else refused with why not."""
    if row.status != ApplicationStatus.CONFIRMED:
        raise RefusedError(_("审核通过后才能缴费。"), fee_citations(row.batch))
    if row.fee_state == FeeState.NONE:
        raise RefusedError(_("这份申报不收费。"), fee_citations(row.batch))
    if row.fee_state != FeeState.DUE:
        raise RefusedError(_("这份申报的费用已经办结。"))
    return row


@transaction.atomic
def record_fee(
    *,
    actor: Actor,
    application: Application,
    receipt_number: str,
    amount_cents: int,
    paid_on: date | None = None,
) -> FeePayment:
    """Record a payment: exactly the announced fee (in cents), with a receipt used only here.

    FEE-01 to FEE-03: nothing more, nothing less, and no payment without an official receipt.
    """
    require_recorder(actor)
    return _pay(actor, locked(application), receipt_number, amount_cents, paid_on)


def _pay(
    actor: Actor, row: Application, receipt_number: str, amount_cents: int, paid_on: date | None
) -> FeePayment:
    due(row)
    number = _receipt(row, receipt_number)
    if amount_cents != row.fee_cents:
        raise RefusedError(
            _("金额应为公告的 %(amount)s，不能多收或少收。")
            % {"amount": money_words(row.fee_cents)},
            fee_citations(row.batch),
        )
    day = _day(paid_on)
    return settle(
        actor,
        row,
        FeeState.PAID,
        FeePayment(
            application=row,
            kind=FeeKind.PAYMENT,
            amount_cents=amount_cents,
            receipt_number=number,
            paid_on=day,
            recorded_by_id=actor.user_id,
        ),
    )


@transaction.atomic
def record_subsidy(
    *,
    actor: Actor,
    application: Application,
    payer: str,
    receipt_number: str,
    paid_on: date | None = None,
) -> FeePayment:
    """Somebody bears the whole fee in the candidate's stead; who it is and the receipt are kept."""
    require_recorder(actor)
    row = due(locked(application))
    if not payer.strip():
        raise RefusedError(_("请写明补贴由谁支付。"), fee_citations(row.batch))
    number, day = _receipt(row, receipt_number), _day(paid_on)
    return settle(
        actor,
        row,
        FeeState.PAID,
        FeePayment(
            application=row,
            kind=FeeKind.SUBSIDY,
            amount_cents=row.fee_cents,
            receipt_number=number,
            payer=payer.strip()[:120],
            paid_on=day,
            recorded_by_id=actor.user_id,
        ),
    )


@transaction.atomic
def correct_receipt(
    *, actor: Actor, application: Application, receipt_number: str, reason: str
) -> FeePayment:
    """A receipt's number that was typed wrongly, put right with the reason; the sum stays.

    The old number stays in the trail. Refused for a waiver, which has no receipt, and once the fee
    was given back under the old one.
    """
    require_recorder(actor)
    row = locked(application)
    fee: FeePayment | None = getattr(row, "fee", None)
    if fee is None or fee.kind == FeeKind.WAIVER:
        raise RefusedError(_("这份申报没有登记票据。"), fee_citations(row.batch))
    if row.fee_state == FeeState.REFUNDED:
        raise RefusedError(_("这笔费用已经退回，票据号不能再更正。"))
    if not reason.strip():
        raise RefusedError(_("请写明更正原因。"))
    before, fee.receipt_number = fee.receipt_number, _receipt(row, receipt_number)
    if fee.receipt_number == before:
        raise RefusedError(_("票据号没有改动。"))
    try:
        with transaction.atomic():
            fee.save(update_fields=["receipt_number"])
    except IntegrityError as clash:
        raise _used(fee) from clash
    record(
        actor=actor,
        verb="application.correct_receipt",
        subject=row.subject,
        payload={"from": before, "receipt": fee.receipt_number, "reason": reason.strip()[:200]},
    )
    return fee


def _used(fee: FeePayment) -> RefusedError:
    told = _("票据号 %(number)s 已经登记过。") % {"number": fee.receipt_number}
    return RefusedError(told, remedy=_("请核对票据。"))


def _receipt(row: Application, number: str) -> str:
    plain = plain_receipt(number)
    if not plain:
        raise RefusedError(_("请填写票据号：收费须开具票据。"), fee_citations(row.batch))
    return plain


def _day(paid_on: date | None) -> date:
    today = timezone.localdate()
    if paid_on and paid_on > today:
        raise RefusedError(_("缴费日期不能晚于今天。"))
    return paid_on or today


def settle(actor: Actor, row: Application, state: FeeState, fee: FeePayment) -> FeePayment:
    """Write what settles the fee of a locked row; refused for a receipt used before."""
    try:
        with transaction.atomic():
            fee.save(force_insert=True)
    except IntegrityError as clash:
        raise _used(fee) from clash
    row.fee_state = state
    row.save(update_fields=["fee_state"])
    record(
        actor=actor,
        verb=f"application.fee_{state.value}",
        subject=row.subject,
        payload={
            "amount_cents": fee.amount_cents,
            "receipt": fee.receipt_number,
            **({"payer": fee.payer} if fee.payer else {}),
        },
    )
    return fee


@transaction.atomic
def record_fees(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    receipts: Mapping[str, str],
    paid_on: date | None = None,
) -> tuple[int, list[str]]:
    """Record a list: application number → receipt number; (how many, why others were not)."""
    require_recorder(actor)
    rows = selectors.queue(batch).filter(number__in=list(receipts))
    found = {row.number: row for row in rows.select_for_update(of=("self",), no_key=True)}
    done, left = 0, []
    for number, receipt in receipts.items():
        row = found.get(number)
        if row is None:
            left.append(_("%(number)s：本批次没有这个申报号。") % {"number": number})
            continue
        row.batch = batch
        try:
            _pay(actor, row, receipt, row.fee_cents, paid_on)
            done += 1
        except RefusedError as refusal:
            left.append(f"{number}：{refusal}")
    return done, left
