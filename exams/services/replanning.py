"""A sitting put on another time or into other rooms by hand: every broken rule told before."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches.models import Offering
from assessment_center.catalog.enums import Subject
from assessment_center.registry import Actor, Citation, Refused, RefusedError
from candidates.models import Application
from exams.models import Allotment, Room, Sitting
from exams.policies import require_act, require_open, room_fits
from exams.rules import planning
from exams.rules.planning import Block, Fault, Kind, Problem, Sitter, Task
from exams.rules.staffing import WRITTEN
from exams.selectors import candidates_for
from exams.services import planning_people
from exams.services.move_rules import Broken
from exams.services.planning_task import Frame, Wishes, places_of, room_sizes
from exams.services.seating_task import limit_of
from exams.services.sittings import Slot, check_time, take_rooms

FORBIDDEN = frozenset({Kind.PLACE, Kind.ROOM_TAKEN, Kind.PERSON, Kind.CAPACITY})


@dataclass(frozen=True, slots=True)
class NewTime:
    """Where a sitting is to go; `rooms` in their order."""

    starts_at: datetime
    rooms: Sequence[Room]


def judge_new_time(
    *, sitting: Sitting, wanted: NewTime, wishes: Wishes | None = None
) -> list[Broken]:
    """Every rule the sitting would break there, those first that nobody may accept."""
    told = [*_dates(sitting, wanted), *_rooms(sitting, wanted)]
    if wanted.rooms:
        told += _found(sitting, wanted, wishes or Wishes())
    return sorted(dict.fromkeys(told), key=lambda each: not each.forbids)


def _slot(sitting: Sitting, wanted: NewTime) -> Slot:
    ends = wanted.starts_at + (sitting.ends_at - sitting.starts_at)
    return Slot(sitting.subject_code, wanted.starts_at, ends, wanted.rooms)


def _dates(sitting: Sitting, wanted: NewTime) -> Iterator[Broken]:
    try:
        check_time(sitting.batch, _slot(sitting, wanted), besides=sitting)
    except RefusedError as refused:
        yield Broken(refused.refusal.reason, tuple(refused.refusal.citations), forbids=True)


def _rooms(sitting: Sitting, wanted: NewTime) -> Iterator[Broken]:
    if not wanted.rooms:
        yield Broken(_("请至少选一个考场。"), forbids=True)
    for room in wanted.rooms:
        outcome = room_fits(room, sitting.batch.rules, sitting.subject_code)
        if isinstance(outcome, Refused):
            yield Broken(outcome.reason, tuple(outcome.citations), forbids=True)


def _found(sitting: Sitting, wanted: NewTime, wishes: Wishes) -> Iterator[Broken]:
    people = list(candidates_for(sitting).select_related("person", "offering__standard"))
    problem, blocks = _problem(sitting, wanted, wishes, people)
    names = {str(each.person_id): each.person.name for each in people}
    rooms = {str(room.pk): room for room in wanted.rooms}
    found = planning.faults(problem, blocks)
    for kind in dict.fromkeys(fault.kind for fault in found if fault.person):
        own = dict.fromkeys(names[each.person] for each in found if each.kind == kind)
        first = next(each for each in found if each.kind == kind)
        yield _told(sitting, first, "、".join(own), rooms)
    for fault in found:
        if not fault.person:
            yield _told(sitting, fault, "", rooms)


def _problem(
    sitting: Sitting, wanted: NewTime, wishes: Wishes, people: Sequence[Application]
) -> tuple[Problem, list[Block]]:
    """The sitting alone, everything else around it being taken."""
    frame = Frame(sitting.batch, wishes)
    span = frame.minute(wanted.starts_at), frame.minute(_slot(sitting, wanted).ends_at)
    rooms = {str(room.pk): room for room in wanted.rooms}
    minutes = span[1] - span[0]
    written = sitting.subject_code in WRITTEN
    offerings = {each.offering_id: each.offering for each in people}
    sizes = _sizes(sitting, rooms, list(offerings.values()))
    bench = None if written else planning_people.Judges(sitting.batch)
    need, judges = 0, frozenset[str]()
    if bench is not None and wishes.judges:
        asked = [bench.of(sitting.subject_code, each, 1) for each in offerings.values()]
        need = max((number for number, _pool in asked), default=0)
        judges = frozenset.intersection(*(pool for _number, pool in asked)) if asked else judges
    task = Task(
        "own", minutes, (), sizes, frame.windows(minutes), need=need, judges=judges
    )  # fmt: skip
    persons = {each.person_id for each in people}
    problem = Problem(
        (task,),
        places_of(frame, rooms.values(), besides=sitting),
        wishes.pause,
        wishes.rest,
        wishes.travel,
        planning_people.engaged(persons, frame.minute, besides=sitting),
        planning_people.serving(sitting.batch, frame.minute, besides=sitting),
    )
    return problem, list(_blocks(people, sizes, span))


def _sizes(
    sitting: Sitting, rooms: dict[str, Room], offerings: Sequence[Offering]
) -> dict[str, int]:
    rules = sitting.batch.rules
    if sitting.subject_code == Subject.PRACTICAL and len(offerings) == 1:
        return room_sizes(sitting.batch, sitting.subject_code, offerings[0], rooms)
    return {key: limit_of(room, sitting.subject_code, rules) for key, room in rooms.items()}


def _blocks(
    people: Sequence[Application], sizes: dict[str, int], span: tuple[int, int]
) -> Iterator[Block]:
    """Filled room by room; what does not fit stays in the last one and is found too many."""
    left = [Sitter(str(each.pk), str(each.person_id)) for each in people]
    for at, (place, size) in enumerate(sizes.items()):
        last = at == len(sizes) - 1
        own, left = (left, []) if last else (left[:size], left[size:])
        yield Block("own", place, *span, tuple(own))


def _told(sitting: Sitting, fault: Fault, name: str, rooms: dict[str, Room]) -> Broken:
    settings = sitting.batch.rules.settings
    words = {
        Kind.PLACE: _("%(room)s没有适用于这个职业的工位。"),
        Kind.ROOM_TAKEN: _("%(room)s在该时间已被占用，或没有留出换场时间。"),
        Kind.CAPACITY: _("座（工）位不够：%(people)s 人，%(room)s等只够一部分。"),
        Kind.PERSON: _("%(name)s在该时间已编入另一场次。"),
        Kind.REST: _("%(name)s与另一场次之间没有留足休息或路途时间。"),
        Kind.HOURS: _("不在办公室定的考试时段之内。"),
        Kind.JUDGES: _("该时间空闲的考评员不够组成考评组。"),
        Kind.LENGTH: _("时长不够。"),
    }
    cited: tuple[Citation, ...] = ()
    if fault.kind == Kind.CAPACITY and settings.room_capacity_max:
        cited = settings.room_capacity_max.citations
    if fault.kind == Kind.JUDGES and settings.assessor_min:
        cited = settings.assessor_min.citations
    told = {"room": rooms.get(fault.block.place, ""), "name": name}
    told["people"] = str(len(fault.block.sitters))
    return Broken(words[fault.kind] % told, cited, fault.kind in FORBIDDEN)


@transaction.atomic
def move_sitting(
    *,
    actor: Actor,
    sitting: Sitting,
    wanted: NewTime,
    accepted: int = 0,
    wishes: Wishes | None = None,
) -> Sitting:
    """Put a sitting on another time, in these rooms, as long as its seats are not drawn.

    `accepted` says how many broken rules the clerk has seen; refuses when there are others, and
    whatever is forbidden.
    """
    require_act(actor, Act.EXAM_ARRANGE, _("调整场次"))
    locked = _open(sitting)
    told = judge_new_time(sitting=locked, wanted=wanted, wishes=wishes)
    for each in told:
        if each.forbids:
            raise RefusedError(each.text, each.citations)
    if len(told) != accepted:
        raise RefusedError(
            _("这样调整会违反 %(count)s 项安排。") % {"count": len(told)},
            tuple(cited for each in told for cited in each.citations),
            _("请逐项看过再确认。"),
        )
    was = locked.starts_at
    slot = _slot(locked, wanted)
    locked.starts_at, locked.ends_at = slot.starts_at, slot.ends_at
    locked.full_clean()
    try:
        with transaction.atomic():
            locked.save(update_fields=["starts_at", "ends_at"])
    except IntegrityError as clash:
        raise RefusedError(_("有考生在新的时间已编入另一场次。")) from clash
    locked.rooms.all().delete()
    take_rooms(locked, wanted.rooms)
    payload = {
        "from": was.isoformat(),
        "to": slot.starts_at.isoformat(),
        "rooms": [str(room) for room in wanted.rooms],
        "broken": [each.text for each in told],
    }
    record(actor=actor, verb="exams.sitting_move", subject=locked.subject, payload=payload)
    return locked


def _open(sitting: Sitting) -> Sitting:
    locked = Sitting.objects.select_for_update().select_related("batch").get(pk=sitting.pk)
    require_open(locked.batch)
    if locked.status != "planned":
        raise RefusedError(
            _("本场已经排座，不能再调整时间和考场。"),
            remedy=_("排座还没有确认的，可撤销场次后重新安排；已发准考证的，按缓考与重排办理。"),
        )
    return locked


@transaction.atomic
def allot(*, actor: Actor, application: Application, sitting: Sitting) -> Allotment:
    """Name a candidate for this sitting of a subject instead of another.

    Refuses when either has its seats, when the places are all taken, and when the candidate is
    elsewhere at that time.
    """
    require_act(actor, Act.EXAM_ARRANGE, _("调整场次名单"))
    locked = _open(sitting)
    if locked.subject_code not in application.subjects or application.batch_id != locked.batch_id:
        raise RefusedError(_("这名考生不参加这个科目。"))
    _refuse_seated(application, locked)
    offerings = set(locked.offerings.values_list("pk", flat=True))
    if offerings and application.offering_id not in offerings:
        raise RefusedError(_("这个场次不考%(what)s。") % {"what": application.offering})
    _refuse_full(locked, application)
    mine = Allotment.objects.filter(
        application=application, sitting__subject_code=locked.subject_code
    )
    mine.exclude(sitting=locked).delete()
    try:
        with transaction.atomic():
            made, _new = Allotment.objects.get_or_create(sitting=locked, application=application)
    except IntegrityError as clash:
        raise RefusedError(
            _("%(name)s在该时间已编入另一场次。") % {"name": application.person.name},
            remedy=_("请选另一个时间的场次。"),
        ) from clash
    payload = {"candidate": application.number, "subject": locked.subject_code}
    record(actor=actor, verb="exams.allot", subject=locked.subject, payload=payload)
    return made


def _refuse_seated(application: Application, sitting: Sitting) -> None:
    seated = application.seats.filter(sitting__subject_code=sitting.subject_code)
    if seated.exists():
        raise RefusedError(_("这名考生已经排座。"), remedy=_("请先撤销或重排原来的场次。"))


def _refuse_full(sitting: Sitting, application: Application) -> None:
    rules = sitting.batch.rules
    rooms = [use.room for use in sitting.rooms.select_related("room")]
    seats = sum(limit_of(room, sitting.subject_code, rules) for room in rooms)
    named: Collection[UUID] = set(sitting.allotments.values_list("application_id", flat=True))
    if len({*named, application.pk}) > seats:
        ceiling = rules.settings.room_capacity_max
        raise RefusedError(_("本场的座（工）位已经满了。"), ceiling.citations if ceiling else ())
