"""A room looked over before its session, and in order after it (EQP-05, EQP-08)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.personnel.models import StaffMember
from assessment_center.registry import Actor, RefusedError
from exams.enums import SittingStatus
from exams.equipment.basis import articles
from exams.equipment.enums import CheckMoment
from exams.equipment.readiness import blocked_in
from exams.equipment.room_selectors import in_room
from exams.models import SessionCheck, Sitting, SittingRoom
from exams.policies import require_act

ENDED = frozenset({SittingStatus.RUNNING, SittingStatus.RECORDED})


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
