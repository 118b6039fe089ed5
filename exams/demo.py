"""The demo's examinations: rooms, sittings, seats, tickets, duties, and the day itself."""

from collections import Counter
from datetime import datetime, time, timedelta

from django.utils import timezone

from assessment_center.accounts.enums import Role
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.batches.policies import arranged_first
from assessment_center.catalog.enums import Subject
from assessment_center.demo import Demo
from assessment_center.personnel.models import StaffMember
from assessment_center.registry.entries import demo_steps
from assessment_center.workdays.services import add_workdays
from candidates.models import Application
from candidates.selectors import admitted
from exams import services
from exams.demo_after import report_and_rate
from exams.demo_draws import hold_draws, prepare_draws
from exams.demo_hour import settle_hour
from exams.demo_places import (
    COLUMNS,
    REVIEW,
    ROWS,
    places,
    review_rooms,
    shop,
    theory_rooms,
)
from exams.demo_print import print_first_room
from exams.demo_rooms import accept_rooms
from exams.demo_supply import settle_papers, store_papers
from exams.equipment.demo import check_rooms, equip
from exams.models import Packet, Sitting, SittingRoom
from exams.selectors import packets_of, sittings_of, staff_on_duty
from exams.services.custody import Hands
from questionbank.demo import release_for_demo
from questionbank.policies import OWN

THEORY_FROM, THEORY_UNTIL = time(8, 30), time(10, 0)
LANGUAGE_FROM = time(8, 30)
REVIEW_FROM, REVIEW_UNTIL = time(8, 30), time(12, 0)


def _at(batch: AssessmentBatch, clock: time) -> datetime:
    return datetime.combine(batch.exam_starts, clock, timezone.get_default_timezone())


