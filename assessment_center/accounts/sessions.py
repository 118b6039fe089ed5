"""Sessions of staff: begun, kept alive, renewed when rights change, ended from elsewhere."""

import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.addresses import address_of
from assessment_center.accounts.models import SignIn, User
from assessment_center.audit.services import record
from assessment_center.registry import RefusedError

MARK = "sign_in"
TICK = 60


def now() -> int:
    return int(time.time())


def mark_of(request: HttpRequest) -> dict[str, Any]:
    """What the session knows of the sign-in; empty where there was none."""
    mark: dict[str, Any] = request.session.get(MARK) or {}
    return mark


def begin(sender: Any, request: HttpRequest, user: User, **_more: Any) -> None:  # noqa: ARG001
    """Mark a new session (`user_logged_in`); candidates' sessions are Django's own."""
    if not user.is_staff:
        return
    if not request.session.session_key:
        request.session.create()
    row = SignIn.objects.create(
        user=user,
        session_key=request.session.session_key or "",
        address=address_of(request),
        agent=request.headers.get("User-Agent", "")[:200],
        seen_at=timezone.now(),
    )
    at = now()
    request.session[MARK] = {
        "row": str(row.pk),
        "since": at,
        "seen": at,
        "confirmed": at,
        "rights": user.rights_version,
        "factor": False,
    }


def set_mark(request: HttpRequest, **facts: Any) -> None:
    request.session[MARK] = {**mark_of(request), **facts}


def has_run_out(mark: dict[str, Any]) -> bool:
    """Idle for too long, or begun too long ago however busy."""
    at = now()
    idle = at - mark["seen"] > settings.STAFF_IDLE_MINUTES * 60
    return bool(idle or at - mark["since"] > settings.STAFF_SESSION_HOURS * 3600)


def keep(request: HttpRequest, user: User) -> None:
    """Note the use once a minute; give the session a new key when the user's rights changed.

    A page that asks for news by itself does not keep a forgotten session alive.
    """
    mark = mark_of(request)
    if mark["rights"] != user.rights_version:
        renew_key(request)
        set_mark(request, rights=user.rights_version)
    polled = request.method == "GET" and bool(request.headers.get("HX-Request"))
    if now() - mark["seen"] > TICK and not polled:
        set_mark(request, seen=now())
        SignIn.objects.filter(pk=mark["row"]).update(seen_at=timezone.now())


def renew_key(request: HttpRequest) -> None:
    """A new session key: one that somebody saw before is worth nothing."""
    request.session.cycle_key()
    if row := mark_of(request).get("row"):
        SignIn.objects.filter(pk=row).update(session_key=request.session.session_key or "")


def is_confirmed(request: HttpRequest) -> bool:
    """Whether the user has proved who he is within the last minutes."""
    since = now() - int(mark_of(request).get("confirmed", 0))
    return since <= settings.CONFIRM_MINUTES * 60


def open_sign_ins(user: User) -> list[SignIn]:
    """The live sessions, the last used first; one whose session is gone counts as ended."""
    edge = timezone.now() - timedelta(hours=settings.STAFF_SESSION_HOURS)
    rows = list(SignIn.objects.filter(user=user, ended_at=None, created_at__gt=edge))
    keys = {row.session_key for row in rows}
    live = set(Session.objects.filter(session_key__in=keys).values_list("session_key", flat=True))
    return [row for row in rows if row.session_key in live]


def _end(rows: Iterable[SignIn], why: str) -> int:
    found = list(rows)
    at: datetime = timezone.now()
    Session.objects.filter(session_key__in=[row.session_key for row in found]).delete()
    return SignIn.objects.filter(pk__in=[row.pk for row in found], ended_at=None).update(
        ended_at=at, ended_why=why
    )


@transaction.atomic
def end_all(user: User, *, why: str, spare: UUID | None = None) -> int:
    """End every session of the user, save one; returns how many."""
    rows = SignIn.objects.filter(user=user, ended_at=None)
    return _end(rows.exclude(pk=spare) if spare else rows, why)


@transaction.atomic
def end_one(*, user: User, row_id: UUID) -> None:
    """Sign out one of the user's own sessions."""
    row = SignIn.objects.filter(pk=row_id, user=user, ended_at=None).first()
    if row is None:
        raise RefusedError(_("这个登录已经退出。"))
    _end([row], "ended_by_user")
    record(actor=user.as_actor(), verb="account.end_session", subject=user.subject)


@transaction.atomic
def end_others(*, user: User, spare: UUID) -> int:
    """Sign out everywhere but here."""
    ended = end_all(user, why="ended_by_user", spare=spare)
    record(
        actor=user.as_actor(),
        verb="account.end_session",
        subject=user.subject,
        payload={"count": ended},
    )
    return ended


def end_signed_out(
    sender: Any,  # noqa: ARG001
    request: HttpRequest,
    user: User | AnonymousUser | None,
    **_more: Any,
) -> None:
    """Note the end of a session that its user closes (`user_logged_out`)."""
    row = mark_of(request).get("row") if hasattr(request, "session") else None
    if row and isinstance(user, User):
        SignIn.objects.filter(pk=row, ended_at=None).update(
            ended_at=timezone.now(), ended_why="signed_out"
        )
