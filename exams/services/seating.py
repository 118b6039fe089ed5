"""Seating a sitting by a committed draw, and confirming it (SEAT-01 to SEAT-07)."""

import secrets
from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.catalog.enums import Subject
from assessment_center.people.models import Person
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.outcomes import require
from assessment_center.rulebooks import Rulebook
from assessment_center.workflow import advance
from exams.enums import SittingStatus
from exams.equipment.readiness import equipment_ready
from exams.lifecycle import SITTING
from exams.models import SeatAssignment, Sitting, SittingRoom
from exams.policies import require_act, require_open
from exams.rules import seating
from exams.selectors import candidates_for, seated_elsewhere
from exams.services.draw_record import keep_record
from exams.services.outdating import outdate
from exams.services.seating_task import Task, task_of

LONGEST_KEY = 128


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
            "seating_version": locked.seating_version + 1,
        },
        payload={"sha256": locked.draw_commitment, "seats": len(plan.seats)},
    )
    outdate(locked, (room.pk for room in task.rooms))
    return arranged


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
            reserve=task.reserve,
        )
    except seating.AccessibleError as short:
        raise RefusedError(
            _("无障碍座位不够：还缺 %(short)s 个。") % {"short": short.short},
            remedy=_("请在考场布局中标出无障碍座位，或增加这样的考场。"),
        ) from short
    except seating.CapacityError as short:
        ceiling = sitting.batch.rules.settings.room_capacity_max
        raise RefusedError(
            _("考场座位不够：考生 %(people)s 人，还缺 %(short)s 个座位。")
            % {"people": len(task.candidates), "short": short.short},
            ceiling.citations if ceiling else (),
            _("请增加考场。"),
        ) from short


def _write(sitting: Sitting, task: Task, plan: seating.Plan) -> None:
    """Replace the seats, the holes and the record of the draw."""
    sitting.seats.all().delete()
    _refuse_twice(sitting, task)
    papers = {name: (str(offering), form) for name, (offering, form) in task.papers.items()}
    SeatAssignment.objects.bulk_create(
        (
            SeatAssignment(
                sitting=sitting,
                sitting_room=task.rooms[seat.room],
                application=task.applications[seat.candidate.id],
                seat_number=seat.number,
                row=seat.row,
                column=seat.column,
                paper_key=papers[seat.candidate.paper][0],
                form=papers[seat.candidate.paper][1],
            )
            for seat in plan.seats
        ),
        batch_size=2000,
    )
    _write_holes(task, plan, papers)
    keep_record(sitting, task, plan)


def _refuse_twice(sitting: Sitting, task: Task) -> None:
    """Nobody has two seats at one time: not here with two applications, nor in another sitting."""
    people = Counter(each.person_id for each in task.applications.values())
    twice = {person for person, number in people.items() if number > 1}
    beside = Sitting.objects.filter(
        starts_at__lt=sitting.ends_at, ends_at__gt=sitting.starts_at
    ).exclude(pk=sitting.pk)
    seats = SeatAssignment.objects.filter(sitting__in=beside, period__isnull=False)
    twice |= people.keys() & set(seats.values_list("person", flat=True))
    if twice:
        names = Person.objects.filter(pk__in=twice).order_by("name").values_list("name", flat=True)
        single = sitting.batch.rules.settings.theory_single_slot_per_batch
        theory = sitting.subject_code == Subject.THEORY and single.value
        raise RefusedError(
            _("%(names)s在同一时间有两个座位。") % {"names": "、".join(names)},
            single.citations if theory else (),
            _("请在场次页的“时间冲突”中为其中一份报名另选场次。"),
        )


def _write_holes(task: Task, plan: seating.Plan, papers: Mapping[str, tuple[str, str]]) -> None:
    before = {room.pk for room in task.rooms if room.holes}
    for room in task.rooms:
        room.holes = []
    for hole in plan.holes:
        paper, form = papers[hole.paper]
        facts = {"number": hole.number, "row": hole.row, "column": hole.column}
        task.rooms[hole.room].holes.append({**facts, "paper": paper, "form": form})
    changed = [room for room in task.rooms if room.holes or room.pk in before]
    SittingRoom.objects.bulk_update(changed, ["holes"], batch_size=1000)


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
        "holes": len(plan.holes),
        "crowded": sorted(crowded),
        "wants_forms": [str(each) for each in task.crowded],
    }


@transaction.atomic
def confirm_arrangement(*, actor: Actor, sitting: Sitting) -> Sitting:
    """Close the arrangement; tickets may follow, and at its hour the draw key is shown.

    Refuses when the list of candidates has changed since the draw.
    """
    require_act(actor, Act.EXAM_ARRANGE, _("确认排座"))
    locked = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if locked.status != SittingStatus.ARRANGED:
        raise RefusedError(_("请先排座，再确认。"))
    if locked.confirmed_at:
        raise RefusedError(_("本场排座已经确认。"))
    _require_same_list(locked)
    locked.confirmed_at, locked.confirmed_by = timezone.now(), actor.user_id
    locked.save(update_fields=["confirmed_at", "confirmed_by"])
    record(
        actor=actor,
        verb="exams.arrangement_confirm",
        subject=locked.subject,
        payload={
            "sha256": locked.draw_commitment,  # of the key, which opens later
            "algorithm": locked.algorithm,
            "candidates": locked.candidates_digest,
        },
    )
    return locked


def _require_same_list(locked: Sitting) -> None:
    admitted_now = {each.pk for each in candidates_for(locked)}
    seated = set(locked.seats.values_list("application_id", flat=True))
    missing = admitted_now - seated - seated_elsewhere(locked)
    if seated - admitted_now or (missing and locked.subject_code == Subject.THEORY):
        raise RefusedError(
            _("排座以后考生名单有变化：新增 %(new)s 人，退出 %(gone)s 人。")
            % {"new": len(missing), "gone": len(seated - admitted_now)},
            remedy=_("请按名单补排，或重新排座。"),
        )


@transaction.atomic
def set_seating(*, actor: Actor, sitting: Sitting, reserve: int, papers_a_room: str) -> Sitting:
    """How the next draw of this sitting shall seat: seats kept free a room, papers a room.

    Refuses a confirmed arrangement.
    """
    require_act(actor, Act.EXAM_ARRANGE, _("设定排座方式"))
    locked = Sitting.objects.select_for_update().get(pk=sitting.pk)
    require_open(locked.batch)
    if locked.confirmed_at:
        raise RefusedError(_("本场排座已经确认，不能重排。"))
    locked.reserve, locked.papers_a_room = reserve, papers_a_room
    locked.full_clean()
    locked.save(update_fields=["reserve", "papers_a_room"])
    payload = {"reserve": reserve, "papers_a_room": papers_a_room}
    record(actor=actor, verb="exams.seating_set", subject=locked.subject, payload=payload)
    return locked
