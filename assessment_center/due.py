"""Deadlines in words: the day, how many working days are left, and how near that is."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Protocol

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.templatetags.office import day as written
from assessment_center.registry import Citation
from assessment_center.registry.entries import Line, StageState
from assessment_center.workdays.rules.calendar import UnknownYearError, WorkCalendar
from assessment_center.workdays.selectors import calendar

SOON = 3


class Due(Protocol):
    """What is read of a deadline; the model stands above this module."""

    label: str
    due: date
    citations: list[str]
    rulebook: str
    done_at: datetime | None
    batch: Any


def deadline_lines(deadlines: Iterable[Due], *, with_batch: bool = False) -> list[Line]:
    """Deadlines as lines: the day, and the working days left in words."""
    today, days = timezone.localdate(), calendar()
    return [_line(deadline, today, days, with_batch=with_batch) for deadline in deadlines]


def _line(deadline: Due, today: date, days: WorkCalendar, *, with_batch: bool) -> Line:
    state, words = days_left(today, deadline.due, days)
    if deadline.done_at:
        state, words = "done", _("已完成")
    url = reverse("batches_office:batch", args=[deadline.batch.code]) if with_batch else ""
    return Line(
        title=deadline.label,
        detail=words,
        state=state,
        chip=_day(deadline.due, today),
        url=url,
        link=deadline.batch.code if with_batch else "",
        citations=tuple(Citation(deadline.rulebook, text) for text in deadline.citations),
    )


def _day(day: date, today: date) -> str:
    return written(day) if day.year != today.year else written(day)[5:]


def days_left(today: date, due: date, days: WorkCalendar) -> tuple[StageState, str]:
    """How near a day is: its state, and the working days left in words."""
    if due == today:
        return "due", _("今天截止")
    try:
        left = days.workdays_between(today, due)
    except UnknownYearError:
        apart = (due - today).days
        if apart < 0:
            return "bad", _("已过期 %(n)s 天") % {"n": -apart}
        return "idle", _("还有 %(n)s 天") % {"n": apart}
    if due < today:
        return "bad", _("已过期 %(n)s 个工作日") % {"n": max(1, -left)}
    return ("due" if left <= SOON else "idle"), _("还有 %(n)s 个工作日") % {"n": left}
