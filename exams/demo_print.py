"""The demo's printed set: one room's papers as the office prints them, so that their codes open."""

from assessment_center.accounts.enums import Role
from assessment_center.batches.models import AssessmentBatch
from assessment_center.demo import Demo
from exams.models import SittingRoom
from exams.services.printing import print_room


def print_first_room(demo: Demo, batch: AssessmentBatch) -> None:
    """The set of the first room of the timetable."""
    rooms = SittingRoom.objects.filter(sitting__batch=batch, seats__isnull=False)
    room = rooms.order_by("sitting__number", "number").first()
    if room is not None:
        print_room(actor=demo.actor(Role.CLERK), room=room)
        demo.say(f"{batch.code} 已打印第一个考场的整套材料")
