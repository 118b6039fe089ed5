"""Counting working days, and entering new notices on holidays."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act, Kind
from assessment_center.accounts.models import User
from assessment_center.audit.services import record
from assessment_center.notices.services import notify
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.language import in_chinese
from assessment_center.workdays.models import CalendarOverride, HolidayNotice
from assessment_center.workdays.rules.calendar import SATURDAY, TermLike
from assessment_center.workdays.rules.notices import Missing
from assessment_center.workdays.selectors import (
    calendar,
    entry_url,
    missing_notices,
    missing_words,
)

__all__ = [
    "add_term",
    "add_workdays",
    "enter_notice",
    "is_statutory_holiday",
    "is_workday",
    "remind",
    "set_day",
    "statutory_holidays",
    "workdays_between",
]


def is_workday(day: date) -> bool:
    """Tell whether people work that day; raises `UnknownYearError`."""
    return calendar().is_workday(day)


def is_statutory_holiday(day: date) -> bool:
    """Tell whether the yearly notice gives the day off; raises `UnknownYearError`."""
    return calendar().is_statutory_holiday(day)


def statutory_holidays(first: date, last: date) -> list[date]:
    """Return the days from `first` to `last` on which no examination may be held.

    For rulebooks that forbid statutory holidays: the days off of the yearly notice, as the
    notice lists them. Raises `UnknownYearError`.
    """
    return calendar().statutory_holidays(first, last)


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


@transaction.atomic
def remind(*, today: date | None = None) -> int:
    """Tell those who keep the calendar, once per year, that its notice is to be entered.

    The notice's key keeps two beats, or one every hour, from telling the same person again.
    """
    missing = missing_notices(today or timezone.localdate())
    recipients = _keepers() if missing else []
    return sum(_tell(each, recipients) for each in missing)


@in_chinese
def _tell(missing: Missing, recipients: list[User]) -> int:
    title = _("请录入 %(year)s 年放假安排") % {"year": missing.year}
    return notify(
        recipients=recipients,
        title=title,
        body=missing_words(missing),
        link=entry_url(missing.year),
        key=f"workdays:notice:{missing.year}",
    )


def _keepers() -> list[User]:
    staff = User.objects.filter(kind=Kind.STAFF, is_active=True)
    return [
        user for user in staff.prefetch_related("role_grants") if Act.CENTRE_MANAGE in user.acts
    ]


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
