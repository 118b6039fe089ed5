"""What costs a candidate nothing, subject by subject, with the reason; and taking that back.

FEE-10: a subject whose examination was cancelled because many could not come is free the next
time, where the rulebook says so.
"""

from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch
from assessment_center.catalog.labels import SUBJECT_LABELS
from assessment_center.catalog.rules.tariff import WHOLE
from assessment_center.registry import Actor, Citation, RefusedError
from assessment_center.registry.language import in_chinese
from candidates.cancelled import made_good_by
from candidates.enums import ApplicationStatus, FeeKind, FeeState, WaiverGround
from candidates.labels import WAIVER_GROUND_LABELS
from candidates.models import Application, FeePayment, FeeWaiver
from candidates.policies import CORRECTABLE
from candidates.services.fees import due, fee_citations, require_recorder, settle
from candidates.services.registration import locked
from candidates.services.steps import tell


def cited(batch: AssessmentBatch, ground: str) -> tuple[Citation, ...]:
    """By which article: that of the cancelled examination, else that of the fee itself."""
    if ground == WaiverGround.CANCELLED:
        return batch.rules.settings.cancelled_subject_free.citations
    return fee_citations(batch)


@transaction.atomic
def waive_fee(
    *,
    actor: Actor,
    application: Application,
    reason: str,
    subjects: Sequence[str] = (),
    ground: str = WaiverGround.OTHER,
) -> Application:
    """Waive the fee of these subjects, or of all that is left to pay, with the reason.

    Where nothing remains to be paid the fee is settled and the candidate takes part. Refused: a
    subject without a price of its own, one waived before, and “cancelled before” where no
    cancelled examination is on record for this person and subject or the rulebook is silent.
    """
    require_recorder(actor)
    row = due(locked(application))
    if ground not in WAIVER_GROUND_LABELS:
        raise RefusedError(_("请选择减免事由。"))
    if not reason.strip():
        raise RefusedError(_("请写明减免原因。"), cited(row.batch, ground))
    priced = _priced(row, subjects)
    earlier = made_good_by(row) if ground == WaiverGround.CANCELLED else {}
    for subject, cents in priced:
        _keep(actor, row, subject, cents, ground, reason.strip()[:200], earlier)
    row.waived = [each for each in row.subjects if each in {*row.waived, *dict(priced)}]
    row.save(update_fields=["waived"])
    cents = sum(part for _subject, part in priced)
    record(
        actor=actor,
        verb="application.waive_subjects",
        subject=row.subject,
        payload={
            "subjects": [subject for subject, _cents in priced],
            "amount_cents": cents,
            "kind": str(ground),
            "reason": reason.strip()[:200],
            "cited": [str(each) for each in cited(row.batch, ground)],
        },
    )
    if row.fee_cents == 0 or WHOLE in dict(priced):
        _settle_free(actor, row)
    else:
        tell(row, _freed(priced), reason.strip())
    return row


@in_chinese
def _freed(priced: Iterable[tuple[str, int]]) -> str:
    names = "、".join(str(SUBJECT_LABELS[subject]) for subject, _cents in priced)
    return _("已免收科目费用：%(names)s") % {"names": names}


def _priced(row: Application, wanted: Sequence[str]) -> list[tuple[str, int]]:
    """The subjects to be waived, each with its price in cents, in their order."""
    left = [each for each in row.subjects if each not in row.waived]
    chosen = [each for each in left if each in wanted] if wanted else left
    if len(chosen) < len(set(wanted)):
        raise RefusedError(_("所选科目不是这份申报还应缴费的科目。"), fee_citations(row.batch))
    if not row.offering.fee_parts:
        if len(chosen) < len(row.subjects):
            raise RefusedError(
                _("这个项目没有分科目定价，不能只免收其中一科。"),
                fee_citations(row.batch),
                _("请在“收费标准”按科目登记以后的项目，或免收全部费用。"),
            )
        return [(WHOLE, row.fee_cents)]
    return [(each, row.offering.fee_of([each])) for each in chosen]


def _keep(
    actor: Actor,
    row: Application,
    subject: str,
    cents: int,
    ground: str,
    reason: str,
    earlier: dict[str, Application],
) -> None:
    before = earlier.get(subject)
    if ground == WaiverGround.CANCELLED and before is None:
        name = str(SUBJECT_LABELS[subject]) if subject else _("全部费用")
        raise RefusedError(
            _("没有登记过这名考生因考试取消而免收的科目：%(name)s。") % {"name": name},
            cited(row.batch, ground),
            _("取消场次时须注明“下次考试免收该科目费用”；其他原因请选“其他减免”。"),
        )
    try:
        with transaction.atomic():
            FeeWaiver.objects.create(
                application=row,
                subject_code=subject,
                amount_cents=cents,
                ground=ground,
                reason=reason,
                earlier=before,
                given_on=timezone.localdate(),
                given_by_id=actor.user_id,
            )
    except IntegrityError as clash:
        raise RefusedError(_("这个科目已经免收。")) from clash


def _settle_free(actor: Actor, row: Application) -> None:
    """Nothing is left to pay: the reasons of all that was waived settle it."""
    reasons = row.waivers.filter(ended_on=None).order_by("created_at")
    told = "；".join(dict.fromkeys(reasons.values_list("reason", flat=True)))
    settle(
        actor,
        row,
        FeeState.WAIVED,
        FeePayment(
            application=row,
            kind=FeeKind.WAIVER,
            amount_cents=0,
            reason=told[:200],
            paid_on=timezone.localdate(),
            recorded_by_id=actor.user_id,
        ),
    )


@transaction.atomic
def take_back_waiver(*, actor: Actor, waiver: FeeWaiver, reason: str) -> FeeWaiver:
    """The subject costs its price again; the waiver stays on record with who ended it and why.

    Refused once the reduced fee was paid, and, for somebody who takes part because nothing was
    left to pay, once the batch is reported.
    """
    require_recorder(actor)
    row = locked(waiver.application)
    kept = FeeWaiver.objects.select_for_update().get(pk=waiver.pk)
    by = cited(row.batch, kept.ground)
    if kept.ended_on:
        raise RefusedError(_("这项减免已经撤销。"), by)
    if not reason.strip():
        raise RefusedError(_("请写明撤销原因。"), by)
    _may_cost_again(row, by)
    kept.ended_on, kept.end_reason = timezone.localdate(), reason.strip()[:200]
    kept.ended_by_id = actor.user_id
    kept.save(update_fields=["ended_on", "end_reason", "ended_by"])
    if row.fee_state == FeeState.WAIVED:
        row.fee.delete()
        row.fee_state = FeeState.DUE
    row.waived = [each for each in row.waived if each != kept.subject_code]
    row.save(update_fields=["waived", "fee_state"])
    record(
        actor=actor,
        verb="application.take_back_waiver",
        subject=row.subject,
        payload={
            "subjects": [kept.subject_code],
            "amount_cents": kept.amount_cents,
            "reason": kept.end_reason,
        },
    )
    tell(row, _lazy("费用减免已撤销"), kept.end_reason)
    return kept


def _may_cost_again(row: Application, by: tuple[Citation, ...]) -> None:
    if row.fee_state in {FeeState.PAID, FeeState.REFUNDED}:
        raise RefusedError(_("已按减免后的金额缴费，不能再撤销。"), by)
    free = row.fee_state == FeeState.WAIVED and row.status == ApplicationStatus.CONFIRMED
    if free and row.batch.status not in CORRECTABLE:
        raise RefusedError(
            _("考生已按免费列入上报的名单，不能再撤销。"), by, _("请先退回批次补正。")
        )
