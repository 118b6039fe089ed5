"""The list changes after the draw: who withdrew leaves a hole, who comes late takes one (SEAT-01).

Nobody else moves.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.registry import Actor, RefusedError
from candidates.models import Application
from exams.models import SeatAssignment, Sitting, SittingRoom
from exams.policies import require_act
from exams.rules import seating
from exams.selectors import candidates_for
from exams.services.hall import RoomNow, hall_of, measured, needing, require_before
from exams.services.outdating import outdate
from exams.services.renewing import renewing
from exams.services.seating_task import waiting_for
from questionbank.selectors import sealed_forms


@dataclass(frozen=True, slots=True)
class Renewed:
    """What a renewal did; `beside_same` sit beside the same paper, `left` found no place."""

    gone: int
    placed: list[SeatAssignment]
    beside_same: int
    left: int


@transaction.atomic
def renew_list(*, actor: Actor, sitting: Sitting) -> Renewed:
    """Take out who is no longer admitted and seat who is newly admitted, moving nobody else.

    The version of the seats rises and the sheets of the rooms concerned are out of date. Refuses
    once the sitting has begun, and when no place is free for anybody new.
    """
    require_act(actor, Act.EXAM_ARRANGE, _("补排座位"))
    locked = Sitting.objects.select_for_update().get(pk=sitting.pk)
    require_before(locked)
    gone = _vacate(locked)
    waiting = _unseated(locked)
    concerned = [each.pk for each in waiting]
    with renewing(actor=actor, sitting=locked, applications=concerned):
        placed, beside, left = _place(locked, waiting)
    if left and not placed and not gone:
        raise RefusedError(
            _("没有空位：%(count)s 名考生等待补排。") % {"count": left},
            remedy=_("请为本场增加考场后重排，或另排一场。"),
        )
    if not gone and not placed:
        raise RefusedError(_("考生名单没有变化，不用补排。"))
    rooms = {seat.sitting_room_id for seat in (*gone, *placed)}
    _close(actor, locked, rooms, gone, placed)
    return Renewed(len(gone), placed, beside, left)


def _close(
    actor: Actor,
    sitting: Sitting,
    rooms: set[UUID],
    gone: list[SeatAssignment],
    placed: list[SeatAssignment],
) -> None:
    sitting.seating_version += 1
    sitting.quality = measured(sitting)
    sitting.save(update_fields=["seating_version", "quality"])
    outdate(sitting, rooms, [seat.application_id for seat in (*gone, *placed)])
    payload = {
        "version": sitting.seating_version,
        "withdrawn": [_where(seat) for seat in gone],
        "late": [_where(seat) for seat in placed],
    }
    record(actor=actor, verb="exams.seats_renew", subject=sitting.subject, payload=payload)


def _where(seat: SeatAssignment) -> str:
    return f"{seat.application.number} {seat.sitting_room.number:02d}-{seat.seat_number:02d}"


def _vacate(sitting: Sitting) -> list[SeatAssignment]:
    """Delete the seats of who is no longer admitted; each leaves a hole with its number."""
    admitted = set(candidates_for(sitting).values_list("pk", flat=True))
    seats = sitting.seats.select_related("application", "sitting_room")
    gone = [seat for seat in seats if seat.application_id not in admitted]
    rooms: dict[UUID, SittingRoom] = {}
    for seat in gone:
        room = rooms.setdefault(seat.sitting_room_id, seat.sitting_room)
        room.holes = [*room.holes, hole_of(seat)]
    for room in rooms.values():
        room.save(update_fields=["holes"])
    sitting.seats.filter(pk__in=[seat.pk for seat in gone]).delete()
    return gone


def hole_of(seat: SeatAssignment) -> dict[str, Any]:
    return {
        "number": seat.seat_number,
        "row": seat.row,
        "column": seat.column,
        "paper": seat.paper_key,
        "form": seat.form,
    }


def _unseated(sitting: Sitting) -> list[Application]:
    seated = set(sitting.seats.values_list("application_id", flat=True))
    return [each for each in waiting_for(sitting) if each.pk not in seated]


def _place(sitting: Sitting, waiting: list[Application]) -> tuple[list[SeatAssignment], int, int]:
    if not waiting:
        return [], 0, 0
    rooms = hall_of(sitting)
    forms = _forms(sitting, rooms)
    need = needing(each.pk for each in waiting)
    by_number = {each.number or str(each.pk): each for each in waiting}

    def candidate(key: str, each: Application) -> seating.Candidate:
        paper = f"{each.offering_id}/{forms(each.offering_id)}"
        return seating.Candidate(key, paper, str(each.school_class_id or ""), each.pk in need)

    late = [candidate(key, each) for key, each in by_number.items()]
    placed, left = seating.place_all(_free(rooms), [room.grid for room in rooms], late)
    made = [
        _seat(sitting, rooms[free.room], free, by_number[each.id], each.paper)
        for each, free, _quality in placed
    ]
    beside = sum(quality.pairs > 0 for _each, _free_place, quality in placed)
    return made, beside, len(left)


def _forms(sitting: Sitting, rooms: list[RoomNow]) -> Callable[[UUID], str]:
    """Which form the next candidate of an offering gets: the one given out least so far."""
    sealed = sealed_forms(sitting.batch)
    given: Counter[tuple[str, str]] = Counter(
        (seat.paper_key, seat.form) for room in rooms for seat in room.seats.values()
    )

    def form(offering: UUID) -> str:
        own = [name for paper, name in given if paper == str(offering)]
        papers = sealed.get((offering, sitting.subject_code), [])
        known = own or [paper.form for paper in papers][:1] or ["A"]
        chosen = min(sorted(set(known)), key=lambda name: given[str(offering), name])
        given[str(offering), chosen] += 1
        return chosen

    return form


def _free(rooms: list[RoomNow]) -> list[seating.Free]:
    """Planned holes first; then places not planned with, as many as the room may take."""
    free = []
    for at, room in enumerate(rooms):
        for place, hole in room.holes.items():
            paper = f"{hole['paper']}/{hole['form']}"
            accessible = place in room.accessible
            free.append(seating.Free(at, hole["number"], place, paper, accessible))
        more = max(0, room.limit - len(room.seats) - len(room.holes))
        free += [
            seating.Free(at, 0, place, "", place in room.accessible)
            for place in room.unnumbered()[:more]
        ]
    return free


def _seat(
    sitting: Sitting, room: RoomNow, free: seating.Free, application: Application, paper: str
) -> SeatAssignment:
    key, _slash, form = paper.rpartition("/")
    number = free.number or room.next_number
    seat = SeatAssignment.objects.create(
        sitting=sitting,
        sitting_room=room.used,
        application=application,
        seat_number=number,
        row=free.place[0],
        column=free.place[1],
        paper_key=key,
        form=form,
    )
    room.seats[free.place] = seat
    if free.number:
        room.used.holes = [hole for hole in room.used.holes if hole["number"] != number]
        room.used.save(update_fields=["holes"])
    return seat
