"""Correcting seats by hand: what a move would break is told first, then done, with its reason."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.registry import Actor, RefusedError
from exams.models import SeatAssignment, Sitting
from exams.policies import require_act
from exams.services.hall import measured
from exams.services.late import hole_of
from exams.services.move_rules import Move, judge_move
from exams.services.outdating import outdate
from exams.services.renewing import renewing

ASIDE = 0


@transaction.atomic
def move_seat(
    *,
    actor: Actor,
    sitting: Sitting,
    seat: UUID,
    room: UUID,
    row: int,
    column: int,
    reason: str,
    accepted: int = 0,
) -> SeatAssignment:
    """Move one candidate, or change two; `accepted` is how many broken rules the user was shown.

    Refuses without a reason, once the sitting has begun, what is forbidden, and when more would
    be broken than was shown. The version of the seats rises; sheets are out of date.
    """
    require_act(actor, Act.EXAM_ARRANGE, _("调整座位"))
    locked = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if not reason.strip():
        raise RefusedError(_("请写明调整座位的原因。"))
    move = judge_move(sitting=locked, seat=seat, room=room, row=row, column=column)
    _require_seen(move, accepted)
    before = _where(move.seat)
    concerned = [each.application_id for each in (move.seat, move.other) if each is not None]
    with renewing(actor=actor, sitting=locked, applications=concerned):
        _carry_out(move)
    locked.seating_version += 1
    locked.quality = measured(locked)
    locked.save(update_fields=["seating_version", "quality"])
    outdate(locked, {move.source.used.pk, move.target.used.pk}, concerned)
    payload = {
        "version": locked.seating_version,
        **_told(move, before),
        "reason": reason.strip(),
    }
    record(actor=actor, verb="exams.seat_move", subject=locked.subject, payload=payload)
    return move.seat


def _require_seen(move: Move, accepted: int) -> None:
    """Refuse what is forbidden, and what breaks more than the user was shown."""
    hard = [each for each in move.broken if each.forbids]
    if hard:
        raise RefusedError(hard[0].text, hard[0].citations, _("请选别的位置。"))
    if len(move.broken) > accepted:
        raise RefusedError(
            _("这样调整会违反 %(count)s 条，请先看过再确认。") % {"count": len(move.broken)},
            tuple(cite for each in move.broken for cite in each.citations),
        )


def _told(move: Move, before: str) -> dict[str, object]:
    return {
        "candidate": move.seat.application.number,
        "from": before,
        "to": _where(move.seat),
        "exchanged_with": move.other.application.number if move.other else "",
        "broken": [each.text for each in move.broken],
    }


def _where(seat: SeatAssignment) -> str:
    return f"{seat.sitting_room.number:02d}-{seat.seat_number:02d}"


def _carry_out(move: Move) -> None:
    """Write the new places; a place left becomes a hole, a hole taken is one no more."""
    seat, other = move.seat, move.other
    old_room, new_room = move.source.used, move.target.used
    left = hole_of(seat)
    if other is not None:
        number = other.seat_number
        _put(other, new_room.pk, ASIDE, ASIDE, ASIDE)
    else:
        number = _take(move)
        old_room.holes = [*old_room.holes, left]
        old_room.save(update_fields=["holes"])
    _put(seat, new_room.pk, number, *move.place)
    seat.sitting_room = new_room
    if other is not None:
        _put(other, old_room.pk, left["number"], left["row"], left["column"])
        other.sitting_room = old_room


def _take(move: Move) -> int:
    """The number of the empty place: its hole's, which is one no more, or a new one."""
    hole = move.target.holes.get(move.place)
    if hole is None:
        return move.target.next_number
    room = move.target.used
    room.holes = [each for each in room.holes if each["number"] != hole["number"]]
    room.save(update_fields=["holes"])
    return int(hole["number"])


def _put(seat: SeatAssignment, room: UUID, number: int, row: int, column: int) -> None:
    seat.sitting_room_id, seat.seat_number = room, number
    seat.row, seat.column = row, column
    seat.save(update_fields=["sitting_room", "seat_number", "row", "column"])
