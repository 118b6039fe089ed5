"""Seating a sitting by a committed draw, and confirming it (SEAT-01 to SEAT-07)."""

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.catalog.enums import Subject
from assessment_center.printed.services import mark_outdated
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.outcomes import require
from assessment_center.rulebooks import Rulebook
from assessment_center.workflow import advance
from candidates.models import Application
from exams.enums import SittingStatus
from exams.equipment.readiness import equipment_ready
from exams.lifecycle import SITTING
from exams.models import SeatAssignment, Sitting, SittingRoom
from exams.policies import require_act, require_open
from exams.rules import seating
from exams.selectors import candidates_for, seated_elsewhere
from questionbank.selectors import sealed_forms

HALF = 2
LONGEST_KEY = 128
FORMS = "AB"
WRITTEN = frozenset({Subject.THEORY, Subject.LANGUAGE})


@dataclass(frozen=True, slots=True)
class Task:
    """A sitting as the rules see it; `applications` by the candidate's id in the draw."""

    rooms: list[SittingRoom]
    shapes: list[seating.RoomShape]
    candidates: list[seating.Candidate]
    applications: dict[str, Application]
    mixing: seating.Mixing


@transaction.atomic
def commit_draw(*, actor: Actor, sitting: Sitting, draw_key: str | None = None) -> Sitting:
    """Fix the draw key and publish its SHA-256; the key itself stays hidden until confirmation.

    Once committed the key cannot be changed, so nobody can draw until the result pleases.
    """
    require_act(actor, Act.EXAM_ARRANGE, _("抽签排座"))
    locked = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if locked.draw_commitment:
        if draw_key is not None and seating.commitment(draw_key) != locked.draw_commitment:
            raise RefusedError(
                _("本场抽签密钥已经公布摘要，不能更换。"), remedy=_("请用原密钥重新排座。")
            )
        return locked
    key = secrets.token_hex(16) if draw_key is None else draw_key.strip()
    if not key or len(key) > LONGEST_KEY:
        raise RefusedError(_("抽签密钥应为 1 至 128 个字符。"))
    locked.draw_key, locked.draw_commitment = key, seating.commitment(key)
    locked.save(update_fields=["draw_key", "draw_commitment"])
    payload = {"sha256": locked.draw_commitment}
    record(actor=actor, verb="exams.draw_commit", subject=locked.subject, payload=payload)
    return locked


@transaction.atomic
def arrange_seats(*, actor: Actor, sitting: Sitting, draw_key: str | None = None) -> Sitting:
    """Seat the sitting's candidates; may be repeated until the arrangement is confirmed.

    The same key and the same candidates give the same seats. Refuses a confirmed arrangement,
    another key than the committed one, rooms with too few seats, naming how many are short, and
    workstations whose equipment may not be used on that day.
    """
    locked = commit_draw(actor=actor, sitting=sitting, draw_key=draw_key)
    require_open(locked.batch)
    if locked.confirmed_at:
        raise RefusedError(_("本场排座已经确认，不能重排。"))
    task = task_of(locked)
    plan = _solve(task, locked)
    _write(locked, task, plan)
    require(equipment_ready(locked))
    arranged = advance(
        machine=SITTING,
        subject=locked,
        move="arrange",
        actor=actor,
        updates={
            "algorithm": plan.algorithm,
            "candidates_digest": seating.candidates_digest(task.candidates),
            "quality": _quality(plan, task, locked.batch.rules),
        },
        payload={"sha256": locked.draw_commitment, "seats": len(plan.seats)},
    )
    for room in task.rooms:
        mark_outdated(subject=room.subject)
    return arranged


def task_of(sitting: Sitting) -> Task:
    """What is to be arranged: the rooms in order, and who still needs a seat in this subject."""
    rules = sitting.batch.rules
    rooms = list(sitting.rooms.select_related("room__site").order_by("number"))
    shapes = [_shape(each, sitting.subject_code, rules) for each in rooms]
    taken = seated_elsewhere(sitting)
    waiting = [each for each in candidates_for(sitting) if each.pk not in taken]
    chosen = _share(sitting, waiting, sum(shape.capacity for shape in shapes))
    applications = {each.number or str(each.pk): each for each in chosen}
    papers = _papers(sitting, chosen)
    candidates = [
        seating.Candidate(key, papers[each.pk], str(each.school_class_id or ""))
        for key, each in applications.items()
    ]
    return Task(rooms, shapes, candidates, applications, _mixing(sitting, rules))


def _shape(used: SittingRoom, subject: str, rules: Rulebook) -> seating.RoomShape:
    room = used.room
    limit = room.capacity
    ceiling = rules.settings.room_capacity_max
    if ceiling and subject == Subject.THEORY:
        limit = min(limit, ceiling.value)
    blocked = frozenset((row, column) for row, column in room.blocked)
    return seating.RoomShape(room.rows, room.columns, blocked, limit)


