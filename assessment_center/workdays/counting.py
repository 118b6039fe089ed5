"""Counting a day from an event so that the user can see how it was counted."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from assessment_center.registry.entries import Counting, CountUnit, Text
from assessment_center.workdays.rules.calendar import TermLike, UnknownYearError, WorkCalendar
from assessment_center.workdays.rules.months import add_months
from assessment_center.workdays.selectors import calendar


def day_of(moment: datetime | None) -> date | None:
    """The centre's calendar day of a moment, for a record that may not have happened yet."""
    return timezone.localdate(moment) if moment else None


def on(event: Text, day: date) -> Counting:
    """The day of the event itself."""
    return Counting(event, day, day)


def counted(event: Text, start: date, n: int, unit: CountUnit = "workday") -> Counting:
    """The day `n` units after `start` (before it when negative); waits for an unknown year."""
    return Counting(event, start, count(calendar(), start, n, unit), n, unit)


def count_term(event: Text, start: date, term: TermLike) -> Counting:
    """The last day of a rulebook's term; raises `ValueError` for one that ends with its event."""
    if term.n is None:
        msg = "a term that lasts as long as its event has no last day of its own"
        raise ValueError(msg)
    units: dict[str, CountUnit] = {"day": "day", "workday": "workday", "month": "month"}
    return counted(event, start, term.n, units[term.unit])


def count(days: WorkCalendar, start: date, n: int, unit: CountUnit) -> date | None:
    """The day itself; None where working days of a year not known yet lie on the way."""
    if unit == "month":
        return add_months(start, n)
    if unit == "day":
        return start + timedelta(days=n)
    try:
        return days.add_workdays(start, n)
    except UnknownYearError:
        return None
