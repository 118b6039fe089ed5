"""Reading the archive."""

from datetime import date
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, Max, Q, QuerySet, Sum

from archives.enums import ItemStatus
from archives.models import ArchiveItem, Volume
from assessment_center.batches.models import AssessmentBatch
from assessment_center.workdays.counting import day_of

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class VolumeFigures(TypedDict):
    """What a volume holds: records, bytes, and records whose check failed."""

    item_count: int
    byte_count: int | None
    unsound_count: int


def volumes_of(batch: AssessmentBatch) -> "QuerySet[WithAnnotations[Volume, VolumeFigures]]":
    return with_figures(Volume.objects.filter(batch=batch))


def with_figures(found: QuerySet[Volume]) -> "QuerySet[WithAnnotations[Volume, VolumeFigures]]":
    return found.annotate(
        item_count=Count("items"),
        byte_count=Sum("items__size"),
        unsound_count=Count("items", filter=Q(items__check_sound=False)),
    ).order_by("number")


def closed_on(batch: AssessmentBatch) -> date | None:
    """The day the last volume of a batch was closed."""
    return day_of(Volume.objects.filter(batch=batch).aggregate(last=Max("closed_at"))["last"])


def items_of(batch: AssessmentBatch) -> QuerySet[ArchiveItem]:
    return (
        ArchiveItem.objects.filter(volume__batch=batch)
        .select_related("volume")
        .order_by("volume__number", "number")
    )


def disposable(on: date) -> QuerySet[ArchiveItem]:
    """Items past their term and not on hold."""
    return ArchiveItem.objects.filter(
        status=ItemStatus.FILED, permanent=False, on_hold=False, keep_until__lt=on
    )
