"""Looking a room over before it is used, line by line, and accepting it (VEN-16)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.personnel.models import StaffMember
from assessment_center.registry import Actor, RefusedError
from candidates.models import Application
from exams.acceptance import check_list
from exams.enums import SittingStatus
from exams.models import RoomAcceptance, SeatingNeed, SittingRoom
from exams.policies import require_act

BEGUN = frozenset({SittingStatus.RUNNING, SittingStatus.RECORDED})


@dataclass(frozen=True, slots=True)
class Answer:
    sound: bool
    note: str = ""


@transaction.atomic
def accept_room(
    *,
    actor: Actor,
    room: SittingRoom,
    member: StaffMember,
    answers: Mapping[str, Answer],
    at: datetime | None = None,
) -> RoomAcceptance:
    """Record one look at a room; it is accepted when every line is sound.

    `answers` by the rule of the line. Refuses a line left open, one that is not sound without
    saying why, a look in the future, and one at a sitting that has begun.
    """
    require_act(actor, Act.EXAM_RECORD, _("验收考场"))
    used = SittingRoom.objects.select_for_update(of=("self",)).select_related("sitting__batch")
    locked = used.select_related("room__site").get(pk=room.pk)
    if locked.sitting.status in BEGUN:
        raise RefusedError(_("本场已经开考，考场验收应在开考以前。"))
    moment = at or timezone.now()
    if moment > timezone.now():
        raise RefusedError(_("验收时间不能在将来。"))
    lines = _lines(locked, answers)
    accepted = all(line["sound"] for line in lines)
    made = RoomAcceptance.objects.create(
        sitting_room=locked, member=member, at=moment, lines=lines, accepted=accepted
    )
    payload = {"room": str(locked.room), "member": str(member), "accepted": accepted}
    record(actor=actor, verb="exams.room_accept", subject=locked.subject, payload=payload)
    return made


def _lines(room: SittingRoom, answers: Mapping[str, Answer]) -> list[dict[str, Any]]:
    """Every line of the room's list with its answer."""
    lines = []
    for line in check_list(room, room.sitting.batch.rules):
        answer = answers.get(line.point.rule)
        if answer is None:
            told = _("“%(text)s”还没有填写。") % {"text": line.point.text}
            raise RefusedError(told, line.citations)
        if not answer.sound and not answer.note.strip():
            told = _("请写明“%(text)s”哪里不符合。") % {"text": line.point.text}
            raise RefusedError(told, line.citations)
        facts = {"rule": line.point.rule, "sound": answer.sound, "note": answer.note.strip()}
        lines.append(facts)
    return lines


@transaction.atomic
def note_need(*, actor: Actor, application: Application, reason: str) -> SeatingNeed | None:
    """Note that a candidate needs an accessible place, or with no reason that none is needed.

    A candidate who is seated already stays until the seats are drawn or moved.
    """
    require_act(actor, Act.EXAM_ARRANGE, _("登记无障碍座位需要"))
    told = reason.strip()
    payload = {"candidate": application.number, "needed": bool(told)}
    record(actor=actor, verb="exams.seating_need", subject=application.subject, payload=payload)
    if not told:
        SeatingNeed.objects.filter(application=application).delete()
        return None
    need, _made = SeatingNeed.objects.update_or_create(
        application=application, defaults={"reason": told, "entered_by": actor.user_id}
    )
    return need
