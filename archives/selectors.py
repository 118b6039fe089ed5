"""Reading the archive."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.utils import timezone

from archives.enums import ItemStatus
from archives.models import ArchiveItem, Volume
from assessment_center.batches.models import AssessmentBatch
from assessment_center.organization.models import AssessmentCentre
from assessment_center.organization.selectors import active_centre
from assessment_center.workdays.counting import day_of

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class VolumeFigures(TypedDict):
    """What a volume holds: records, bytes, and records whose check failed."""

    item_count: int
    byte_count: int | None
    unsound_count: int


def volumes_of(batch: AssessmentBatch) -> "QuerySet[WithAnnotations[Volume, VolumeFigures]]":
    return _with_figures(Volume.objects.filter(batch=batch))


def _with_figures(found: QuerySet[Volume]) -> "QuerySet[WithAnnotations[Volume, VolumeFigures]]":
    return found.annotate(
        item_count=Count("items"),
        byte_count=Sum("items__size"),
        unsound_count=Count("items", filter=Q(items__check_sound=False)),
    ).order_by("number")


def volumes_of_year(
    centre: AssessmentCentre, year: int
) -> "QuerySet[WithAnnotations[Volume, VolumeFigures]]":
    return _with_figures(Volume.objects.filter(centre=centre, year=year))


def items_of_year(centre: AssessmentCentre, year: int) -> QuerySet[ArchiveItem]:
    return (
        ArchiveItem.objects.filter(volume__centre=centre, volume__year=year)
        .select_related("volume")
        .order_by("volume__number", "number")
    )


def years_of(centre: AssessmentCentre, on: date) -> list[int]:
    """The years that are over since the centre keeps its registers here, the latest first."""
    kept = Volume.objects.filter(centre=centre).aggregate(first=Min("year"))["first"]
    entered = timezone.localtime(centre.created_at).year
    return list(range(on.year - 1, min(entered, kept or entered) - 1, -1))


@dataclass(frozen=True, slots=True)
class YearLine:
    """A year of the centre that is over: how many volumes it has, and whether all are closed."""

    year: int
    volumes: int
    closed: bool


def year_lines(on: date) -> list[YearLine]:
    """The years of the centre that are over, the latest first."""
    centre = active_centre()
    if centre is None:
        return []
    rows = Volume.objects.filter(centre=centre).values("year")
    counted = rows.annotate(n=Count("id"), shut=Count("id", filter=~Q(root=""))).order_by("year")
    found = {row["year"]: (row["n"], row["n"] == row["shut"]) for row in counted}
    return [YearLine(year, *found.get(year, (0, False))) for year in years_of(centre, on)]


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
