"""Draws of a sitting: key committed, held at the hour set, corrected only with a reason."""

import secrets
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.personnel.enums import Post
from assessment_center.registry import Actor, Citation, RefusedError
from assessment_center.rulebooks.rules.settings_fields import DEFAULT_DRAW
from exams import drawing
from exams.drawing import OF_CANDIDATES
from exams.enums import DrawKind, SittingStatus
from exams.models import Draw, DrawCorrection, DrawLine, Duty, SeatAssignment, Sitting
from exams.policies import require_act, require_open
from exams.rules import lots, panels
from exams.rules.seating import commitment
from exams.services import lots as steps
from exams.services.duties import check_member
from exams.services.outdating import outdate_staff
from exams.staffing import lead_minutes

BEGUN = frozenset({SittingStatus.RUNNING, SittingStatus.RECORDED})
LONGEST_KEY = 64
OF_STAFF = frozenset({DrawKind.PANEL, DrawKind.SUPERVISOR})
SWAPPABLE = OF_CANDIDATES | {DrawKind.PROCTOR_ROOMS}
MAKE = {
    DrawKind.PROCTOR_ROOMS: steps.hat_of_proctors,
    DrawKind.PANEL: steps.panels_of,
    DrawKind.SUPERVISOR: steps.supervisors_of,
    DrawKind.WORKSTATION: steps.hats_of_candidates,
    DrawKind.REVIEW_ORDER: steps.hats_of_candidates,
}
APPLY = {
    DrawKind.PROCTOR_ROOMS: steps.apply_proctors,
    DrawKind.PANEL: steps.apply_panels,
    DrawKind.SUPERVISOR: steps.apply_supervisors,
    DrawKind.WORKSTATION: steps.apply_candidates,
    DrawKind.REVIEW_ORDER: steps.apply_candidates,
}


@transaction.atomic
def commit_lots(
    *,
    actor: Actor,
    sitting: Sitting,
    kind: str,
    not_before: datetime | None = None,
    key: str | None = None,
    at: datetime | None = None,
) -> Draw:
    """Fix the key of a draw and publish its SHA-256 with the hour of the draw (STAFF-14, SEAT-06).

    A key once committed stays, so nobody can draw until the result pleases. Refuses before the
    seats are confirmed, after the start, and an hour outside the rulebook's.
    """
    require_act(actor, Act.EXAM_ARRANGE, _("封存抽签密钥"))
    locked = _locked(sitting)
    require_open(locked.batch)
    chosen = _kind(locked, kind)
    if locked.confirmed_at is None:
        raise RefusedError(_("请先确认排座，再封存抽签密钥。"))
    moment = at or timezone.now()
    hour = _hour(locked, chosen, not_before, moment)
    secret = secrets.token_hex(16) if key is None else key.strip()
    if not secret or len(secret) > LONGEST_KEY:
        raise RefusedError(_("抽签密钥应为 1 至 64 个字符。"))
    draw = Draw(
        sitting=locked,
        kind=chosen,
        key=secret,
        commitment=commitment(secret),
        committed_at=moment,
        committed_by=actor.user_id,
        not_before=hour,
    )
    try:
        with transaction.atomic():
            draw.full_clean()
            draw.save(force_insert=True)
    except IntegrityError as clash:
        raise RefusedError(_("本场的这项抽签已经封存密钥，不能更换。")) from clash
    payload = {"kind": chosen.value, "sha256": draw.commitment, "hour": hour.isoformat()}
    record(actor=actor, verb="exams.lots_commit", subject=locked.subject, payload=payload)
    return draw


def _kind(sitting: Sitting, kind: str) -> DrawKind:
    allowed = drawing.kinds_for(sitting.batch.rules, sitting.subject_code)
    found = next((each for each in allowed if each.value == kind), None)
    if found is None:
        fixed = sitting.batch.rules.settings.workstation_assignment
        cited = fixed.citations if fixed and kind == DrawKind.WORKSTATION else ()
        raise RefusedError(_("这个场次没有这项抽签。"), cited)
    if Draw.objects.filter(sitting=sitting, kind=found).exists():
        raise RefusedError(_("本场的这项抽签已经封存密钥，不能更换。"))
    return found


