"""Counting working days, and entering new notices on holidays."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.registry import Actor, RefusedError
from assessment_center.workdays.models import CalendarOverride, HolidayNotice
from assessment_center.workdays.rules.calendar import SATURDAY, TermLike
from assessment_center.workdays.selectors import calendar

__all__ = [
    "add_term",
    "add_workdays",
    "enter_notice",
    "is_statutory_holiday",
    "is_workday",
    "set_day",
    "workdays_between",
]


def is_workday(day: date) -> bool:
    """Tell whether people work that day; raises `UnknownYearError`."""
    return calendar().is_workday(day)


def is_statutory_holiday(day: date) -> bool:
    """Tell whether the yearly notice gives the day off; raises `UnknownYearError`."""
    return calendar().is_statutory_holiday(day)


def add_workdays(day: date, n: int) -> date:
    """Return the n-th working day after `day`, before it when n < 0, the day itself for 0."""
    return calendar().add_workdays(day, n)


def workdays_between(start: date, end: date) -> int:
    """Count working days after `start` up to and with `end`; negative when `end` is earlier."""
    return calendar().workdays_between(start, end)


def add_term(term: TermLike, start: date) -> date:
    """Return the last day of a rulebook's term that starts with an event on `start`."""
    return calendar().add_term(term, start)


@transaction.atomic
def enter_notice(
    *,
    actor: Actor,
    year: int,
    title: str,
    holidays: Iterable[date],
    workdays: Iterable[date],
) -> HolidayNotice:
    """Enter the notice of one year whole: its days off and its make-up workdays.

    Refuses a notice entered before, a day of another year, a day in both lists, a notice without
    days off, or a make-up workday that is no weekend. Days just before New Year may belong to it.
    """
    _require(actor)
    off, on = set(holidays), set(workdays)
    _check_notice(year, off, on)
    if HolidayNotice.objects.filter(year=year).exists():
        raise RefusedError(_("%(year)s 年的通知已经录入。") % {"year": year})
    notice = HolidayNotice(year=year, title=title.strip())
    notice.full_clean()
    notice.save()
    CalendarOverride.objects.filter(date__in=off | on).delete()
    CalendarOverride.objects.bulk_create(
        CalendarOverride(date=day, is_workday=day in on, notice=notice) for day in sorted(off | on)
    )
    payload = {
        "year": year,
        "title": notice.title,
        "holidays": [day.isoformat() for day in sorted(off)],
        "workdays": [day.isoformat() for day in sorted(on)],
    }
    record(actor=actor, verb="workdays.enter_notice", subject=notice.subject, payload=payload)
    return notice


@transaction.atomic
def set_day(*, actor: Actor, day: date, is_workday: bool, note: str) -> CalendarOverride:
    """Set one day apart from the notices, e.g. a holiday prolonged later; a reason is needed."""
    _require(actor)
    if not note.strip():
        raise RefusedError(_("请写明调整这一天的依据。"))
    override, _created = CalendarOverride.objects.update_or_create(
        date=day, defaults={"is_workday": is_workday, "note": note.strip()}
    )
    payload = {"date": day.isoformat(), "is_workday": is_workday, "note": override.note}
    record(actor=actor, verb="workdays.set_day", subject=override.subject, payload=payload)
    return override


def _require(actor: Actor) -> None:
    if not actor.may(Act.CENTRE_MANAGE):
        raise RefusedError(_("您没有维护工作日历的权限。"))


def _first(year: int) -> date:
    """A notice may reach back to the days before New Year."""
    return date(year - 1, 12, 25)


def _check_notice(year: int, off: set[date], on: set[date]) -> None:
    if not off:
        raise RefusedError(_("放假日期一天也没有，请照通知录全。"))
    if both := off & on:
        raise RefusedError(_("%(day)s 不能既放假又上班。") % {"day": min(both)})
    if other := {day for day in off | on if not _first(year) <= day <= date(year, 12, 31)}:
        raise RefusedError(_("%(day)s 不在 %(year)s 年内。") % {"day": min(other), "year": year})
    if weekdays := {day for day in on if day.weekday() < SATURDAY}:
        raise RefusedError(_("%(day)s 不是周末，不是调休上班日。") % {"day": min(weekdays)})
