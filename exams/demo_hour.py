"""The demo's hour of secrecy: decided before the tickets are given out."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from assessment_center.accounts.enums import Role
from assessment_center.batches.models import AssessmentBatch
from assessment_center.demo import Demo
from exams import services
from exams.opening import opening_of
from exams.selectors import sittings_of

AFTERNOON = time(17)


def settle_hour(demo: Demo, batch: AssessmentBatch, moment: datetime) -> None:
    """Rooms and seats open on the afternoon before, or as early as the rulebook's secrecy lets."""
    first = min(sittings_of(batch), key=lambda each: each.starts_at)
    day = timezone.localtime(first.starts_at).date() - timedelta(days=1)
    afternoon = datetime.combine(day, AFTERNOON, timezone.get_default_timezone())
    hour = max(afternoon, opening_of(batch).earliest(first) or afternoon)
    if hour < first.starts_at:
        services.set_arrangement_hour(
            actor=demo.actor(Role.CLERK), batch=batch, opens_at=hour, at=moment
        )
