"""Telling people, once."""

from collections.abc import Iterable
from uuid import UUID

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from assessment_center.accounts.models import User
from assessment_center.jobs.services import enqueue
from assessment_center.notices.models import Notice
from assessment_center.registry import SYSTEM


@transaction.atomic
def notify(
    *, recipients: Iterable[User], title: str, body: str = "", link: str = "", key: str = ""
) -> int:
    """Leave a message for each recipient and order its e-mail; returns how many were new.

    With a `key` the same message is never left twice for the same person, however many
    processes try.
    """
    told = 0
    for user in recipients:
        notice = Notice(recipient=user, title=title[:120], body=body, link=link, key=key)
        if key:
            _row, created = Notice.objects.get_or_create(
                recipient=user,
                key=key,
                defaults={"title": notice.title, "body": body, "link": link},
            )
            if not created:
                continue
        else:
            notice.save(force_insert=True)
        told += 1
        if user.email:
            enqueue(
                "notices.email",
                actor=SYSTEM,
                label=title,
                address=user.email,
                title=title,
                body=body,
            )
    return told


def send_email(*, address: str, title: str, body: str) -> None:
    """Hand one message to the mail server."""
    send_mail(title, body, None, [address])


@transaction.atomic
def mark_read(*, notice_id: UUID, user: User) -> bool:
    """Mark one's own message as read."""
    return bool(
        Notice.objects.filter(pk=notice_id, recipient=user, read_at=None).update(
            read_at=timezone.now()
        )
    )
