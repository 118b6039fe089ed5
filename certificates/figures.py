"""The certificates' column of the year's statistics (R-05)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from assessment_center.batches.seams import AnnualFigure, annual_figures
from candidates.figures import Counted, counted, of_year
from certificates.enums import CertificateStatus
from certificates.models import Certificate

OUT = (CertificateStatus.ISSUED, CertificateStatus.HANDED_OUT)


def issued_in(centre: Any, year: int) -> Counted:
    rows = Certificate.objects.filter(of_year(centre, year), status__in=OUT)
    return counted(rows, "application__")


annual_figures.register("issued", AnnualFigure(_("发证人数"), issued_in), order=40)
