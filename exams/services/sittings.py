"""The timetable of a batch: sittings with their rooms (PLAN-07, PLAN-08, VEN-01 to VEN-06)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.types.range import TimestamptzRange

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.catalog.enums import Subject
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.outcomes import require
from assessment_center.workdays.services import statutory_holidays
from candidates.selectors import admitted
from exams.enums import SittingStatus
from exams.models import Allotment, Room, Sitting, SittingRoom
from exams.policies import require_act, require_open, room_fits
from exams.rules.groups import DayFrame, groups

FRAME_FIRST, FRAME_LAST = time(8, 30), time(18, 0)


@dataclass(frozen=True, slots=True)
class Slot:
    """A sitting wanted: one subject, one period, rooms in their order; no offerings means all.

    `allotted` are the keys of the applications that come; none leaves it to the seating.
    """

    subject: str
    starts_at: datetime
    ends_at: datetime
    rooms: Sequence[Room]
    offerings: Sequence[Offering] = ()
    allotted: Sequence[str] = ()
    turn_minutes: int | None = None


@transaction.atomic
def plan_sittings(*, actor: Actor, batch: AssessmentBatch, slots: Sequence[Slot]) -> list[Sitting]:
    """Enter sittings; all of them or none.

    Refuses days outside the announced ones, statutory holidays where the rulebook forbids them,
    a second time for theory where one is ordered, unfit rooms, rooms taken at that time, and
    somebody who is in another sitting then.
    """
    require_act(actor, Act.EXAM_ARRANGE, _("安排场次"))
    locked = AssessmentBatch.objects.select_for_update().get(pk=batch.pk)
    require_open(locked)
    return [_plan(actor, locked, slot) for slot in slots]


def _plan(actor: Actor, batch: AssessmentBatch, slot: Slot) -> Sitting:
    check_time(batch, slot)
    if not slot.rooms:
        raise RefusedError(_("请至少选一个考场。"))
    for room in slot.rooms:
        require(room_fits(room, batch.rules, slot.subject))
    number = (batch.sittings.aggregate(last=Max("number"))["last"] or 0) + 1
    sitting = Sitting(
        batch=batch,
        number=number,
        subject_code=slot.subject,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        turn_minutes=slot.turn_minutes,
    )
    sitting.full_clean()
    sitting.save()
    sitting.offerings.set(slot.offerings)
    take_rooms(sitting, slot.rooms)
    _allot(sitting, slot.allotted)
    record(
        actor=actor,
        verb="exams.sitting_plan",
        subject=sitting.subject,
        payload={
            "batch": batch.code,
            "number": number,
            "subject": slot.subject,
            "starts": slot.starts_at.isoformat(),
            "rooms": [str(room) for room in slot.rooms],
            "allotted": len(slot.allotted),
        },
    )
    return sitting


def _allot(sitting: Sitting, keys: Sequence[str]) -> None:
    try:
        with transaction.atomic():
            Allotment.objects.bulk_create(
                Allotment(sitting=sitting, application_id=key) for key in keys
            )
    except IntegrityError as clash:
        raise RefusedError(
            _("%(sitting)s有考生在该时间已编入另一场次。") % {"sitting": sitting},
            remedy=_("请重新生成时间表。"),
        ) from clash


def take_rooms(sitting: Sitting, rooms: Sequence[Room]) -> None:
    """The rooms of a sitting in their order, for its time; refuses one that is taken then."""
    period = TimestamptzRange(sitting.starts_at, sitting.ends_at)
    try:
        with transaction.atomic():
            SittingRoom.objects.bulk_create(
                SittingRoom(sitting=sitting, room=room, number=number, period=period)
                for number, room in enumerate(rooms, 1)
            )
    except IntegrityError as clash:
        raise RefusedError(
            _("所选考场中有的在该时间已被占用，或重复选择。"), remedy=_("请换考场或调整时间。")
        ) from clash


def check_time(batch: AssessmentBatch, slot: Slot, *, besides: Sitting | None = None) -> None:
    """PLAN-07, PLAN-08: the announced days, holidays, one time for theory."""
    first, last = timezone.localdate(slot.starts_at), timezone.localdate(slot.ends_at)
    if slot.ends_at <= slot.starts_at:
        raise RefusedError(_("结束时间须晚于开考时间。"))
    if first < batch.exam_starts or last > batch.exam_ends:
        raise RefusedError(
            _("场次须在公告的考试日期 %(first)s 至 %(last)s 之内。")
            % {"first": batch.exam_starts.isoformat(), "last": batch.exam_ends.isoformat()},
            remedy=_("确需改期的，请先发布变更公告。"),
        )
    holidays = batch.rules.settings.forbid_statutory_holidays
    if holidays.value and (off := statutory_holidays(first, last)):
        raise RefusedError(
            _("%(day)s 是法定节假日，不能安排考试。") % {"day": off[0].isoformat()},
            holidays.citations,
        )
    single = batch.rules.settings.theory_single_slot_per_batch
    if slot.subject == Subject.THEORY and single.value and _other_time(batch, slot, besides):
        raise RefusedError(
            _("同一批次的理论考试只能安排在同一时间。"),
            single.citations,
            _("请把考场加进已有的理论场次。"),
        )


def _other_time(batch: AssessmentBatch, slot: Slot, besides: Sitting | None) -> bool:
    """Begun together is at one time; how long each lasts is for its occupation's standard."""
    theory = batch.sittings.filter(subject_code=Subject.THEORY)
    if besides is not None:
        theory = theory.exclude(pk=besides.pk)
    return theory.exclude(starts_at=slot.starts_at).exists()


