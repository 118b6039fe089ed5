"""Sittings put off, arranged anew or cancelled after something happened (VAL-05)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from psycopg.types.range import TimestamptzRange

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.registry import SYSTEM, Actor, Citation, RefusedError
from assessment_center.registry.language import in_chinese
from candidates.enums import IN_HAND
from candidates.models import Application
from candidates.services.registration import withdraw_application
from candidates.services.steps import tell
from exams.enums import CallOffKind, RecordStatus, SittingStatus
from exams.labels import CALL_OFF_LABELS
from exams.models import Attendance, CallOff, Incident, RoomRecord, Sitting
from exams.policies import require_act
from exams.services.outdating import outdate, outdate_staff
from exams.services.renewing import renewing

# From the tickets on; before that a sitting is simply taken back and planned anew.
OPEN = (SittingStatus.TICKETED, SittingStatus.RUNNING)


@transaction.atomic
def call_off(  # noqa: PLR0913 - a decision has this many facts
    *,
    actor: Actor,
    sitting: Sitting,
    outcome: str,
    reason: str,
    consent: str = "",
    free_next: bool = False,
    incident: Incident | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> CallOff:
    """Decide what becomes of a sitting that cannot be held as planned.

    Postponed (缓考) it waits for a new time; arranged anew it gets one, and everybody keeps seat
    and ticket number; cancelled, its candidates' applications end without any fault of theirs.
    What was entered of the day falls: nobody was absent, nobody failed. Where the rulebook names
    who must agree, `consent` says who did and by which number. `free_next`: cancelled, its subject
    costs the candidates nothing the next time, where the rulebook knows such a decision (FEE-10).
    """
    require_act(actor, Act.PLAN_APPROVE, _("决定缓考与重排"))
    locked = Sitting.objects.select_for_update().select_related("batch").get(pk=sitting.pk)
    _refuse_state(locked, outcome)
    _refuse_form(locked, reason, consent)
    if free_next:
        _refuse_free(locked, outcome)
    if incident is not None and incident.sitting_id != locked.pk:
        raise RefusedError(_("这起突发事件不属于本场次。"))
    made = CallOff(
        sitting=locked,
        incident=incident,
        outcome=outcome,
        reason=reason.strip(),
        consent=consent.strip(),
        free_next=free_next,
        planned_starts=locked.starts_at,
        planned_ends=locked.ends_at,
        starts_at=starts_at if outcome == CallOffKind.REARRANGED else None,
        ends_at=ends_at if outcome == CallOffKind.REARRANGED else None,
        decided_at=timezone.now(),
        decided_by_id=actor.user_id,
    )
    made.full_clean(exclude=["sitting", "incident"])
    with renewing(actor=actor, sitting=locked):
        made.save(force_insert=True)
        _take_effect(locked, made)
    when = starts_at.isoformat() if starts_at else None
    payload = {"outcome": outcome, "consent": made.consent, "free": free_next, "starts": when}
    record(actor=actor, verb="exams.call_off", subject=locked.subject, payload=payload)
    return made


def _cited(sitting: Sitting) -> tuple[Citation, ...]:
    rule = sitting.batch.rules.settings.call_off_by
    return rule.citations if rule else ()


def _refuse_state(sitting: Sitting, outcome: str) -> None:
    if outcome not in CALL_OFF_LABELS:
        raise RefusedError(_("没有这种决定。"), _cited(sitting))
    if sitting.status not in OPEN:
        raise RefusedError(
            _("只有已发准考证、还没有考完的场次可以缓考或重排。"),
            _cited(sitting),
            _("发准考证之前，请撤销场次重新安排。"),
        )
    handed_in = RoomRecord.objects.filter(
        sitting_room__sitting=sitting, status=RecordStatus.SUBMITTED
    )
    if handed_in.exists():
        raise RefusedError(
            _("已有考场提交了考场记录，这个场次已经考过。"),
            _cited(sitting),
            _("成绩作废的，按违纪和成绩的规定处理。"),
        )
    if _cancelled(sitting):
        raise RefusedError(_("这个场次已经取消。"), _cited(sitting))


def _refuse_form(sitting: Sitting, reason: str, consent: str) -> None:
    """Who must agree is the rulebook's (VAL-05)."""
    if not reason.strip():
        raise RefusedError(_("请写明原因。"), _cited(sitting))
    rule = sitting.batch.rules.settings.call_off_by
    if rule and not consent.strip():
        who = _("主管部门") if rule.value == "authority" else _("领导小组")
        raise RefusedError(
            _("缓考、重排和取消须经%(who)s同意。") % {"who": who},
            rule.citations,
            _("请填写同意的单位和文号（或会议日期）。"),
        )


