"""The calendar as it stands: what came with the program and what the office has entered."""

from assessment_center.workdays.models import CalendarOverride, HolidayNotice
from assessment_center.workdays.rules.calendar import WorkCalendar, packaged


def calendar() -> WorkCalendar:
    """Return the calendar now in force; ask it once when many days are to be counted."""
    days = dict(CalendarOverride.objects.values_list("date", "is_workday"))
    return packaged().amended(
        years=HolidayNotice.objects.values_list("year", flat=True),
        holidays=(day for day, works in days.items() if not works),
        workdays=(day for day, works in days.items() if works),
    )
