"""Which rooms a sitting needs: as few as hold everybody with the reserve kept free."""

from datetime import datetime

from django.utils.translation import gettext as _
from psycopg.types.range import TimestamptzRange

from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import Allowed, RefusedError
from candidates.selectors import admitted
from exams.models import Room, SittingRoom
from exams.policies import room_fits
from exams.rules import seating
from exams.selectors import active_rooms
from exams.services.seating_task import shape_of
from exams.services.sitting_papers import WRITTEN

RESERVE = 1


def fewest_rooms(
    *,
    batch: AssessmentBatch,
    subject: str,
    starts_at: datetime,
    ends_at: datetime,
    reserve: int = RESERVE,
) -> list[Room]:
    """Rooms that suit the subject and are free then, as few as possible, in the order of names.

    Counted are the admitted candidates of the subject that no other sitting of it seats. Refuses
    when all rooms together are too few.
    """
    wanted = admitted(batch).filter(subjects__contains=[subject])
    wanted = wanted.exclude(seats__sitting__subject_code=subject)
    rooms = _free_rooms(batch, subject, TimestamptzRange(starts_at, ends_at))
    seats = [shape_of(room, subject, batch.rules).capacity for room in rooms]
    kept = reserve if subject in WRITTEN else 0
    try:
        chosen = seating.fewest(seats, wanted.count(), reserve=kept)
    except seating.CapacityError as short:
        raise RefusedError(
            _("空闲的考场不够：还缺 %(short)s 个座位。") % {"short": short.short},
            remedy=_("请登记更多考场，或换一个时间。"),
        ) from short
    return [rooms[at] for at in chosen]


def _free_rooms(batch: AssessmentBatch, subject: str, period: TimestamptzRange) -> list[Room]:
    taken = SittingRoom.objects.filter(period__overlap=period).values("room")
    return [
        room
        for room in active_rooms().exclude(pk__in=taken)
        if isinstance(room_fits(room, batch.rules, subject), Allowed)
    ]
