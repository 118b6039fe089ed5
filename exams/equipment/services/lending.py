"""Loans: asked for, approved by the head, looked at on return (EQP-09)."""

from datetime import date

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.personnel.models import StaffMember
from assessment_center.registry import Actor, RefusedError
from assessment_center.workflow import advance
from exams.equipment.basis import articles_now
from exams.equipment.enums import LoanState
from exams.equipment.selectors import AWAY
from exams.equipment.services.ledger import locked
from exams.lifecycle import LOAN
from exams.models import Equipment, Loan
from exams.policies import require_act


@transaction.atomic
def ask_loan(
    *,
    actor: Actor,
    equipment: Equipment,
    borrower: StaffMember,
    purpose: str,
    starts_on: date,
    due_back: date,
    count: int = 1,
) -> Loan:
    """Ask for a loan; it goes out only when the head has approved it."""
    require_act(actor, Act.EXAM_ARRANGE, _("办理借领"))
    one = locked(equipment)
    cited = articles_now("EQP-09")
    if not purpose.strip():
        raise RefusedError(_("请写明用途。"), cited)
    if due_back < starts_on:
        raise RefusedError(_("应还日期不能早于借出日期。"), cited)
    if not 1 <= count <= _left(one):
        raise RefusedError(
            _("%(one)s 可借的只有 %(left)s %(unit)s。")
            % {"one": one, "left": _left(one), "unit": one.unit},
            cited,
        )
    made = Loan.objects.create(
        equipment=one, borrower=borrower, purpose=purpose.strip(), starts_on=starts_on,
        due_back=due_back, count=count, asked_by_id=actor.user_id,
    )  # fmt: skip
    payload = {"number": one.number, "count": count, "due": due_back.isoformat()}
    record(actor=actor, verb="exams.loan_ask", subject=made.subject, payload=payload)
    return made


def _left(one: Equipment) -> int:
    """Pieces that are neither lent nor broken."""
    lent = one.loans.filter(state__in=AWAY).aggregate(n=Sum("count"))["n"] or 0
    broken = one.damages.filter(settlement="").aggregate(n=Sum("count"))["n"] or 0
    return int(one.quantity - lent - broken)


@transaction.atomic
def decide_loan(*, actor: Actor, loan: Loan, approved: bool, reason: str = "") -> Loan:
    """The head's word on a loan; nobody decides on one he asked for himself."""
    one = locked(loan.equipment)
    found = Loan.objects.select_for_update(of=("self",)).get(pk=loan.pk)
    cited = articles_now("EQP-09")
    if found.asked_by_id is not None and found.asked_by_id == actor.user_id:
        raise RefusedError(_("借领不能由经办人自己批准。"), cited)
    if approved and found.state == LoanState.ASKED and found.count > _left(one):
        raise RefusedError(
            _("%(one)s 可借的只有 %(left)s %(unit)s。")
            % {"one": one, "left": _left(one), "unit": one.unit},
            cited,
        )
    return advance(
        machine=LOAN,
        subject=found,
        move="approve" if approved else "refuse",
        actor=actor,
        reason=reason,
        updates={"approved_by_id": actor.user_id, "approved_at": timezone.now()},
        payload={"number": one.number},
    )