def rule_minutes(sitting: Sitting, kind: str) -> tuple[int, tuple[Citation, ...]]:
    """Minutes before the start at which the draw is held, and the articles that say so."""
    settings = sitting.batch.rules.settings
    if kind in OF_CANDIDATES:
        told = next(t for t in (settings.t_draw, DEFAULT_DRAW) if sitting.subject_code in t.value)
        minutes: dict[str, int] = dict(told.value.items())
        return -minutes[sitting.subject_code], told.citations
    if kind == DrawKind.PROCTOR_ROOMS and settings.t_meeting:
        return -settings.t_meeting.value, ()
    return lead_minutes(sitting), ()


def _hour(sitting: Sitting, kind: DrawKind, wanted: datetime | None, moment: datetime) -> datetime:
    minutes, citations = rule_minutes(sitting, kind)
    usual = sitting.starts_at - timedelta(minutes=minutes)
    if wanted is None:
        return moment if kind in OF_STAFF else usual
    if wanted >= sitting.starts_at:
        raise RefusedError(_("抽签须在开考以前。"))
    if citations and wanted < usual:
        raise RefusedError(
            _("这项抽签在开考前 %(minutes)s 分钟进行，不能提前。") % {"minutes": minutes}, citations
        )
    return wanted


@transaction.atomic
def hold_lots(*, actor: Actor, draw: Draw, witness: str, at: datetime | None = None) -> Draw:
    """Hold a committed draw once: its lots are kept and stand at once; the key is shown.

    Two people: who holds it and a witness. Refuses before the hour set, a second time, after the
    start, and where no permitted outcome exists.
    """
    of_candidates = draw.kind in OF_CANDIDATES
    require_act(actor, Act.EXAM_RECORD if of_candidates else Act.EXAM_ARRANGE, _("主持抽签"))
    sitting = _locked(draw.sitting)
    locked = Draw.objects.select_for_update().get(pk=draw.pk)
    locked.sitting = sitting
    moment = at or timezone.now()
    if locked.held_at is not None:
        raise RefusedError(
            _("抽签结果已经公开，不能重抽。"), remedy=_("确有差错的，请写明原因更正。")
        )
    _check_time(locked, moment)
    told = witness.strip()
    if not told or told == actor.label:
        raise RefusedError(_("抽签须由另一人见证，请填写见证人姓名。"))
    if locked.kind in OF_STAFF and sitting.staffed_at is not None:
        raise RefusedError(_("本场人员已经定岗，不能再抽取。"))
    locked.inputs = MAKE[DrawKind(locked.kind)](sitting, locked.kind)
    lines = steps.lines_of(locked, _pairs(locked))
    DrawLine.objects.bulk_create(lines)
    locked.algorithm = panels.ALGORITHM if locked.kind in OF_STAFF else lots.ALGORITHM
    locked.list_digest = lots.inputs_digest(locked.inputs)
    locked.held_at, locked.held_by, locked.held_by_name = moment, actor.user_id, actor.label
    locked.witness = told
    locked.save()
    APPLY[DrawKind(locked.kind)](locked, lines)
    outdate_staff(sitting)
    payload = {
        "kind": locked.kind,
        "draw_key": locked.key,
        "list": locked.list_digest,
        "lots": len(lines),
        "witness": told,
    }
    record(actor=actor, verb="exams.lots_hold", subject=sitting.subject, payload=payload)
    return locked


def _check_time(draw: Draw, moment: datetime) -> None:
    if moment <= draw.committed_at:
        raise RefusedError(_("抽签须在密钥封存以后。"))
    if moment < draw.not_before:
        _minutes, citations = rule_minutes(draw.sitting, draw.kind)
        hour = timezone.localtime(draw.not_before)
        raise RefusedError(
            _("约定 %(hour)s 抽签，还没有到时间。") % {"hour": f"{hour:%Y-%m-%d %H:%M}"}, citations
        )


