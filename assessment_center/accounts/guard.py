"""The brake on guessing: checks are counted under a row lock before anything is looked at.

However many tries arrive at once, no more than the limit are checked within a window. A success
gives its count back. What is counted stands in rows of their own, so it outlives the refusal.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act, GuardScope
from assessment_center.accounts.models import SignInGuard, User
from assessment_center.audit.services import record
from assessment_center.registry import SYSTEM, Actor, RefusedError, SubjectRef

WINDOW = timedelta(minutes=15)
CHECKS = 5
NOBODY = SubjectRef("accounts.user", UUID(int=0))


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing to count by; `name` is hashed, so a password typed as a name is kept nowhere."""

    scope: GuardScope
    name: str
    limit: int
    user: User | None = None
    address: str | None = None

    @property
    def key(self) -> bytes:
        return hmac.digest(settings.ADDRESS_KEY, f"{self.scope}:{self.name}".encode(), "sha256")


def claims_of(
    scope: GuardScope, name: str, *, user: User | None, address: str | None
) -> list[Claim]:
    """The account's own count and that of the address the try comes from."""
    found = [Claim(scope, name, CHECKS, user)]
    if address:
        limit: int = settings.ADDRESS_FAILURES
        found.append(Claim(GuardScope.ADDRESS, address, limit, address=address))
    return found


@transaction.atomic
def take(claims: Sequence[Claim]) -> int:
    """Count one check for every claim; returns how many the account has left.

    Refuses, counting nothing, when one of them has none. The rows are locked in one order, so
    simultaneous tries wait for each other and never for themselves.
    """
    now = timezone.now()
    _forget_old(now)
    ordered = sorted(claims, key=lambda claim: (claim.scope, claim.key))
    rows = {claim: _locked(claim, now) for claim in ordered}
    for claim in claims:
        if rows[claim].checks >= claim.limit:
            raise _blocked(claim, rows[claim])
    for row in rows.values():
        row.checks += 1
        row.save(update_fields=["since", "checks", "limit", "user"])
    return claims[0].limit - rows[claims[0]].checks


def _locked(claim: Claim, now: datetime) -> SignInGuard:
    """The claim's row, held to the end; one that a success removes meanwhile is made anew."""
    fresh = SignInGuard(
        scope=claim.scope, key=claim.key, since=now, limit=claim.limit, address=claim.address
    )
    held = SignInGuard.objects.select_for_update().filter(scope=claim.scope, key=claim.key)
    row = None
    while row is None:
        SignInGuard.objects.bulk_create([fresh], ignore_conflicts=True)
        row = held.first()
    if row.since + WINDOW <= now:
        row.since, row.checks = now, 0
    row.limit = max(claim.limit, row.checks)
    row.user = claim.user
    return row


def _forget_old(now: datetime) -> None:
    """Remove what has run out, leaving alone what somebody else is counting on."""
    old = SignInGuard.objects.filter(since__lt=now - 2 * WINDOW).order_by("scope", "key")
    keys = list(old.select_for_update(skip_locked=True).values_list("pk", flat=True)[:100])
    if keys:
        SignInGuard.objects.filter(pk__in=keys).delete()


def _blocked(claim: Claim, row: SignInGuard) -> RefusedError:
    until = timezone.localtime(row.since + WINDOW).strftime("%H:%M")
    if claim.scope == GuardScope.ADDRESS:
        reason = _("这个网络的登录试错太多，暂时不能登录。")
    elif claim.scope == GuardScope.CODE:
        reason = _("验证码试错太多，为保护您的账号，暂时不能登录。")
    else:
        reason = _("密码试错太多，为保护您的账号，暂时不能登录。")
    return RefusedError(reason, remedy=_("请在 %(at)s 以后再试。") % {"at": until})


@transaction.atomic
def passed(claims: Sequence[Claim]) -> None:
    """A check was right: the account starts anew, the address gets its count back."""
    for claim in sorted(claims, key=lambda each: (each.scope, each.key)):
        row = SignInGuard.objects.filter(scope=claim.scope, key=claim.key)
        if claim.scope == GuardScope.ADDRESS:
            row.filter(checks__gt=0).update(checks=F("checks") - 1)
        else:
            row.delete()


def failed(claims: Sequence[Claim], left: int) -> None:
    """A check was wrong: it stands in the trail, and so does the block that follows the last."""
    claim = claims[0]
    address = next((each.address for each in claims if each.address), None)
    facts = {"scope": claim.scope, "left": left, "address": address or ""}
    subject = claim.user.subject if claim.user else NOBODY
    record(actor=SYSTEM, verb="account.sign_in_failed", subject=subject, payload=facts)
    if left == 0:
        record(actor=SYSTEM, verb="account.block", subject=subject, payload=facts)


def remaining(left: int) -> str:
    """What to tell somebody after a wrong try."""
    if left:
        return _("还可以再试 %(n)d 次。") % {"n": left}
    return _("请 15 分钟后再试。")


def blocked() -> QuerySet[SignInGuard]:
    """Who and what is blocked now."""
    live = SignInGuard.objects.filter(since__gt=timezone.now() - WINDOW, checks__gte=F("limit"))
    return live.select_related("user").order_by("-since")


@transaction.atomic
def lift(*, actor: Actor, guard: SignInGuard) -> None:
    """Let an account or address try again at once."""
    if not actor.may(Act.ACCOUNT_MANAGE):
        raise RefusedError(_("您的角色不能管理账号。请联系系统管理员。"))
    row = (
        SignInGuard.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(pk=guard.pk)
        .first()
    )
    if row is None:
        return
    subject = row.user.subject if row.user else NOBODY
    facts = {"scope": row.scope, "address": row.address or ""}
    record(actor=actor, verb="account.lift_block", subject=subject, payload=facts)
    row.delete()


def forgive(user: User) -> None:
    """Forget the wrong tries of an account, after a new password or second factor."""
    SignInGuard.objects.filter(user=user).delete()
