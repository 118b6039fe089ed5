"""The secret address of a user's calendar: made, renewed, revoked, found."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.models import User
from assessment_center.audit.services import record
from assessment_center.deadlines.enums import Scope
from assessment_center.deadlines.models import CalendarFeed
from assessment_center.registry import RefusedError

SECRET_BYTES = 32


def digest_of(secret: str) -> str:
    """What is kept of a secret; 256 random bits need no slow hash and cannot be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_feed(*, user: User, scope: Scope) -> str:
    """Make the address, or a new one in the place of the old; returns the secret, told once."""
    if not (user.is_staff and user.is_active):
        raise RefusedError(_("只有在用的工作人员账号可以订阅日历。"))
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    facts = {
        "digest": digest_of(secret),
        "scope": scope,
        "renewed_at": timezone.now(),
        "read_on": None,
    }
    feed, new = CalendarFeed.objects.update_or_create(user=user, defaults=facts)
    verb = "calendar.make" if new else "calendar.renew"
    record(actor=user.as_actor(), verb=verb, subject=feed.subject, payload={"scope": str(scope)})
    return secret


@transaction.atomic
def revoke_feed(*, user: User) -> None:
    """From now on the address leads nowhere."""
    feed = CalendarFeed.objects.select_for_update(of=("self",)).filter(user=user).first()
    if feed is None:
        raise RefusedError(_("您没有订阅地址。"))
    record(actor=user.as_actor(), verb="calendar.revoke", subject=feed.subject, payload={})
    feed.delete()


def feed_of(secret: str) -> CalendarFeed | None:
    """The calendar behind a secret, of a user who still may sign in; one look-up by the digest."""
    found = CalendarFeed.objects.select_related("user").filter(digest=digest_of(secret)).first()
    return found if found and found.user.is_active and found.user.is_staff else None


def note_read(feed: CalendarFeed) -> None:
    """Keep the day of the last reading, written once a day."""
    today = timezone.localdate()
    if feed.read_on != today:
        CalendarFeed.objects.filter(pk=feed.pk).update(read_on=today)
