"""What a batch took in and spent, against its caps; and the fee of a second copy."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import Actor, Citation, RefusedError
from assessment_center.rulebooks import Rulebook
from candidates.enums import FeeKind, RefundState
from candidates.labels import EXPENSE_LABELS
from candidates.models import (
    ExpensePlace,
    FeeExpense,
    FeePayment,
    FeeRefund,
    FeeWaiver,
    HeldCertificate,
    ReissueFee,
)
from candidates.rules.money import HUNDRED, cap_left
from candidates.services.fees import require_recorder


@dataclass(frozen=True, slots=True)
class Cap:
    """A cap on the share of the income, with what it leaves (cents; negative: exceeded)."""

    label: str
    percent: float
    left: int
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class BatchAccount:
    """Cents taken in (of it by subsidies), waived, given back, spent, and spent by category.

    `place`: where it was said to be held; None as long as nobody said so.
    """

    received: int
    subsidised: int
    waived: int
    refunded: int
    spent: int
    by_kind: tuple[tuple[str, int], ...]
    cap: Cap | None
    place: ExpensePlace | None

    @property
    def income(self) -> int:
        return self.received - self.refunded

    @property
    def percent(self) -> float | None:
        """The share of the income that was spent."""
        return round(100 * self.spent / self.income, 1) if self.income else None


def account_of(batch: AssessmentBatch) -> BatchAccount:
    """FEE-05: what was spent, as a share of what was taken in and not given back."""
    taken = FeePayment.objects.filter(application__batch=batch)
    paid = taken.exclude(kind=FeeKind.WAIVER)
    back = FeeRefund.objects.filter(payment__application__batch=batch, state=RefundState.PAID)
    received = paid.aggregate(n=Sum("amount_cents"))["n"] or 0
    borne = taken.filter(kind=FeeKind.SUBSIDY).aggregate(n=Sum("amount_cents"))["n"] or 0
    free = FeeWaiver.objects.filter(application__batch=batch, ended_on=None)
    waived = free.aggregate(n=Sum("amount_cents"))["n"] or 0
    refunded = back.aggregate(n=Sum("amount_cents"))["n"] or 0
    live = FeeExpense.objects.filter(batch=batch, struck_on=None)
    rows = live.values_list("kind").annotate(n=Sum("amount_cents"))
    found = dict(rows.order_by("kind"))
    spent = sum(found.values())
    kinds = tuple((str(label), found[key]) for key, label in EXPENSE_LABELS.items() if key in found)
    place = ExpensePlace.objects.filter(batch=batch).first()
    cap = cap_of(batch.rules, place, received - refunded, spent)
    return BatchAccount(received, borne, waived, refunded, spent, kinds, cap, place)


def cap_of(rules: Rulebook, place: ExpensePlace | None, income: int, spent: int) -> Cap | None:
    """FEE-05: the one cap that holds where the batch was held; None where the rulebook is silent.

    As long as nobody said where, the lower one is shown.
    """
    named = [
        (_("在校内举办"), rules.settings.expense_cap_inside, False),
        (_("在校外举办"), rules.settings.expense_cap_outside, True),
    ]
    known = [(label, cap, outside) for label, cap, outside in named if cap is not None]
    if place is not None:
        known = [each for each in known if each[2] == place.outside]
    if not known:
        return None
    label, cap, _outside = min(known, key=lambda each: each[1].value)
    return Cap(
        label if place else _("尚未说明举办地点"),
        round(HUNDRED * cap.value, 1),
        cap_left(income=income, spent=spent, share=cap.value),
        cap.citations,
    )


@transaction.atomic
def say_place(*, actor: Actor, batch: AssessmentBatch, outside: bool, reason: str) -> ExpensePlace:
    """Say whether the batch was held in the school or outside; a later word needs its reason too.

    Refused where the rulebook sets no cap that hangs on it.
    """
    require_recorder(actor)
    settings = batch.rules.settings
    if settings.expense_cap_inside is None and settings.expense_cap_outside is None:
        raise RefusedError(_("本批次的规程没有支出比例的规定，不用说明。"))
    if not reason.strip():
        raise RefusedError(_("请写明使用了哪里的场地和设备。"))
    said, _new = ExpensePlace.objects.update_or_create(
        batch=batch,
        defaults={
            "outside": outside,
            "reason": reason.strip()[:200],
            "said_by_id": actor.user_id,
        },
    )
    record(
        actor=actor,
        verb="fee_expense.say_place",
        subject=batch.subject,
        payload={"outside": outside, "reason": said.reason},
    )
    return said


@transaction.atomic
def enter_expense(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    kind: str,
    amount_cents: int,
    spent_on: date,
    voucher: str,
    note: str = "",
) -> FeeExpense:
    """Enter what was spent, under a category and with its voucher (FEE-06)."""
    require_recorder(actor)
    if kind not in EXPENSE_LABELS:
        raise RefusedError(_("请选择支出类别。"))
    if amount_cents <= 0 or not voucher.strip():
        raise RefusedError(_("支出须有大于零的金额和凭证号。"))
    if spent_on > timezone.localdate():
        raise RefusedError(_("支出日期不能晚于今天。"))
    made = FeeExpense.objects.create(
        batch=batch,
        kind=kind,
        amount_cents=amount_cents,
        spent_on=spent_on,
        voucher=voucher.strip()[:40],
        note=note.strip()[:200],
        recorded_by_id=actor.user_id,
    )
    record(
        actor=actor,
        verb="fee_expense.enter",
        subject=batch.subject,
        payload={"kind": kind, "amount_cents": amount_cents, "voucher": made.voucher},
    )
    return made


@transaction.atomic
def strike_expense(*, actor: Actor, expense: FeeExpense, reason: str) -> FeeExpense:
    """What was entered wrongly counts no more; it stays on record with who struck it and why."""
    require_recorder(actor)
    row = FeeExpense.objects.select_for_update(of=("self",)).get(pk=expense.pk)
    if row.struck_on:
        raise RefusedError(_("这笔支出已经作废。"))
    if not reason.strip():
        raise RefusedError(_("请写明作废原因。"))
    row.struck_on, row.strike_reason = timezone.localdate(), reason.strip()[:200]
    row.struck_by_id = actor.user_id
    row.save(update_fields=["struck_on", "strike_reason", "struck_by"])
    record(
        actor=actor,
        verb="fee_expense.strike",
        subject=row.batch.subject,
        payload={
            "kind": row.kind,
            "amount_cents": row.amount_cents,
            "voucher": row.voucher,
            "reason": row.strike_reason,
        },
    )
    return row


def reissue_cents(rules: Rulebook) -> int | None:
    """FEE-08: what a second copy costs, in cents; None where the rulebook names no fee."""
    fee = rules.settings.reissue_fee
    return fee.value * HUNDRED if fee else None


@transaction.atomic
def record_reissue_fee(
    *,
    actor: Actor,
    certificate: HeldCertificate,
    rules: Rulebook,
    amount_cents: int,
    receipt_number: str,
) -> ReissueFee:
    """Record the fee for a second copy: exactly the rulebook's, with a receipt used once (FEE-08).

    Refuses any amount where the rulebook names none: nothing may be taken without a basis.
    """
    require_recorder(actor)
    due = reissue_cents(rules)
    if due is None:
        raise RefusedError(_("所用规程没有规定补证工本费，不得收取。"))
    assert rules.settings.reissue_fee is not None
    cited = rules.settings.reissue_fee.citations
    if amount_cents != due:
        raise RefusedError(
            _("补证工本费为 %(yuan)g 元，不能多收或少收。") % {"yuan": due / HUNDRED}, cited
        )
    number = receipt_number.strip()
    if not number:
        raise RefusedError(_("请填写票据号：收费须开具票据。"), cited)
    try:
        with transaction.atomic():
            made = ReissueFee.objects.create(
                certificate=certificate,
                amount_cents=due,
                receipt_number=number[:40],
                paid_on=timezone.localdate(),
                recorded_by_id=actor.user_id,
            )
    except IntegrityError as clash:
        raise RefusedError(_("票据号 %(number)s 已经登记过。") % {"number": number}) from clash
    record(
        actor=actor,
        verb="reissue_fee.enter",
        subject=certificate.subject,
        payload={"amount_cents": due, "receipt": number},
    )
    return made
