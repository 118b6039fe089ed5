"""Examinations for tests: admitted candidates, rooms, and a batch carried to a stage."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.people.models import Person, SchoolClass
from assessment_center.personnel.enums import Grade
from assessment_center.personnel.models import StaffMember
from assessment_center.registry import SYSTEM
from candidates.models import Application
from exams import services
from exams.acceptance import check_list
from exams.models import Room, Site, Sitting
from tests.factories import foundation as make
from tests.remembered import remembered

THEORY_STARTS = make.at(2026, 5, 23, 8, 30)
PRACTICAL_STARTS = make.at(2026, 5, 23, 10, 30)
TICKETS_AT = make.at(2026, 5, 18, 9)


def admit(
    offering: Offering,
    number: int = 1,
    *,
    school_class: SchoolClass | None = None,
    subjects: Sequence[str] = ("theory", "practical"),
    person: Person | None = None,
) -> list[Application]:
    """Confirmed applications without a fee, as review leaves them."""
    made = []
    for _ in range(number):
        count = Application.objects.count() + 1
        when = make.at(2026, 4, 10)
        made.append(
            Application.objects.create(
                batch=offering.batch,
                offering=offering,
                person=person or make.make_person(),
                occupation=offering.occupation,
                job=offering.job,
                level=offering.level,
                number=f"{offering.batch.code}-{count:05d}",
                status="confirmed",
                fee_state="none",
                subjects=list(subjects),
                school_class=school_class,
                submitted_at=when,
                first_reviewed_at=when,
                confirmed_at=when,
            )
        )
    return made


@remembered
def room(site: Site | None = None, name: str = "", **more: Any) -> Room:
    found = site or Site.objects.first() or services.enter_site(actor=SYSTEM, name="实训中心")
    facts = {"kind": "theory", "rows": 5, "columns": 6, "spacing_cm": 80, **more}
    return services.enter_room(
        actor=SYSTEM, site=found, name=name or f"{Room.objects.count() + 1}室", **facts
    )


def theory_slot(rooms: Sequence[Room], starts: datetime = THEORY_STARTS) -> services.Slot:
    return services.Slot("theory", starts, starts + timedelta(minutes=90), rooms)


@remembered
def batch_with(
    sizes: Sequence[tuple[str, int]] = (("电工", 6), ("焊工", 5)), **more: Any
) -> AssessmentBatch:
    """A batch, approved by the authority, with so many admitted candidates per occupation."""
    batch = make.make_batch(**more)
    levels = batch.rules.settings.levels
    level = 4 if levels and levels.value else None
    offerings = [make.make_offering(batch, name, level=level) for name, _ in sizes]
    make.approved(batch, sum(number for _, number in sizes))
    for offering, (name, number) in zip(offerings, sizes, strict=True):
        admit(offering, number, school_class=make.make_class(name=f"{name}{batch.code}班"))
    return batch


@remembered
def planned(batch: AssessmentBatch | None = None) -> tuple[Sitting, list[Sitting]]:
    """The theory sitting in two rooms, and practical groups in one room of six workstations."""
    batch = batch or batch_with()
    rooms = [room(), room()]
    shop = room(kind="practical", rows=2, columns=3)
    theory = services.plan_sittings(actor=SYSTEM, batch=batch, slots=[theory_slot(rooms)])[0]
    practical = services.plan_practical(
        actor=SYSTEM, batch=batch, starts_at=PRACTICAL_STARTS, minutes=120, rooms=[shop]
    )
    return theory, practical


@remembered
def planned_practical(room: Room) -> list[Sitting]:
    """Practical groups of a new batch in this room."""
    return services.plan_practical(
        actor=SYSTEM, batch=batch_with(), starts_at=PRACTICAL_STARTS, minutes=60, rooms=[room]
    )


@remembered
def arranged(batch: AssessmentBatch | None = None) -> AssessmentBatch:
    theory, practical = planned(batch)
    for sitting in (theory, *practical):
        done = services.arrange_seats(actor=SYSTEM, sitting=sitting, draw_key="摇号")
        services.confirm_arrangement(actor=SYSTEM, sitting=done)
    return theory.batch


@remembered
def ticketed(batch: AssessmentBatch | None = None) -> AssessmentBatch:
    batch = arranged(batch)
    services.issue_tickets(actor=SYSTEM, batch=batch, at=TICKETS_AT)
    return batch


@remembered
def accept_rooms(sitting: Sitting) -> None:
    """Every room of the sitting with candidates is found sound in every line."""
    member = StaffMember.objects.first() or make.make_member(Grade.STAFF)
    rooms = sitting.rooms.filter(seats__isnull=False).select_related("sitting__batch", "room")
    for used in rooms.distinct():
        lines = check_list(used, sitting.batch.rules)
        sound = {line.point.rule: services.Answer(sound=True) for line in lines}
        services.accept_room(actor=SYSTEM, room=used, member=member, answers=sound)


@remembered
def running(batch: AssessmentBatch | None = None) -> Sitting:
    """The theory sitting of a ticketed batch, opened."""
    batch = ticketed(batch)
    sitting = batch.sittings.get(number=1)
    return services.start_sitting(actor=SYSTEM, sitting=sitting)


@remembered
def staff(number: int = 12) -> list[StaffMember]:
    """Members with all the cards that posts ask for."""
    grades = (Grade.PROCTOR, Grade.ASSESSOR, Grade.SENIOR_ASSESSOR, Grade.STAFF)
    return [make.make_member(*grades) for _ in range(number)]


@remembered
def bring_papers(sitting: Sitting) -> None:
    """The authority's papers of a sitting: asked for, received by two and given to the rooms."""
    pair = staff(2)
    asked = services.request_papers(actor=SYSTEM, batch=sitting.batch, at=TICKETS_AT)
    for number, line in enumerate(asked.lines.filter(sitting_room__sitting=sitting)):
        found = services.Receipt(f"B{number}", line.count, "林老师", *pair, sitting.starts_at)
        parcel = services.receive_parcel(actor=SYSTEM, line=line, receipt=found)
        hands = services.Hands(*pair, sitting.starts_at)
        services.hand_over(actor=SYSTEM, packet=parcel.packet, hands=hands)
