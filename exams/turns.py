"""When somebody's turn is, in a sitting at which candidates come one after the other."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from exams.drawing import outstanding
from exams.models import SeatAssignment


def turn_words(seat: SeatAssignment) -> str:
    """About when it is this candidate's turn; before the order is drawn, how long each takes."""
    minutes = seat.sitting.turn_minutes
    if minutes is None:
        return ""
    if outstanding(seat.sitting):
        return _("先后由抽签决定，每人约 %(minutes)s 分钟") % {"minutes": minutes}
    at = seat.sitting.starts_at + timedelta(minutes=minutes * (seat.seat_number - 1))
    return _("约 %(clock)s 轮到") % {"clock": f"{timezone.localtime(at):%H:%M}"}
