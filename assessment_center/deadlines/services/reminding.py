"""Reminding: three days before, on the day, overdue, and then the head, each told once."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act, Kind, Role
from assessment_center.accounts.models import User
from assessment_center.deadlines.enums import Nature, Reminder
from assessment_center.deadlines.models import Deadline
from assessment_center.deadlines.pages import page_of
from assessment_center.deadlines.selectors import waiting
from assessment_center.due import counting_words
from assessment_center.notices.services import notify
from assessment_center.registry.language import in_chinese

BEFORE = timedelta(days=3)
LOCK = (
    0x0D3AD11E  # the advisory lock of reminding: two beats at once would only wait for each other
)


@transaction.atomic
@in_chinese
def remind(*, today: date | None = None) -> int:
    """Tell those who answer for what is near or overdue, and the head of what is overdue.

    Only the stage of today is told, so a week without a beat brings no flood. The notice's key
    (deadline, day, stage) keeps anything from being told twice, however many run at once; a
    deadline that moved is told of anew. Returns how many notices were new.
    """
    if not _alone():
        return 0
    day = today or timezone.localdate()
    staff = _staff()
    return sum(
        _tell(deadline, stage, _recipients(staff, deadline, stage))
        for deadline in waiting().filter(due__lte=day + BEFORE)
        for stage in stages(deadline, day)
    )


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def stages(deadline: Deadline, day: date) -> Iterator[Reminder]:
    """What is to be told that day: what happens by itself or opens is never overdue."""
    if deadline.due is None:
        return
    if deadline.due == day:
        yield Reminder.DAY
    elif deadline.due > day and deadline.nature != Nature.FROM:
        yield Reminder.BEFORE
    elif deadline.due < day and deadline.nature == Nature.DUE:
        yield Reminder.PAST
        yield Reminder.HEAD


def _staff() -> list[User]:
    staff = User.objects.filter(kind=Kind.STAFF, is_active=True).order_by("pk")
    return list(staff.prefetch_related("role_grants"))


def _recipients(staff: Iterable[User], deadline: Deadline, stage: Reminder) -> list[User]:
    """Who answers for it; an overdue one is told to the head as a head, not twice."""
    act = deadline.responsible or (Act.BATCH_PLAN if deadline.batch_id else Act.CENTRE_MANAGE)
    heads = [user for user in staff if Role.HEAD in user.roles]
    if stage == Reminder.HEAD:
        return heads
    told = [user for user in staff if act in user.acts]
    return [user for user in told if user not in heads] if stage == Reminder.PAST else told


def _tell(deadline: Deadline, stage: Reminder, recipients: list[User]) -> int:
    return notify(
        recipients=recipients,
        title=_title(deadline, stage),
        body=_body(deadline),
        link=page_of(deadline),
        key=f"deadline:{deadline.pk}:{deadline.due}:{stage}",
    )


def _title(deadline: Deadline, stage: Reminder) -> str:
    words = {
        Reminder.BEFORE: _("即将到期：%(label)s（%(where)s，%(due)s）"),
        Reminder.DAY: _("今天到期：%(label)s（%(where)s）"),
        Reminder.PAST: _("已逾期：%(label)s（%(where)s，期限 %(due)s）"),
        Reminder.HEAD: _("请督办：%(label)s已逾期（%(where)s，期限 %(due)s）"),
    }
    if deadline.nature != Nature.DUE:
        words[Reminder.DAY] = _("今天：%(label)s（%(where)s）")
    where = deadline.batch.code if deadline.batch else str(deadline.centre)
    return words[stage] % {"label": deadline.label, "where": where, "due": deadline.due}


def _body(deadline: Deadline) -> str:
    cited = "、".join(deadline.citations)
    lines = [
        _("推算：%(how)s") % {"how": how} if (how := counting_words(deadline)) else "",
        _("依据：%(cited)s") % {"cited": cited} if cited else "",
    ]
    return "\n".join(filter(None, lines))