def _share(sitting: Sitting, waiting: list[Application], capacity: int) -> list[Application]:
    """Those who sit now: all, or an even share where later groups of the subject follow."""
    later = Sitting.objects.filter(
        batch=sitting.batch_id, subject_code=sitting.subject_code, status=SittingStatus.PLANNED
    ).exclude(pk=sitting.pk)
    own = set(sitting.offerings.values_list("pk", flat=True))
    same = [each for each in later if set(each.offerings.values_list("pk", flat=True)) == own]
    if not same:
        return waiting
    return waiting[: min(capacity, -(-len(waiting) // (len(same) + 1)))]


def _papers(sitting: Sitting, chosen: Sequence[Application]) -> dict[UUID, str]:
    """The paper and form of each candidate, "<offering>/<form>".

    A written paper that more than half sit is given out in two forms, so that no paper exceeds
    half; where papers are sealed already, in the forms that there are.
    """
    sealed = sealed_forms(sitting.batch)
    counts = Counter(each.offering_id for each in chosen)
    found: dict[UUID, str] = {}
    seen: Counter[UUID] = Counter()
    for each in chosen:
        papers = sealed.get((each.offering_id, sitting.subject_code), [])
        forms = [paper.form for paper in papers] or list(FORMS)
        crowded = counts[each.offering_id] * HALF > len(chosen) > 1
        if not crowded or sitting.subject_code not in WRITTEN:
            forms = forms[:1]
        found[each.pk] = f"{each.offering_id}/{forms[seen[each.offering_id] % len(forms[:HALF])]}"
        seen[each.offering_id] += 1
    return found


def _mixing(sitting: Sitting, rules: Rulebook) -> seating.Mixing:
    if sitting.subject_code not in WRITTEN:
        return "by_lot"
    wanted = rules.settings.theory_arrangement
    return "by_paper" if wanted and wanted.value == "by_occupation" else "mixed"


def _solve(task: Task, sitting: Sitting) -> seating.Plan:
    if not task.candidates:
        raise RefusedError(_("这个场次没有待排座的考生。"), remedy=_("请先完成审核与缴费。"))
    try:
        return seating.arrange(
            task.shapes,
            task.candidates,
            key=sitting.draw_key,
            numbering=sitting.batch.rules.settings.seat_numbering.value,
            mixing=task.mixing,
        )
    except seating.CapacityError as short:
        ceiling = sitting.batch.rules.settings.room_capacity_max
        raise RefusedError(
            _("考场座位不够：考生 %(people)s 人，还缺 %(short)s 个座位。")
            % {"people": len(task.candidates), "short": short.short},
            ceiling.citations if ceiling else (),
            _("请增加考场。"),
        ) from short


def _write(sitting: Sitting, task: Task, plan: seating.Plan) -> None:
    sitting.seats.all().delete()
    SeatAssignment.objects.bulk_create(
        (
            SeatAssignment(
                sitting=sitting,
                sitting_room=task.rooms[seat.room],
                application=task.applications[seat.candidate.id],
                seat_number=seat.number,
                row=seat.row,
                column=seat.column,
                paper_key=seat.candidate.paper.rpartition("/")[0],
                form=seat.candidate.paper.rpartition("/")[2],
            )
            for seat in plan.seats
        ),
        batch_size=2000,
    )


def _quality(plan: seating.Plan, task: Task, rules: Rulebook) -> dict[str, Any]:
    sizes = Counter(seat.room for seat in plan.seats)
    warn = rules.settings.room_capacity_warn
    crowded = [
        task.rooms[room].number for room, size in sizes.items() if warn and size > warn.value
    ]
    return {
        "pairs": plan.quality.pairs,
        "diagonal": plan.quality.diagonal,
        "same_class": plan.quality.same_class,
        "bound_pairs": plan.bound.pairs,
        "bound_diagonal": plan.bound.diagonal,
        "seats": len(plan.seats),
        "mixing": task.mixing,
        "crowded": sorted(crowded),
    }


@transaction.atomic
def confirm_arrangement(*, actor: Actor, sitting: Sitting) -> Sitting:
    """Close the arrangement and show the draw key; tickets may follow.

    Refuses when the list of candidates has changed since the draw.
    """
    require_act(actor, Act.EXAM_ARRANGE, _("确认排座"))
    locked = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if locked.status != SittingStatus.ARRANGED:
        raise RefusedError(_("请先排座，再确认。"))
    if locked.confirmed_at:
        raise RefusedError(_("本场排座已经确认。"))
    admitted_now = {each.pk for each in candidates_for(locked)}
    seated = set(locked.seats.values_list("application_id", flat=True))
    missing = admitted_now - seated - seated_elsewhere(locked)
    if seated - admitted_now or (missing and locked.subject_code == Subject.THEORY):
        raise RefusedError(
            _("排座以后考生名单有变化：新增 %(new)s 人，退出 %(gone)s 人。")
            % {"new": len(missing), "gone": len(seated - admitted_now)},
            remedy=_("请重新排座。"),
        )
    locked.confirmed_at, locked.confirmed_by = timezone.now(), actor.user_id
    locked.save(update_fields=["confirmed_at", "confirmed_by"])
    record(
        actor=actor,
        verb="exams.arrangement_confirm",
        subject=locked.subject,
        payload={
            "draw_key": locked.draw_key,
            "algorithm": locked.algorithm,
            "candidates": locked.candidates_digest,
        },
    )
    return locked
