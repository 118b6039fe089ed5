"""The tariff: a rate is entered for a day and after; nothing that was entered changes."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.catalog.models import FeeRate, Occupation
from assessment_center.catalog.rules.tariff import WHOLE
from assessment_center.registry import Actor, RefusedError


@transaction.atomic
def set_rate(
    *,
    actor: Actor,
    occupation: Occupation,
    level: int | None,
    subject: str = WHOLE,
    amount_cents: int,
    valid_from: date,
    basis: str,
    reason: str,
) -> FeeRate:
    """Enter what it costs from a day on (cents); the rate before ends the day before.

    With a subject it is the price of that subject alone, and a price of the whole ends. Refused
    without the price document and a reason, and for a day that is not after the start of the
    newest rate: what was in force once stays as it was. What was already offered keeps its fee.
    """
    if not actor.may(Act.CENTRE_MANAGE):
        raise RefusedError(_("您的角色不能制定收费标准。"))
    if not (basis.strip() and reason.strip()):
        raise RefusedError(_("请写明收费依据和原因。"))
    _after_the_newest(occupation, level, subject, valid_from)
    made = FeeRate(
        occupation=occupation,
        level=level,
        subject_code=subject,
        amount_cents=amount_cents,
        valid_from=valid_from,
        basis=basis.strip()[:200],
        reason=reason.strip()[:200],
        entered_by_id=actor.user_id,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as clash:
        raise RefusedError(_("同一天已有这个职业等级的收费标准。")) from clash
    record(
        actor=actor,
        verb="fee_rate.enter",
        subject=made.subject,
        payload={
            "occupation": occupation.code,
            "level": level,
            **({"subject": subject} if subject else {}),
            "amount_cents": amount_cents,
            "from": valid_from.isoformat(),
            "reason": made.reason,
        },
    )
    return made


def _after_the_newest(occupation: Occupation, level: int | None, subject: str, day: date) -> None:
    """After the last rate it takes the place of: of its subject, and of the whole or the parts.

    The occupation is locked, so that two rates of one day do not pass each other.
    """
    Occupation.objects.select_for_update(no_key=True).get(pk=occupation.pk)
    earlier = FeeRate.objects.filter(occupation=occupation, level=level)
    if subject != WHOLE:
        earlier = earlier.filter(subject_code__in=(WHOLE, subject))
    newest = earlier.order_by("-valid_from").first()
    if newest is not None and day <= newest.valid_from:
        raise RefusedError(
            _("已有自 %(day)s 起的标准，新标准须在这一天以后起用。")
            % {"day": newest.valid_from.isoformat()},
            remedy=_("已收的费用不受调整影响；确有错误的，从下一天起登记正确的标准。"),
        )