def _plan_theory(demo: Demo, batch: AssessmentBatch, number: int) -> None:
    seats, rooms = 0, []
    for room in theory_rooms(demo, number // (ROWS * COLUMNS - 2) + 1):
        if seats >= number:
            break
        rooms.append(room)
        seats += room.capacity
    slot = services.Slot("theory", _at(batch, THEORY_FROM), _at(batch, THEORY_UNTIL), rooms)
    services.plan_sittings(actor=demo.actor(Role.CLERK), batch=batch, slots=[slot])


def _plan_language(demo: Demo, batch: AssessmentBatch, people: list[Application]) -> None:
    """The foreign language of those who sit it, in classrooms on the second morning."""
    number = sum(Subject.LANGUAGE in each.subjects for each in people)
    if not number:
        return
    rooms = theory_rooms(demo, number // (ROWS * COLUMNS - 2) + 1)
    starts = datetime.combine(batch.exam_ends, LANGUAGE_FROM, timezone.get_default_timezone())
    slot = services.Slot(
        "language",
        starts,
        starts + timedelta(minutes=60),
        rooms[: number // (ROWS * COLUMNS - 2) + 1],
    )
    services.plan_sittings(actor=demo.actor(Role.CLERK), batch=batch, slots=[slot])


def _plan_practical(demo: Demo, batch: AssessmentBatch, offerings: list[Offering]) -> None:
    """Groups by workstations in the occupations' workshops, as the program proposes them."""
    sites = frozenset(shop(demo, each).site_id for each in offerings)
    wishes = services.Wishes(judges=False, sites=sites)
    found = services.propose_timetable(batch=batch, wishes=wishes)
    if found.groups:
        services.accept_timetable(
            actor=demo.actor(Role.CLERK), batch=batch, wishes=wishes, digest=found.digest
        )


def _plan_review(demo: Demo, batch: AssessmentBatch, counts: Counter[Offering]) -> None:
    """On the last day, every offering before its own panel."""
    size = REVIEW[0] * REVIEW[1]
    zone = timezone.get_default_timezone()
    starts = datetime.combine(batch.exam_ends, REVIEW_FROM, zone)
    ends = datetime.combine(batch.exam_ends, REVIEW_UNTIL, zone)
    wanted = [(each, -(-number // size)) for each, number in counts.items()]
    rooms = iter(review_rooms(demo, sum(number for _each, number in wanted)))
    slots = [
        services.Slot("review", starts, ends, [next(rooms) for _ in range(number)], [offering])
        for offering, number in wanted
    ]
    services.plan_sittings(actor=demo.actor(Role.CLERK), batch=batch, slots=slots)


def arrange_first(demo: Demo) -> None:
    """Seats and staff of the batches whose rulebook wants them handed in with the report."""
    for batch in demo.reaching("report"):
        if arranged_first(batch):
            _seat(demo, batch)
            _staff(demo, batch)


def arrange(demo: Demo) -> None:
    """Timetable and seats; a batch that waits for its arrangement only gets rooms to choose."""
    for batch in demo.reaching("report"):
        if arranged_first(batch):
            continue
        if demo.reaches(_name(demo, batch), "arrange"):
            _seat(demo, batch)
        else:
            _enter_rooms(demo, list(admitted(batch)))


def _enter_rooms(demo: Demo, people: list[Application]) -> Counter[Offering]:
    """Rooms for everybody; the offerings with a practical, each with its number of candidates."""
    theory = sum(Subject.THEORY in each.subjects for each in people)
    if people:
        theory_rooms(demo, theory // (ROWS * COLUMNS - 2) + 1)
    practical = Counter(each.offering for each in people if Subject.PRACTICAL in each.subjects)
    for offering in practical:
        shop(demo, offering)
    return practical


def _seat(demo: Demo, batch: AssessmentBatch) -> None:
    """The timetable of a batch with everybody on a confirmed seat."""
    people = list(admitted(batch))
    if not people:
        return
    practical = _enter_rooms(demo, people)
    if theory := sum(Subject.THEORY in each.subjects for each in people):
        _plan_theory(demo, batch, theory)
    _plan_language(demo, batch, people)
    review = Counter(each.offering for each in people if Subject.REVIEW in each.subjects)
    if review:
        _plan_review(demo, batch, review)
    if practical:
        _plan_practical(demo, batch, list(practical))
    for sitting in sittings_of(batch):
        services.arrange_seats(actor=demo.actor(Role.CLERK), sitting=sitting)
    for sitting in sittings_of(batch):
        services.confirm_arrangement(actor=demo.actor(Role.CLERK), sitting=sitting)
    demo.say(f"{batch.code} 已排座 {len(people)} 人")


def _staff(demo: Demo, batch: AssessmentBatch) -> None:
    """Everybody on his post, unless he stands there already."""
    for sitting in sittings_of(batch):
        if not sitting.duties.exists():
            services.assign_duties(actor=demo.actor(Role.CLERK), sitting=sitting)


def _name(demo: Demo, batch: AssessmentBatch) -> str:
    return next(name for name, each in demo.batches.items() if each.pk == batch.pk)


def tickets(demo: Demo) -> None:
    """Tickets four working days before, and everybody on his post."""
    for batch in demo.reaching("ticket"):
        day = add_workdays(batch.exam_starts, -4)
        moment = datetime.combine(day, time(9), timezone.get_default_timezone())
        if not sittings_of(batch).exists():
            continue
        settle_hour(demo, batch, moment)
        made = services.issue_tickets(actor=demo.actor(Role.CLERK), batch=batch, at=moment)
        _staff(demo, batch)
        for sitting in sittings_of(batch):
            prepare_draws(demo, sitting, moment)
        demo.say(f"{batch.code} 准考证 {len(made)} 张")
    if done := demo.reaching("ticket"):
        print_first_room(demo, done[0])


def exam_day(demo: Demo) -> None:
    """Papers through two pairs of hands, a few absent, one violation, every room recorded."""
    for batch in demo.reaching("exam"):
        if not sittings_of(batch).exists():
            continue
        release_for_demo(demo, batch)
        store_papers(demo, batch)
        _custody(demo, batch)
        violated = False
        for sitting in sittings_of(batch):
            hold_draws(demo, sitting)
            check_rooms(demo, sitting, "before")
            accept_rooms(demo, sitting)
            started = services.start_sitting(actor=demo.actor(Role.CLERK), sitting=sitting)
            rooms = started.rooms.filter(seats__isnull=False).distinct().order_by("number")
            for room in rooms:
                if not violated and sitting.subject_code == Subject.THEORY:
                    violated = _violation(demo, sitting, room)
                _room(demo, sitting, room)
            check_rooms(demo, sitting, "after")
        for packet in packets_of(batch):
            _return(demo, packet)
        settle_papers(demo, batch)
        report_and_rate(demo, batch)
        demo.say(f"{batch.code} 考场记录齐全")


def _pair(at: datetime) -> Hands:
    first, second = staff_on_duty()[:2]
    return Hands(first, second, at)


def _custody(demo: Demo, batch: AssessmentBatch) -> None:
    clerk = demo.actor(Role.CLERK)
    for sitting in sittings_of(batch):
        ready = sitting.starts_at - timedelta(hours=14)
        own = sitting.rooms.filter(seats__application__offering__paper_source=OWN)
        for room in own.distinct():
            services.pack_papers(actor=clerk, sitting_room=room, hands=_pair(ready), spare=1)
    for packet in packets_of(batch):
        start = packet.sitting_room.sitting.starts_at
        out = _pair(start - timedelta(minutes=30))
        moved = services.hand_over(actor=clerk, packet=packet, hands=out)
        if packet.kind == "main":
            seen = _pair(start - timedelta(minutes=5))
            names = ["考生一", "考生二"]
            services.open_packet(actor=clerk, packet=moved, hands=seen, witnesses=names)


def _return(demo: Demo, packet: Packet) -> None:
    ends = packet.sitting_room.sitting.ends_at
    hands = _pair(ends + timedelta(minutes=20))
    packet.refresh_from_db()
    services.return_packet(
        actor=demo.actor(Role.CLERK), packet=packet, hands=hands, count=packet.count
    )


def _signers(room: SittingRoom) -> list[str]:
    duties = room.duties.select_related("member__person").order_by("post", "member__person__name")
    named = [duty.member.person.name for duty in duties]
    fallback: list[StaffMember] = list(staff_on_duty()[:2])
    return named or [member.person.name for member in fallback]


def _room(demo: Demo, sitting: Sitting, room: SittingRoom) -> None:
    """One in about forty stays away; those who came hand in their papers."""
    seats = list(room.seats.order_by("seat_number"))
    gone = [
        seat.pk
        for seat in seats
        if demo.rng.random() < 0.025 and not seat.violations.exists()  # noqa: PLR2004
    ]
    clerk = demo.actor(Role.CLERK)
    services.record_attendance(actor=clerk, room=room, absent=gone)
    services.submit_room_record(
        actor=clerk,
        room=room,
        present=len(seats) - len(gone),
        absent=len(gone),
        papers_collected=len(seats) - len(gone),
        proctors=_signers(room),
        notes="考场秩序良好。",
        at=sitting.ends_at + timedelta(minutes=15),
    )


def _violation(demo: Demo, sitting: Sitting, room: SittingRoom) -> bool:
    """The first act of the rulebook that closes one subject without a ban, and none other."""
    rules = sitting.batch.rules
    chosen = next(
        (
            rule
            for rule in rules.violations
            if (not rule.subjects or sitting.subject_code in rule.subjects)
            and not rule.cheating
            and "ban" not in rules.penalty(rule.penalty).effects
        ),
        None,
    )
    seat = room.seats.order_by("seat_number").last()
    if chosen is None or seat is None:
        return False
    names = [*_signers(room), "巡考员"]
    services.record_violation(
        actor=demo.actor(Role.CLERK),
        assignment=seat,
        act_code=chosen.code,
        description="开考后 20 分钟发现，经提醒后处理。",
        recorder=names[0],
        witness=names[1],
        happened_at=sitting.starts_at + timedelta(minutes=20),
    )
    return True


demo_steps.register("exams.places", places, order=140)
demo_steps.register("exams.arrange_first", arrange_first, order=201)
demo_steps.register("exams.arrange", arrange, order=400)
demo_steps.register("exams.tickets", tickets, order=401)
demo_steps.register("exams.equip", equip, order=401)
demo_steps.register("exams.day", exam_day, order=402)
