"""What a year of the equipment leaves to the centre's archive: ledger, care, loans, damage."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessment_center.registry import SYSTEM, SubjectRef
from assessment_center.registry.entries import YearSource, year_sources
from exams.equipment.documents import FORMS, print_period

Filed = tuple[str, str, str, bytes, SubjectRef]
KIND = "equipment_record"


def collect(centre: Any, year: int) -> Sequence[Filed]:
    """The ledger as it stands when the year is filed, the rest of the year's days (ARC-24)."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = []
    for slug, (form, _make) in FORMS.items():
        content = print_period(actor=SYSTEM, centre=centre, slug=slug, first=first, last=last)
        if content is not None:
            title = f"{form[2]} {year}"
            found.append((KIND, title, f"{title}.pdf", content, centre.subject))
    return found


year_sources.register("equipment.year", YearSource("equipment.year", _("设备"), collect), order=30)
