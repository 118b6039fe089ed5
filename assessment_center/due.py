"""Deadlines in words: the day, how it was counted, and the working days left."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Protocol

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from assessment_center.accounts.templatetags.office import day as written
from assessment_center.registry import Citation
from assessment_center.registry.entries import Line, StageState
from assessment_center.workdays.rules.calendar import UnknownYearError, WorkCalendar
from assessment_center.workdays.selectors import calendar

SOON = 3


class Counted(Protocol):
    """What is read of how a day was counted."""

    event: str
    start: date | None
    count: int | None
    unit: str


class Due(Counted, Protocol):
    """What is read of a deadline; the model stands above this module."""

    label: str
    nature: str
    due: date | None
    citations: list[str]
    rulebook: str
    done_at: datetime | None
    batch: Any


def deadline_lines(deadlines: Iterable[Due], *, with_batch: bool = False) -> list[Line]:
    """Deadlines as lines: the day, the working days left, and how the day was counted."""
    today, days = timezone.localdate(), calendar()
    return [_line(deadline, today, days, with_batch=with_batch) for deadline in deadlines]


def _line(deadline: Due, today: date, days: WorkCalendar, *, with_batch: bool) -> Line:
    state, words = standing(deadline, today, days)
    batch = deadline.batch if with_batch else None
    how = counting_words(deadline)
    return Line(
        title=label_words(deadline),
        detail=f"{words} · {how}" if how else words,
        state=state,
        chip=_day(deadline.due, today) if deadline.due else _("待推算"),
        url=reverse("batches_office:batch", args=[batch.code]) if batch else "",
        link=batch.code if batch else "",
        citations=citations_of(deadline),
    )


def label_words(deadline: Due) -> str:
    """The label, in the language of the page where it is a fixed one."""
    return gettext(deadline.label) if deadline.label else ""


def citations_of(deadline: Due) -> tuple[Citation, ...]:
    return tuple(Citation(deadline.rulebook, text) for text in deadline.citations)


def _day(day: date, today: date) -> str:
    return written(day) if day.year != today.year else written(day)[5:]


def counting_words(counted: Counted) -> str:
    """考试日 2026-06-20 前 10 个工作日; nothing where the day was not counted."""
    if not counted.unit or counted.start is None or counted.count is None:
        return ""
    facts = {
        "event": gettext(counted.event),
        "day": counted.start.isoformat(),
        "n": abs(counted.count),
    }
    if counted.count == 0:
        return _("%(event)s %(day)s") % facts
    before, after = {
        "day": (_("%(event)s %(day)s 前 %(n)s 天"), _("%(event)s %(day)s 后 %(n)s 天")),
        "workday": (
            _("%(event)s %(day)s 前 %(n)s 个工作日"),
            _("%(event)s %(day)s 后 %(n)s 个工作日"),
        ),
        "month": (_("%(event)s %(day)s 前 %(n)s 个月"), _("%(event)s %(day)s 后 %(n)s 个月")),
    }[counted.unit]
    return (before if counted.count < 0 else after) % facts


def standing(deadline: Due, today: date, days: WorkCalendar) -> tuple[StageState, str]:
    """How a deadline stands today: its state, and that in words."""
    if deadline.done_at:
        return "done", _("已完成")
    if deadline.due is None:
        return "idle", _("放假安排未公布，待推算")
    if deadline.nature == "from":
        return _opens(deadline.due, today)
    if deadline.nature == "event" and deadline.due < today:
        return "done", _("已过")
    return days_left(today, deadline.due, days)


def _opens(day: date, today: date) -> tuple[StageState, str]:
    if day > today:
        return "idle", _("%(n)s 天后方可办理") % {"n": (day - today).days}
    return "now", _("可以办理")


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
