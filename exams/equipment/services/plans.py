"""What is bought, rebuilt, renewed or scrapped by an approved plan (EQP-09)."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.registry import Actor, RefusedError
from assessment_center.workflow import advance
from exams.equipment.basis import articles_now
from exams.equipment.enums import ChangeKind, Standing
from exams.equipment.services.ledger import locked
from exams.lifecycle import PLAN
from exams.models import Equipment, EquipmentPlan
from exams.policies import require_act


@transaction.atomic
def ask_plan(
    *,
    actor: Actor,
    kind: str,
    text: str,
    equipment: Equipment | None = None,
    cost: Decimal | None = None,
) -> EquipmentPlan:
    """Put a plan to buy, rebuild, renew or scrap before the head."""
    require_act(actor, Act.EXAM_ARRANGE, _("提出设备计划"))
    cited = articles_now("EQP-09")
    if not text.strip():
        raise RefusedError(_("请写明内容与理由。"), cited)
    if (kind == ChangeKind.PURCHASE) != (equipment is None):
        raise RefusedError(_("改造、更新和报废须指明设备，购置不指明。"), cited)
    if equipment is not None:
        locked(equipment)
    made = EquipmentPlan(
        kind=kind, text=text.strip(), equipment=equipment, cost=cost, asked_by_id=actor.user_id
    )
    made.full_clean()
    made.save()
    record(
        actor=actor, verb="exams.equipment_plan_ask", subject=made.subject, payload={"kind": kind}
    )
    return made


@transaction.atomic
def decide_plan(
    *, actor: Actor, plan: EquipmentPlan, approved: bool, reason: str = ""
) -> EquipmentPlan:
    """The head's word on a plan; nobody decides on his own."""
    if plan.asked_by_id is not None and plan.asked_by_id == actor.user_id:
        raise RefusedError(_("设备计划不能由提出人自己批准。"), articles_now("EQP-09"))
    return advance(
        machine=PLAN,
        subject=plan,
        move="approve" if approved else "refuse",
        actor=actor,
        reason=reason,
        updates={"decided_by_id": actor.user_id, "decided_at": timezone.now()},
        payload={"kind": plan.kind},
    )


@transaction.atomic
def complete_plan(*, actor: Actor, plan: EquipmentPlan) -> EquipmentPlan:
    """An approved plan is carried out; one to scrap takes the line off the ledger for good.

    Refuses to scrap what is lent: it must come back first.
    """
    one = plan.equipment
    done = advance(machine=PLAN, subject=plan, move="complete", actor=actor)
    if done.kind == ChangeKind.SCRAP and one is not None:
        line = locked(one)
        if line.loans.filter(state__in=("asked", "out", "held")).exists():
            raise RefusedError(
                _("%(one)s 还有借领没有了结，不能报废。") % {"one": line}, articles_now("EQP-09")
            )
        line.state = Standing.SCRAPPED
        line.save(update_fields=["state"])
        payload = {"number": line.number}
        record(actor=actor, verb="exams.equipment_scrap", subject=line.subject, payload=payload)
    return done
