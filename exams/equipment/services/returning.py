"""Loans looked at on return; with a fault taken back when the head agrees (EQP-09)."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.registry import Actor, RefusedError
from assessment_center.workflow import advance
from exams.equipment.basis import articles_now
from exams.lifecycle import LOAN
from exams.models import Loan


@transaction.atomic
def return_loan(
    *, actor: Actor, loan: Loan, on: date, condition: str, sound: bool, explanation: str = ""
) -> Loan:
    """Take it back after a look: sound at once; with a fault only when the head agrees.

    A fault needs the borrower's explanation. Damage itself is noted on the equipment.
    """
    cited = articles_now("EQP-09")
    if not condition.strip():
        raise RefusedError(_("请检查并写明归还时的状况。"), cited)
    if not sound and not explanation.strip():
        raise RefusedError(_("有缺损的，请写明借领人说明的原因。"), cited)
    if not loan.starts_on <= on <= timezone.localdate():
        raise RefusedError(_("归还日期应在借出日期与今天之间。"), cited)
    return advance(
        machine=LOAN,
        subject=loan,
        move="return" if sound else "hold",
        actor=actor,
        updates={
            "returned_on": on,
            "condition": condition.strip()[:200],
            "explanation": explanation.strip()[:200],
        },
        payload={"number": loan.equipment.number, "sound": sound},
    )


@transaction.atomic
def accept_return(*, actor: Actor, loan: Loan) -> Loan:
    """The head agrees to take back what came home with a fault."""
    if loan.asked_by_id is not None and loan.asked_by_id == actor.user_id:
        raise RefusedError(_("有缺损的归还不能由经办人自己批准。"), articles_now("EQP-09"))
    return advance(
        machine=LOAN,
        subject=loan,
        move="accept",
        actor=actor,
        updates={"accepted_by_id": actor.user_id},
        payload={"number": loan.equipment.number},
    )
