"""Reading what is due."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from assessment_center.accounts.enums import Act
from assessment_center.batches.enums import BatchStatus
from assessment_center.batches.models import AssessmentBatch
from assessment_center.deadlines.models import Deadline
from assessment_center.registry import Actor

ENDED = (BatchStatus.ARCHIVED, BatchStatus.CANCELLED)
AHEAD = timedelta(days=30)


def waiting() -> QuerySet[Deadline]:
    """Deadlines not met yet, of batches that go on."""
    return (
        Deadline.objects.filter(done_at=None)
        .exclude(batch__status__in=ENDED)
        .select_related("batch")
        .order_by("due", "label")
    )


def due(batch: AssessmentBatch) -> QuerySet[Deadline]:
    """All deadlines of a batch, met ones too, by day."""
    return Deadline.objects.filter(batch=batch).order_by("due", "label")


def upcoming(actor: Actor) -> QuerySet[Deadline]:
    """What is overdue or due within thirty days, for whoever may see batches."""
    if not actor.may(Act.BATCH_VIEW):
        return Deadline.objects.none()
    return waiting().filter(due__lte=timezone.localdate() + AHEAD)
