"""A user's deadlines as an iCalendar file (RFC 5545): all-day events that name no person."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, vDuration

from assessment_center.accounts.models import User
from assessment_center.batches.enums import BatchStatus
from assessment_center.deadlines.enums import Nature, Scope
from assessment_center.deadlines.models import Deadline
from assessment_center.deadlines.pages import page_of
from assessment_center.deadlines.selectors import answered_for, visible
from assessment_center.due import counting_words, label_words
from assessment_center.registry.language import in_chinese

PRODUCT = "-//assessment-center//deadlines//ZH"
DOMAIN = "deadlines.assessment-center"
ENDED = (BatchStatus.ARCHIVED, BatchStatus.CANCELLED)
KEPT = timedelta(days=60)
AHEAD = timedelta(days=800)
BEFORE = timedelta(days=-3)
NINE = timedelta(hours=9)
AGAIN = timedelta(hours=6)
PRIORITY = {Nature.DUE.value: 1, Nature.FROM.value: 5, Nature.EVENT.value: 5}


def rows_for(user: User, scope: str) -> list[Deadline]:
    """What this user may see, met ones for two months more; cancelled batches to say so."""
    actor, today = user.as_actor(), timezone.localdate()
    span = Q(due__gte=today - KEPT, due__lte=today + AHEAD)
    still = Q(done_at=None, due__lt=today) & ~Q(batch__status__in=ENDED)
    rows = visible(Deadline.objects.filter(span | still), actor)
    if scope == Scope.MINE:
        rows = answered_for(rows, actor)
    return list(rows.select_related("batch", "centre").order_by("due", "pk"))


@in_chinese
def calendar_file(user: User, scope: str) -> bytes:
    """The calendar of what the user may see now."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", _("认定中心期限"))
    calendar.add("x-wr-calname", _("认定中心期限"))
    calendar.add("refresh-interval", vDuration(AGAIN), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(AGAIN))
    for event in events(rows_for(user, scope)):
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def events(rows: Iterable[Deadline]) -> Iterable[Event]:
    return (_event(row, row.due) for row in rows if row.due)


def _event(row: Deadline, day: date) -> Event:
    cancelled = row.batch is not None and row.batch.status == BatchStatus.CANCELLED
    event = Event()
    event.add("uid", f"{row.pk}@{DOMAIN}")
    event.add("dtstamp", _utc(row.changed_at))
    event.add("last-modified", _utc(row.changed_at))
    event.add("created", _utc(row.created_at))
    event.add("sequence", row.sequence + cancelled)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("priority", PRIORITY[row.nature])
    event.add("summary", _summary(row))
    event.add("description", _description(row))
    event.add("categories", [_("批次期限") if row.batch else _("中心期限")])
    event.add("url", settings.SITE_URL + page_of(row))
    if row.done_at is None and not cancelled:
        event.add_component(_alarm(row))
    return event


def _alarm(row: Deadline) -> Alarm:
    """At nine, three days before; what only opens is told on its day."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _summary(row))
    alarm.add("trigger", NINE if row.nature == Nature.FROM else BEFORE + NINE)
    return alarm


def _summary(row: Deadline) -> str:
    where = row.batch.code if row.batch else _("中心")
    label = label_words(row)
    if row.done_at:
        return _("✓ %(label)s（%(where)s）") % {"label": label, "where": where}
    return _("%(label)s（%(where)s）") % {"label": label, "where": where}


def _description(row: Deadline) -> str:
    parts = [
        row.batch.name if row.batch else str(row.centre),
        _("推算：%(how)s") % {"how": how} if (how := counting_words(row)) else "",
        _("依据：%(cited)s") % {"cited": "、".join(row.citations)} if row.citations else "",
    ]
    return "\n".join(filter(None, parts))


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
