"""Equipment for tests: a practical room, a meter in it, and its calibrations."""

from datetime import date

from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import SYSTEM
from exams import services
from exams.equipment import services as equipment
from exams.equipment.services import Measured
from exams.models import Equipment, Room, Sitting, SittingRoom
from tests.exams import build
from tests.factories import foundation as make
from tests.remembered import remembered

DAY = date(2026, 5, 23)


@remembered
def piece(number: str = "YQ-1", **values) -> Equipment:
    facts = {"number": number, "name": "万用表", "quantity": 1, **values}
    return equipment.enter_equipment(actor=SYSTEM, values=facts)


def passed(one: Equipment, until: date, done: date = date(2026, 1, 10), certificate: str = ""):
    return equipment.calibrate(
        actor=SYSTEM,
        equipment=one,
        measured=Measured(done, "passed", certificate or f"JD-{done}", "市计量院", until),
    )


@remembered
def shop(seats: int = 6) -> Room:
    return build.room(kind="practical", rows=1, columns=seats, has_video=True)


@remembered
def practical(
    people: int = 4, rulebook: str = "chongqing"
) -> tuple[AssessmentBatch, Sitting, Room]:
    """A batch whose practical sitting stands in a room of six workstations, not arranged yet."""
    batch = build.batch_with((("电工", people),), rulebook=rulebook)
    batch.applications.update(subjects=["practical"])
    room = shop()
    sitting = services.plan_practical(
        actor=SYSTEM, batch=batch, starts_at=build.PRACTICAL_STARTS, minutes=120, rooms=[room]
    )[0]
    return batch, sitting, room


@remembered
def arrange(sitting: Sitting) -> Sitting:
    return services.arrange_seats(actor=SYSTEM, sitting=sitting, draw_key="摇号")


@remembered
def ticketed(sitting: Sitting) -> Sitting:
    services.confirm_arrangement(actor=SYSTEM, sitting=arrange(sitting))
    services.issue_tickets(actor=SYSTEM, batch=sitting.batch, at=build.TICKETS_AT)
    return Sitting.objects.get(pk=sitting.pk)


@remembered
def used(sitting: Sitting) -> SittingRoom:
    return sitting.rooms.get()


def keeper():
    return make.make_member()
