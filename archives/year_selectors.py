"""Reading the archive of the centre's years."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from archives.models import ArchiveItem, Volume
from archives.selectors import VolumeFigures, with_figures
from assessment_center.organization.models import AssessmentCentre
from assessment_center.organization.selectors import active_centre

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


def volumes_of_year(
    centre: AssessmentCentre, year: int
) -> "QuerySet[WithAnnotations[Volume, VolumeFigures]]":
    return with_figures(Volume.objects.filter(centre=centre, year=year))


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
