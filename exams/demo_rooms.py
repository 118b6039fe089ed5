"""The demo's rooms are looked over before they are used, each line of their lists."""

from datetime import timedelta

from django.utils import timezone

from assessment_center.accounts.enums import Role
from assessment_center.demo import Demo
from exams import services
from exams.acceptance import check_list
from exams.models import Sitting
from exams.selectors import staff_on_duty

BEFORE_START = timedelta(minutes=70)


def accept_rooms(demo: Demo, sitting: Sitting) -> None:
    """Every room with candidates is found sound and accepted an hour before the start."""
    member = staff_on_duty().first()
    if member is None:
        return
    rooms = sitting.rooms.filter(seats__isnull=False).select_related("room__site").distinct()
    for room in rooms:
        lines = check_list(room, sitting.batch.rules)
        services.accept_room(
            actor=demo.actor(Role.CLERK),
            room=room,
            member=member,
            answers={line.point.rule: services.Answer(sound=True) for line in lines},
            at=min(timezone.now(), sitting.starts_at - BEFORE_START),
        )