def _pairs(draw: Draw) -> list[drawing.Pair]:
    try:
        return drawing.drawn(draw.inputs, key=draw.key)
    except panels.PoolTooSmallError as short:
        raise steps.panel_refusal(draw.sitting, short) from short
    except lots.NoLotsError as stuck:
        cited = draw.sitting.batch.rules.settings.avoidance
        raise RefusedError(
            _("%(name)s 因须回避没有可去的考场，抽签不能进行。")
            % {"name": draw.inputs["names"][stuck.person]},
            cited.citations if cited else (),
            _("请换人后再抽签。"),
        ) from stuck


@transaction.atomic
def swap_lots(
    *, actor: Actor, draw: Draw, first: DrawLine, second: DrawLine, reason: str
) -> DrawCorrection:
    """Let two lots of a held draw change places, with the reason; the draw itself stays as it was.

    Candidates change within their room; proctors under the same avoidance as before.
    """
    require_act(actor, Act.EXAM_ARRANGE, _("更正抽签结果"))
    sitting = _locked(draw.sitting)
    locked = Draw.objects.select_for_update().get(pk=draw.pk)
    told = reason.strip()
    if locked.held_at is None or locked.kind not in SWAPPABLE:
        raise RefusedError(_("这项抽签没有可对调的结果。"))
    if not told:
        raise RefusedError(_("更正抽签结果须写明原因。"))
    if first.pk == second.pk or {first.draw_id, second.draw_id} != {locked.pk}:
        raise RefusedError(_("请选同一次抽签中的两签。"))
    change = _swap_seats if locked.kind in OF_CANDIDATES else _swap_proctors
    change(sitting, locked, first, second)
    made = DrawCorrection.objects.create(
        draw=locked,
        line=first,
        other=second,
        reason=told,
        corrected_at=timezone.now(),
        corrected_by=actor.user_id,
        corrected_by_name=actor.label,
    )
    payload = {"kind": locked.kind, "one": str(first), "other": str(second), "reason": told}
    record(actor=actor, verb="exams.lots_correct", subject=sitting.subject, payload=payload)
    return made


def _swap_seats(sitting: Sitting, _draw: Draw, first: DrawLine, second: DrawLine) -> None:
    wanted = [first.application_id, second.application_id]
    seats = list(
        SeatAssignment.objects.select_for_update(of=("self",))
        .select_related("sitting_room")
        .filter(sitting=sitting, application__in=wanted)
    )
    one, other = seats
    if one.sitting_room_id != other.sitting_room_id:
        raise RefusedError(_("只能在同一考场内对调：两个考场的考评组不同。"))
    mine, theirs = (
        (one.seat_number, one.row, one.column),
        (
            other.seat_number,
            other.row,
            other.column,
        ),
    )
    one.seat_number, one.row, one.column = theirs
    other.seat_number, other.row, other.column = mine
    steps.reseat(seats)


def _swap_proctors(sitting: Sitting, draw: Draw, first: DrawLine, second: DrawLine) -> None:
    one, other = _duty_of(sitting, draw, first), _duty_of(sitting, draw, second)
    here, there = one.sitting_room, other.sitting_room
    check_member(sitting, there, one.member, Post.PROCTOR, again=True)
    check_member(sitting, here, other.member, Post.PROCTOR, again=True)
    steps.move_proctor(one, there)
    steps.move_proctor(other, here)
    outdate_staff(sitting)


def _duty_of(sitting: Sitting, draw: Draw, line: DrawLine) -> Duty:
    """The duty of whoever holds this lot now."""
    replaced = draw.corrections.filter(line=line, member__isnull=False)
    latest = replaced.order_by("-corrected_at").first()
    member = latest.member_id if latest else line.member_id
    found = sitting.duties.select_related("member__person", "sitting_room").filter(
        member=member, post=Post.PROCTOR
    )
    return found.get()


def _locked(sitting: Sitting) -> Sitting:
    locked = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if locked.status in BEGUN:
        raise RefusedError(_("考试已经开始，不能再抽签或更正。"))
    return locked