@transaction.atomic
def plan_practical(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    starts_at: datetime,
    minutes: int,
    rooms: Sequence[Room],
    offerings: Sequence[Offering] = (),
    subject: str = Subject.PRACTICAL,
) -> list[Sitting]:
    """Put every offering's candidates into groups by workstations, from `starts_at` on (SEAT-06).

    `offerings` limits it to some, so that others may sit elsewhere at the same time. Groups have
    half an hour between them and stay between 8:30 and 18:00. Refuses when they run beyond the
    last day of the examination.
    """
    counts: dict[Offering, int] = {}
    waiting = admitted(batch).filter(subjects__contains=[subject])
    if offerings:
        waiting = waiting.filter(offering__in=offerings)
    for application in waiting:
        counts[application.offering] = counts.get(application.offering, 0) + 1
    if not counts:
        raise RefusedError(_("没有需要参加这个科目的考生。"))
    frame = DayFrame(FRAME_FIRST, FRAME_LAST, timedelta(minutes=minutes))
    ordered = sorted(counts.items(), key=lambda pair: str(pair[0]))
    try:
        laid = groups(
            ordered,
            capacity=sum(room.capacity for room in rooms),
            start=timezone.localtime(starts_at),
            frame=frame,
        )
    except ValueError as fault:
        raise RefusedError(_("请选有工位的考场，每组时长不超过一天。")) from fault
    slots = [Slot(subject, each.starts_at, each.ends_at, rooms, (each.key,)) for each in laid]
    return plan_sittings(actor=actor, batch=batch, slots=slots)


@transaction.atomic
def cancel_sitting(*, actor: Actor, sitting: Sitting) -> None:
    """Take back a sitting that is not confirmed; its rooms are free again."""
    require_act(actor, Act.EXAM_ARRANGE, _("撤销场次"))
    locked = Sitting.objects.select_for_update().get(pk=sitting.pk)
    open_states = {SittingStatus.PLANNED, SittingStatus.ARRANGED}
    if locked.status not in open_states or locked.confirmed_at:
        raise RefusedError(_("排座已经确认，场次不能撤销。"))
    payload = {"batch": locked.batch.code, "number": locked.number}
    record(actor=actor, verb="exams.sitting_cancel", subject=locked.subject, payload=payload)
    locked.delete()
