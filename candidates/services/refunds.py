"""Giving a fee back: one asks, another pays out or declines (two persons)."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.hands import shares
from assessment_center.audit.services import record
from assessment_center.batches.enums import BatchStatus
from assessment_center.registry import Actor, RefusedError
from candidates.enums import ApplicationStatus, FeeKind, FeeState, RefundGround, RefundState
from candidates.labels import REFUND_GROUND_LABELS
from candidates.models import Application, FeeRefund
from candidates.services.fees import require_recorder
from candidates.services.registration import locked


@transaction.atomic
def ask_refund(*, actor: Actor, application: Application, ground: str, reason: str) -> FeeRefund:
    """Ask that the whole fee be given back; refused where the ground does not hold."""
    require_recorder(actor)
    row = locked(application)
    payment = getattr(row, "fee", None)
    if payment is None or payment.kind != FeeKind.PAYMENT:
        raise RefusedError(_("这份申报没有缴费，无款可退。"))
    if ground not in REFUND_GROUND_LABELS:
        raise RefusedError(_("请选择退费事由。"))
    if not reason.strip():
        raise RefusedError(_("请写明退费的情况。"))
    _holds(row, ground)
    refund = FeeRefund(
        payment=payment,
        ground=ground,
        reason=reason.strip()[:200],
        amount_cents=payment.amount_cents,
        asked_by_id=actor.user_id,
    )
    try:
        with transaction.atomic():
            refund.save(force_insert=True)
    except IntegrityError as clash:
        raise RefusedError(_("这笔缴费已经申请过退费。")) from clash
    record(
        actor=actor,
        verb="application.ask_refund",
        subject=row.subject,
        payload={"kind": ground, "amount_cents": refund.amount_cents},
    )
    return refund


def _holds(row: Application, ground: str) -> None:
    """Whether what is given as the ground is so."""
    if row.made_good.filter(ended_on=None).exists():
        raise RefusedError(_("这次考试取消已在下次考试免收费用，不再退费。"))
    truths = {
        RefundGround.WITHDRAWN: row.status == ApplicationStatus.WITHDRAWN,
        RefundGround.REFUSED: row.status == ApplicationStatus.REFUSED,
        RefundGround.CANCELLED: row.batch.status == BatchStatus.CANCELLED,
    }
    if truths[RefundGround(ground)]:
        return
    told = {
        RefundGround.WITHDRAWN: _("这份申报没有撤回，不能按“撤回申报”退费。"),
        RefundGround.REFUSED: _("这份申报没有判为不通过，不能按“审核不通过”退费。"),
        RefundGround.CANCELLED: _("这个批次没有取消，不能按“考试取消”退费。"),
    }
    raise RefusedError(told[RefundGround(ground)])


def _open(actor: Actor, refund: FeeRefund) -> FeeRefund:
    if not actor.may(Act.CENTRE_MANAGE):
        raise RefusedError(_("您的角色不能办理退费。"))
    rows = FeeRefund.objects.select_for_update(of=("self",)).select_related("payment__application")
    row = rows.get(pk=refund.pk)
    if row.state != RefundState.ASKED:
        raise RefusedError(_("这笔退费已经办结。"))
    if row.asked_by_id is not None and shares(actor, row.asked_by_id):
        raise RefusedError(
            _("退费的申请和办理不能是同一人，代理人与被代理人也算同一人。"),
            remedy=_("请由另一人办理。"),
        )
    return row


@transaction.atomic
def pay_refund(*, actor: Actor, refund: FeeRefund, voucher: str) -> FeeRefund:
    """Another person pays out, with the voucher's number; the fee counts as given back."""
    row = _open(actor, refund)
    if not voucher.strip():
        raise RefusedError(_("请填写退款凭证号。"))
    row.voucher = voucher.strip()[:40]
    application = locked(row.payment.application)
    application.fee_state = FeeState.REFUNDED
    application.save(update_fields=["fee_state"])
    return _close(actor, row, RefundState.PAID, {"voucher": row.voucher})


@transaction.atomic
def decline_refund(*, actor: Actor, refund: FeeRefund, decision: str) -> FeeRefund:
    """Another person declines, with the reason."""
    row = _open(actor, refund)
    if not decision.strip():
        raise RefusedError(_("请写明不予退费的原因。"))
    row.decision = decision.strip()[:200]
    return _close(actor, row, RefundState.DECLINED, {"note": row.decision})


def _close(actor: Actor, row: FeeRefund, state: RefundState, facts: dict[str, str]) -> FeeRefund:
    row.state = state
    row.decided_by_id, row.decided_on = actor.user_id, timezone.localdate()
    row.save()
    record(
        actor=actor,
        verb="application.refund_paid" if state == RefundState.PAID else "refund.refuse",
        subject=row.payment.application.subject,
        payload={"amount_cents": row.amount_cents, **facts},
    )
    return row
