"""The registration's columns of the year's statistics (R-05)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from assessment_center.batches.seams import AnnualFigure, annual_figures
from candidates.enums import ApplicationStatus as S
from candidates.models import Application

Counted = Mapping[tuple[UUID, UUID | None, int | None], int]


def counted(rows: QuerySet[Any], path: str = "") -> Counted:
    """How many rows by occupation, job and level of their application at `path`."""
    names = [f"{path}{part}" for part in ("occupation_id", "job_id", "level")]
    found = rows.order_by().values_list(*names).annotate(n=Count("pk", distinct=True))
    return {(occupation, job, level): n for occupation, job, level, n in found}


def of_year(centre: Any, year: int, path: str = "") -> Q:
    return Q(**{f"{path}batch__centre": centre, f"{path}batch__exam_starts__year": year})


def applied(centre: Any, year: int) -> Counted:
    rows = Application.objects.filter(of_year(centre, year))
    return counted(rows.exclude(status__in=[S.DRAFT, S.WITHDRAWN]))


def confirmed(centre: Any, year: int) -> Counted:
    return counted(Application.objects.filter(of_year(centre, year), status=S.CONFIRMED))


annual_figures.register("applied", AnnualFigure(_("报名人数"), applied), order=10)
annual_figures.register("confirmed", AnnualFigure(_("审核通过"), confirmed), order=20)
