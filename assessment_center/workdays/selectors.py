"""The calendar as it stands, and which yearly notices are still to be entered."""

from collections.abc import Callable, Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.registry import OpenSet
from assessment_center.workdays.models import CalendarOverride, HolidayNotice
from assessment_center.workdays.rules.calendar import WorkCalendar, packaged
from assessment_center.workdays.rules.notices import Missing, missing_years

# The years in which work under way has dates: years() -> 2026, 2027, …
dated_years: OpenSet[Callable[[], Iterable[int]]] = OpenSet("dated_years")


def calendar() -> WorkCalendar:
    """Return the calendar now in force; ask it once when many days are to be counted."""
    days = dict(CalendarOverride.objects.values_list("date", "is_workday"))
    return packaged().amended(
        years=HolidayNotice.objects.values_list("year", flat=True),
        holidays=(day for day, works in days.items() if not works),
        workdays=(day for day, works in days.items() if works),
    )


def missing_notices(today: date) -> tuple[Missing, ...]:
    """Return the years whose notice the office has to enter, the nearest first."""
    entered = HolidayNotice.objects.values_list("year", flat=True)
    dated = (year for source in dated_years for year in source())
    return missing_years(today, packaged().years | set(entered), dated)


def missing_words(missing: Missing) -> str:
    """Say why the notice of a year is needed."""
    if missing.dated:
        return _("已有批次的日期在这一年，有关期限在录入以前无法推算。")
    return _("国务院办公厅发布通知后即可录入；录入以前，落在这一年的期限无法推算。")


def entry_url(year: int) -> str:
    """The page on which the notice of a year is entered."""
    return f"{reverse('admin:workdays_holidaynotice_add')}?year={year}"