def _refuse_free(sitting: Sitting, outcome: str) -> None:
    """FEE-10: only what is cancelled is free the next time, and only where a rulebook says so."""
    rule = sitting.batch.rules.settings.cancelled_subject_free
    if not rule.value:
        raise RefusedError(_("所用规程没有“下次考试免收该科目费用”的规定。"))
    if outcome != CallOffKind.CANCELLED:
        raise RefusedError(_("只有取消的场次，下次考试才免收该科目费用。"), rule.citations)


def _cancelled(sitting: Sitting) -> bool:
    last = CallOff.objects.filter(sitting=sitting).last()
    return last is not None and last.outcome == CallOffKind.CANCELLED


@in_chinese
def _told_why(decision: CallOff) -> tuple[str, str]:
    """Why nothing is held, and what the candidate is free of, as it is kept and sent."""
    free = _("下次考试免收该科目费用。") if decision.free_next else ""
    return _("场次取消：%(reason)s") % {"reason": decision.reason}, free


def _take_effect(sitting: Sitting, decision: CallOff) -> None:
    _forget_the_day(sitting)
    if decision.outcome == CallOffKind.REARRANGED:
        _move(sitting, decision)
    if sitting.status != SittingStatus.TICKETED:
        sitting.status = SittingStatus.TICKETED
        sitting.save(update_fields=["status"])
    seated = Application.objects.filter(seats__sitting=sitting)
    if decision.outcome == CallOffKind.CANCELLED:
        for each in seated.filter(status__in=IN_HAND).select_related("person__user"):
            why, free = _told_why(decision)
            withdraw_application(actor=SYSTEM, application=each, reason=why[:300])
            tell(each, _lazy("您报考的场次已取消，申报随之终止"), f"{why}{free}")
    outdate(sitting, sitting.rooms.values_list("pk", flat=True))
    outdate_staff(sitting)


def _forget_the_day(sitting: Sitting) -> None:
    """Open records of rooms fall; violations and incidents are what happened and stay."""
    Attendance.objects.filter(assignment__sitting=sitting).delete()
    RoomRecord.objects.filter(sitting_room__sitting=sitting).delete()


def _move(sitting: Sitting, decision: CallOff) -> None:
    """The new time, for the sitting and for each of its rooms; a room taken then is refused."""
    assert decision.starts_at is not None  # a constraint keeps it
    assert decision.ends_at is not None
    batch = sitting.batch
    first, last = timezone.localdate(decision.starts_at), timezone.localdate(decision.ends_at)
    if first < batch.exam_starts or last > batch.exam_ends:
        raise RefusedError(
            _("新的时间须在公告的考试日期 %(first)s 至 %(last)s 之内。")
            % {"first": batch.exam_starts.isoformat(), "last": batch.exam_ends.isoformat()},
            remedy=_("请先发布变更公告。"),
        )
    sitting.starts_at, sitting.ends_at = decision.starts_at, decision.ends_at
    _move_people(sitting)
    period = TimestamptzRange(decision.starts_at, decision.ends_at)
    try:
        with transaction.atomic():
            sitting.rooms.update(period=period)
            sitting.duties.update(period=period)
    except IntegrityError as clash:
        raise RefusedError(
            _("考场或值岗人员在新的时间已有安排。"), remedy=_("请换一个时间。")
        ) from clash


def _move_people(sitting: Sitting) -> None:
    """Nobody may then be in two places; the database refuses it."""
    try:
        with transaction.atomic():
            sitting.save(update_fields=["starts_at", "ends_at"])
    except IntegrityError as clash:
        raise RefusedError(
            _("有考生在新的时间已编入另一场次。"), remedy=_("请换一个时间。")
        ) from clash
