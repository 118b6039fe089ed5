"""A code by SMS or e-mail proves that an address is one's own.

The code lies nowhere but with the addressee: the session keeps its keyed digest, for ten minutes.
Both sending and trying are counted under a lock, so that nobody is flooded and nobody guesses.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts import guard
from assessment_center.accounts.enums import GuardScope
from assessment_center.notices.channels import Channel, UndeliveredError, deliver
from assessment_center.registry import RefusedError

LIFE = timedelta(minutes=10)
PROVEN_FOR = timedelta(minutes=30)
DIGITS = 6


@dataclass(frozen=True, slots=True)
class Proof:
    """An address whose owner typed the code that was sent there."""

    channel: Channel
    target: str

    def as_phone(self) -> str:
        return self.target if self.channel is Channel.SMS else ""

    def as_email(self) -> str:
        return self.target if self.channel is Channel.EMAIL else ""


def _digest(target: str, code: str) -> str:
    return hmac.digest(settings.ADDRESS_KEY, f"code:{target}:{code}".encode(), "sha256").hex()


def send_code(*, channel: Channel, target: str, address: str | None) -> dict[str, Any]:
    """Send a code; returns what the session keeps. Refuses the sixth within a quarter hour."""
    claims = guard.claims_of(GuardScope.CODE, f"send:{target}", user=None, address=address)
    try:
        guard.take(claims)
    except RefusedError as blocked:
        reason = _("验证码发得太频繁了。")
        raise RefusedError(reason, remedy=blocked.refusal.remedy) from blocked
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    body = _("验证码 %(code)s，10 分钟内有效。不是您本人操作的，请不要理会，也不要告诉别人。")
    try:
        deliver(channel, address=target, title=_("考生服务验证码"), body=body % {"code": code})
    except UndeliveredError as fault:
        raise RefusedError(
            _("验证码没有发出去。"), remedy=_("请稍后再试，或用激活条开通账号。")
        ) from fault
    until = timezone.now() + LIFE
    return {
        "channel": channel.value,
        "target": target,
        "digest": _digest(target, code),
        "until": until.isoformat(),
    }


def check_code(*, kept: dict[str, Any] | None, code: str, address: str | None) -> dict[str, Any]:
    """Judge a typed code; returns the proof the session keeps. Five tries in a quarter hour."""
    if not kept or timezone.now() > datetime.fromisoformat(kept["until"]):
        raise RefusedError(_("验证码已过期。"), remedy=_("请重新获取。"))
    target = str(kept["target"])
    claims = guard.claims_of(GuardScope.CODE, f"try:{target}", user=None, address=address)
    left = guard.take(claims)
    if not hmac.compare_digest(kept["digest"], _digest(target, code.strip())):
        guard.failed(claims, left)
        raise RefusedError(_("验证码不对。"), remedy=guard.remaining(left))
    guard.passed(claims)
    until = timezone.now() + PROVEN_FOR
    return {"channel": kept["channel"], "target": target, "until": until.isoformat()}


def proof_of(kept: dict[str, Any] | None) -> Proof | None:
    """The proof the session keeps, while it holds."""
    if not kept or timezone.now() > datetime.fromisoformat(kept["until"]):
        return None
    return Proof(Channel(kept["channel"]), str(kept["target"]))
