"""Reading what is due, and who may see it."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from assessment_center.accounts.enums import Act
from assessment_center.batches.enums import BatchStatus
from assessment_center.batches.models import AssessmentBatch
from assessment_center.deadlines.enums import Nature
from assessment_center.deadlines.models import Deadline
from assessment_center.registry import Actor

AHEAD = timedelta(days=30)
READ = ("batch__centre", "centre")


def _live() -> Q:
    """Of the centre, of batches that go on, and what outlives an archived one."""
    archived = Q(batch__status=BatchStatus.ARCHIVED)
    cancelled = Q(batch__status=BatchStatus.CANCELLED)
    return Q(batch=None) | (~archived & ~cancelled) | (archived & Q(outlives=True))


def waiting() -> QuerySet[Deadline]:
    """Deadlines not met yet, of the centre and of batches that go on; uncounted ones last."""
    return (
        Deadline.objects.filter(_live(), done_at=None)
        .select_related(*READ)
        .order_by("due", "label", "pk")
    )


def due(batch: AssessmentBatch) -> QuerySet[Deadline]:
    """All deadlines of a batch, met ones too, by day."""
    return (
        Deadline.objects.filter(batch=batch)
        .select_related("batch", "done_by")
        .order_by("due", "label", "pk")
    )


def of_centre() -> QuerySet[Deadline]:
    """The deadlines of the centre as a whole, open ones first."""
    rows = Deadline.objects.filter(centre__is_active=True).select_related("centre", "done_by")
    return rows.order_by("done_at", "due", "label", "pk")


def visible(rows: QuerySet[Deadline], actor: Actor) -> QuerySet[Deadline]:
    """Those an actor may see: of batches with the batches, of the centre with the centre."""
    seen = Q(pk=None)
    if actor.may(Act.BATCH_VIEW):
        seen |= Q(centre=None)
    if actor.may(Act.CENTRE_VIEW):
        seen |= Q(batch=None)
    return rows.filter(seen)


def answered_for(rows: QuerySet[Deadline], actor: Actor) -> QuerySet[Deadline]:
    """Those whose act the actor holds."""
    return rows.filter(responsible__in=[str(act) for act in actor.permissions])


def upcoming(actor: Actor) -> QuerySet[Deadline]:
    """What is overdue or due within thirty days and the actor may see."""
    near = waiting().filter(due__lte=timezone.localdate() + AHEAD)
    return visible(near, actor).exclude(nature=Nature.FROM, due__gt=timezone.localdate())
