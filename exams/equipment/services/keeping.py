"""Keepers, and what is bought, rebuilt, renewed or scrapped by an approved plan (EQP-01, 09)."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.catalog.labels import LEVEL_LABELS
from assessment_center.personnel.models import StaffMember
from assessment_center.registry import Actor, RefusedError
from assessment_center.workflow import advance
from candidates.labels import EDUCATION_LABELS
from exams.equipment.basis import articles_now, rules_now
from exams.equipment.enums import ChangeKind, Standing
from exams.equipment.services.ledger import locked
from exams.lifecycle import PLAN
from exams.models import Equipment, EquipmentPlan, Keeper
from exams.policies import require_act
from exams.rules.equipment import keeper_faults


@transaction.atomic
def appoint_keeper(
    *,
    actor: Actor,
    member: StaffMember,
    education: str,
    qualification: str,
    level: int,
    since: date,
    full_time: bool = False,
) -> Keeper:
    """Appoint who keeps the equipment; refuses too little education or qualification (EQP-01)."""
    require_act(actor, Act.CENTRE_MANAGE, _("指定设备保管员"))
    _refuse_unqualified(education, level)
    made = Keeper(
        member=member, education=education, qualification=qualification.strip(), level=level,
        full_time=full_time, since=since, appointed_by_id=actor.user_id,
    )  # fmt: skip
    try:
        made.full_clean()
    except ValidationError as faults:
        raise RefusedError(" ".join(faults.messages), articles_now("EQP-01")) from faults
    made.save()
    payload = {"education": education, "qualification": made.qualification}
    record(actor=actor, verb="exams.keeper_appoint", subject=made.subject, payload=payload)
    return made


def _refuse_unqualified(education: str, level: int) -> None:
    rules = rules_now()
    wanted = rules.settings.keeper_education if rules else None
    if wanted is None:
        return
    unschooled, unskilled = keeper_faults(wanted.value, education, level)
    if unschooled:
        raise RefusedError(
            _("设备保管员的文化程度（%(education)s）达不到规程的要求。")
            % {"education": EDUCATION_LABELS[education]},
            wanted.citations,
            _("请指定符合条件的人员。"),
        )
    if unskilled:
        raise RefusedError(
            _("设备保管员须有中级以上职业资格，%(level)s不符合。") % {"level": LEVEL_LABELS[level]},
            wanted.citations,
            _("请指定符合条件的人员。"),
        )


@transaction.atomic
def dismiss_keeper(*, actor: Actor, keeper: Keeper, on: date) -> Keeper:
    """End a keeper's term; he stays in the record."""
    require_act(actor, Act.CENTRE_MANAGE, _("变更设备保管员"))
    found = Keeper.objects.select_for_update(of=("self",)).get(pk=keeper.pk)
    if found.until:
        raise RefusedError(_("这名保管员已经离任。"))
    if on < found.since:
        raise RefusedError(_("离任日期不能早于任职日期。"))
    found.until = on
    found.save(update_fields=["until"])
    payload = {"until": on.isoformat()}
    record(actor=actor, verb="exams.keeper_dismiss", subject=found.subject, payload=payload)
    return found


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
