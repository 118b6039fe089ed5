"""The years in which batches under way have dates: their holidays must be known."""

from collections.abc import Iterable

from django.utils import timezone

from assessment_center.batches.enums import BatchStatus
from assessment_center.batches.models import AssessmentBatch
from assessment_center.workdays.selectors import dated_years

CLOSED = (BatchStatus.ARCHIVED, BatchStatus.CANCELLED)


def years() -> Iterable[int]:
    """Return every year from the opening of registration to the last examination day."""
    under_way = AssessmentBatch.objects.exclude(status__in=CLOSED)
    for opens, ends in under_way.values_list("registration_opens", "exam_ends"):
        yield from range(timezone.localtime(opens).year, ends.year + 1)


dated_years.register("batches", years)
