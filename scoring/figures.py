"""The results' column of the year's statistics (R-05)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from assessment_center.batches.seams import AnnualFigure, annual_figures
from candidates.figures import Counted, counted, of_year
from scoring.enums import ResultStatus
from scoring.models import FinalResult


def passed_in(centre: Any, year: int) -> Counted:
    rows = FinalResult.objects.filter(
        of_year(centre, year),
        status=ResultStatus.FINAL,
        passed=True,
        application__status="confirmed",
    )
    return counted(rows, "application__")


annual_figures.register("passed", AnnualFigure(_("合格人数"), passed_in), order=30)
