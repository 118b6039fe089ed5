"""The day of the examination: opening a sitting, attendance, and the record of each room."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.personnel.enums import Post
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.outcomes import require
from assessment_center.workflow import advance
from exams import drawing
from exams.acceptance import rooms_accepted
from exams.called_off import still_on
from exams.enums import AttendanceState, RecordStatus
from exams.equipment.readiness import equipment_ready, rooms_checked
from exams.labels import DRAW_LABELS
from exams.lifecycle import ROOM_RECORD, SITTING
from exams.models import Attendance, RoomRecord, SeatAssignment, Sitting, SittingRoom
from exams.policies import form_citations, on_site_lots, require_act
from exams.safety import safety_signed
from exams.services.dispatching import record_participation
from exams.services.duties import require_credentials
from exams.supply import papers_present


@transaction.atomic
def start_sitting(*, actor: Actor, sitting: Sitting) -> Sitting:
    """Open the sitting: every room with candidates gets its record to be filled in.

    Refuses while a draw is outstanding that the rulebook orders before candidates go in, while
    proctors who draw their rooms have none, before the papers lie in the rooms, while a room
    is not accepted that must be (VEN-16), and while the rooms' equipment is unfit or has not been
    looked over.
    """
    _check_drawn(sitting)
    require_credentials(sitting)
    require(papers_present(sitting))
    require(equipment_ready(sitting))
    require(rooms_checked(sitting))
    require(rooms_accepted(sitting))
    require(safety_signed(sitting))
    require(still_on(sitting))
    started = advance(machine=SITTING, subject=sitting, move="start", actor=actor)
    rooms = started.rooms.annotate(people=Count("seats")).filter(people__gt=0)
    RoomRecord.objects.bulk_create(
        RoomRecord(sitting_room=room, expected=room.people) for room in rooms
    )
    return started


def _check_drawn(sitting: Sitting) -> None:
    rules = sitting.batch.rules
    ordered = on_site_lots(rules, sitting.subject_code)
    if ordered and drawing.outstanding(sitting):
        raise RefusedError(
            _("还没有%(draw)s，不能开考。") % {"draw": DRAW_LABELS[ordered[0]]},
            ordered[1],
            _("请先抽签。"),
        )
    lots = rules.settings.proctor_room_draw
    waiting = sitting.duties.filter(post=Post.PROCTOR, sitting_room__isnull=True)
    if lots.value and waiting.exists():
        raise RefusedError(_("监考员还没有抽签定考场，不能开考。"), lots.citations, _("请先抽签。"))


def _locked_record(room: SittingRoom) -> RoomRecord:
    found = (
        RoomRecord.objects.select_for_update(of=("self",))
        .select_related("sitting_room__sitting__batch__rulebook_version")
        .filter(sitting_room=room)
        .first()
    )
    if found is None:
        raise RefusedError(_("本场还没有开考。"), remedy=_("请先开考，再登记考场情况。"))
    if found.status == RecordStatus.SUBMITTED:
        raise RefusedError(
            _("%(room)s 的考场记录已经提交，不能再改。") % {"room": room},
            form_citations(found.sitting_room.sitting.batch.rules, "F-502"),
        )
    return found


@transaction.atomic
def record_attendance(
    *,
    actor: Actor,
    room: SittingRoom,
    absent: Collection[UUID] = (),
    late_refused: Collection[UUID] = (),
) -> RoomRecord:
    """Enter who did not come and who came too late (seat keys); all others are present.

    May be repeated until the record is submitted. Refuses seats of another room, and a candidate
    who is both absent and late.
    """
    require_act(actor, Act.EXAM_RECORD, _("登记到考情况"))
    sheet = _locked_record(room)
    seats = list(SeatAssignment.objects.filter(sitting_room=room))
    known = {seat.pk for seat in seats}
    gone, late = set(absent), set(late_refused)
    if (gone | late) - known:
        raise RefusedError(_("所选座位不在这个考场。"))
    if gone & late:
        raise RefusedError(_("同一名考生不能既缺考又迟到。"))
    Attendance.objects.filter(assignment__in=seats).delete()
    Attendance.objects.bulk_create(
        Attendance(assignment=seat, state=_state(seat.pk, gone, late)) for seat in seats
    )
    sheet.absent, sheet.late_refused = len(gone), len(late)
    sheet.present = len(seats) - len(gone) - len(late)
    sheet.save(update_fields=["absent", "late_refused", "present"])
    payload = {"present": sheet.present, "absent": sheet.absent, "late": sheet.late_refused}
    record(actor=actor, verb="exams.attendance_record", subject=room.subject, payload=payload)
    return sheet


def _state(pk: UUID, gone: set[UUID], late: set[UUID]) -> AttendanceState:
    if pk in gone:
        return AttendanceState.ABSENT
    return AttendanceState.LATE_REFUSED if pk in late else AttendanceState.PRESENT


@transaction.atomic
def note_room(*, actor: Actor, room: SittingRoom, notes: str) -> RoomRecord:
    """Keep the notes of a room that is still being recorded."""
    require_act(actor, Act.EXAM_RECORD, _("填写考场记录"))
    sheet = _locked_record(room)
    sheet.notes = notes.strip()
    sheet.save(update_fields=["notes"])
    record(actor=actor, verb="exams.room_note", subject=room.subject)
    return sheet


@transaction.atomic
def submit_room_record(  # noqa: PLR0913 - the counts of the paper form
    *,
    actor: Actor,
    room: SittingRoom,
    present: int,
    absent: int,
    late_refused: int = 0,
    papers_collected: int | None = None,
    proctors: Sequence[str] = (),
    notes: str = "",
    at: datetime | None = None,
) -> RoomRecord:
    """Submit the record of a room (DAY-28).

    The counts of the signed paper form are entered again and must agree with the attendance, with
    the seats and with the papers collected; at least one name must sign. With the last room the
    sitting itself is recorded.
    """
    sheet = _locked_record(room)
    _reconcile(sheet, present, absent, late_refused, papers_collected)
    names = [name.strip() for name in proctors if name.strip()]
    if not names:
        raise RefusedError(
            _("请填写签字的监考（考评）员姓名。"),
            form_citations(sheet.sitting_room.sitting.batch.rules, "F-502"),
        )
    submitted = advance(
        machine=ROOM_RECORD,
        subject=sheet,
        move="submit",
        actor=actor,
        updates={
            "proctors": names,
            "notes": notes.strip() or sheet.notes,
            "papers_collected": papers_collected,
            "submitted_at": at or timezone.now(),
            "submitted_by": actor.user_id,
        },
        payload={"present": present, "absent": absent, "late": late_refused},
    )
    sitting = Sitting.objects.select_for_update().get(pk=room.sitting_id)
    left = RoomRecord.objects.filter(sitting_room__sitting=sitting, status=RecordStatus.DRAFT)
    if not left.exists():
        advance(machine=SITTING, subject=sitting, move="record", actor=actor)
        record_participation(actor=actor, sitting=sitting)
    return submitted


def _reconcile(sheet: RoomRecord, present: int, absent: int, late: int, papers: int | None) -> None:
    citations = form_citations(sheet.sitting_room.sitting.batch.rules, "F-502")
    remedy = _("请与签到表逐人核对后再提交。")
    if present + absent + late != sheet.expected:
        raise RefusedError(
            _("实考 %(present)s、缺考 %(absent)s、迟到 %(late)s 之和不等于应考 %(expected)s 人。")
            % {"present": present, "absent": absent, "late": late, "expected": sheet.expected},
            citations,
            remedy,
        )
    if (present, absent, late) != (sheet.present, sheet.absent, sheet.late_refused):
        raise RefusedError(
            _("所填人数与逐人登记不符：登记为实考 %(present)s、缺考 %(absent)s、迟到 %(late)s。")
            % {
                "present": sheet.present,
                "absent": sheet.absent,
                "late": sheet.late_refused,
            },
            citations,
            remedy,
        )
    if papers is not None and papers != present:
        raise RefusedError(
            _("收回试卷 %(papers)s 份，与实考 %(present)s 人不符。")
            % {"papers": papers, "present": present},
            citations,
            _("请重新清点；确有遗失的，先登记突发事件，再如实填写。"),
        )
