"""Around a session: the check before, damage during it, order after it (EQP-05, 06, 08)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.personnel.models import StaffMember
from assessment_center.registry import Actor, RefusedError
from exams.enums import SittingStatus
from exams.equipment.basis import articles, articles_now
from exams.equipment.enums import CheckMoment, Settlement
from exams.equipment.readiness import blocked_in
from exams.equipment.selectors import in_room
from exams.equipment.services.ledger import locked
from exams.models import Damage, Equipment, SessionCheck, Sitting, SittingRoom
from exams.policies import require_act

ENDED = frozenset({SittingStatus.RUNNING, SittingStatus.RECORDED})


@dataclass(frozen=True, slots=True)
class Harm:
    """What was found: damage, wear or loss, why, and who stopped a misuse."""

    kind: str
    what: str
    cause: str
    at: datetime
    noted_by: StaffMember
    count: int = 1
    misuse: bool = False
    stopped_by: str = ""
    liable: str = ""
    compensation: Decimal | None = None


@transaction.atomic
def check_room(
    *,
    actor: Actor,
    room: SittingRoom,
    moment: str,
    member: StaffMember,
    sound: bool = True,
    findings: str = "",
    adjusted: str = "",
    at: datetime | None = None,
) -> SessionCheck:
    """Record the look over a room's equipment before the session, or its order after it.

    Refuses a sound check while a piece of the room may not be used that day, a check before that
    comes after the start, and one of the order after before it.
    """
    require_act(actor, Act.EXAM_RECORD, _("登记考场设备检查"))
    sitting = Sitting.objects.select_for_update(of=("self",)).get(pk=room.sitting_id)
    before = moment == CheckMoment.BEFORE
    cited = articles("EQP-05" if before else "EQP-08", sitting.batch.rules)
    if before == (sitting.status in ENDED):
        raise RefusedError(
            _("本场已经开考，考前检查不能补登。") if before else _("开考以后才能登记考后归位。"),
            cited,
        )
    if not sound and not findings.strip():
        raise RefusedError(_("不符合要求的，请写明情况。"), cited)
    if before and sound:
        _refuse_unfit(sitting, room)
    made = SessionCheck.objects.create(
        sitting_room=room, moment=moment, member=member, sound=sound, at=at or timezone.now(),
        findings=findings.strip()[:300], adjusted=adjusted.strip()[:300],
        items=[str(each) for each in in_room(room)],
    )  # fmt: skip
    payload = {"moment": moment, "sound": sound, "items": len(made.items)}
    record(actor=actor, verb="exams.equipment_check", subject=room.subject, payload=payload)
    return made


def _refuse_unfit(sitting: Sitting, room: SittingRoom) -> None:
    for each in blocked_in(sitting):
        if each.equipment.room_id == room.room_id:
            raise RefusedError(
                _("%(one)s%(why)s，不能登记为检查合格。")
                % {"one": each.equipment, "why": each.text},
                each.citations,
            )


@transaction.atomic
def note_damage(
    *, actor: Actor, equipment: Equipment, harm: Harm, sitting: Sitting | None = None
) -> Damage:
    """Note damage, wear or loss; from now on these pieces do not count as usable."""
    require_act(actor, Act.EXAM_RECORD, _("登记设备损坏"))
    one = locked(equipment)
    cited = articles_now("EQP-06")
    if harm.at > timezone.now():
        raise RefusedError(_("发生时间不能晚于现在。"), cited)
    if harm.count > one.quantity:
        raise RefusedError(_("损坏的数量不能多于台账的数量。"), cited)
    made = Damage(
        equipment=one, sitting=sitting, kind=harm.kind, count=harm.count, happened_at=harm.at,
        what=harm.what.strip(), cause=harm.cause.strip(), misuse=harm.misuse,
        stopped_by=harm.stopped_by.strip(), liable=harm.liable.strip(),
        compensation=harm.compensation, noted_by=harm.noted_by,
    )  # fmt: skip
    try:
        made.full_clean()
    except ValidationError as faults:
        raise RefusedError(" ".join(faults.messages), cited) from faults
    made.save()
    payload = {"number": one.number, "kind": made.kind, "misuse": made.misuse}
    record(actor=actor, verb="exams.damage_note", subject=one.subject, payload=payload)
    return made


@transaction.atomic
def settle_damage(
    *,
    actor: Actor,
    damage: Damage,
    settlement: str,
    on: date,
    note: str = "",
    liable: str = "",
    compensation: Decimal | None = None,
) -> Damage:
    """Say how damage was settled: repaired, replaced, or written off from the ledger's quantity.

    The last piece is not written off here: that is scrapping, which needs an approved plan.
    """
    require_act(actor, Act.EXAM_ARRANGE, _("登记损坏处理"))
    one = locked(damage.equipment)
    found = Damage.objects.select_for_update(of=("self",)).get(pk=damage.pk)
    cited = articles_now("EQP-06")
    if found.settlement:
        raise RefusedError(_("这条损坏记录已经处理。"), cited)
    if not timezone.localdate(found.happened_at) <= on <= timezone.localdate():
        raise RefusedError(_("处理日期应在损坏与今天之间。"), cited)
    if settlement == Settlement.WRITTEN_OFF:
        _write_off(one, found)
    found.settlement, found.settled_on, found.settled_note = settlement, on, note.strip()[:200]
    found.liable = liable.strip() or found.liable
    found.compensation = compensation if compensation is not None else found.compensation
    try:
        found.full_clean()
    except ValidationError as faults:
        raise RefusedError(" ".join(faults.messages), cited) from faults
    found.save()
    payload = {"number": one.number, "settlement": settlement}
    record(actor=actor, verb="exams.damage_settle", subject=one.subject, payload=payload)
    return found


def _write_off(one: Equipment, damage: Damage) -> None:
    left = one.quantity - damage.count
    if left < 1:
        raise RefusedError(
            _("这是最后的数量，报损须先批准报废计划。"),
            articles_now("EQP-09"),
            _("请提出报废计划，由负责人批准。"),
        )
    one.quantity, one.needed = left, min(one.needed, left)
    one.save(update_fields=["quantity", "needed"])
