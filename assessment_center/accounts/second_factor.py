"""The second step of a staff sign-in: one-time codes (RFC 6238) and recovery codes."""

import base64
import secrets
import time
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_otp.oath import totp

from assessment_center import sealing
from assessment_center.accounts import codes, guard
from assessment_center.accounts.enums import Act, GuardScope, Role
from assessment_center.accounts.models import RecoveryCode, SecondFactor, User
from assessment_center.audit.services import record
from assessment_center.registry import Actor, RefusedError

STEP = 30
DRIFT = (0, -1, 1)  # a clock may be half a minute off
SECRET_BYTES = 20
RECOVERY_CODES = 10
RECOVERY = "recovery"


def is_demanded(user: User) -> bool:
    """Whether the setting asks a second factor of one of the user's roles.

    Accounts of the demo centre are let in without; they exist only where `load_demo` was run.
    """
    asked: str = settings.SECOND_FACTOR_ROLES
    if asked == "none" or user.is_demo or not user.is_staff:
        return False
    named = {name.strip() for name in asked.split(",")}
    return asked == "all" or bool({role.value for role in user.roles} & named)


def check_setting() -> list[str]:
    """The words of the setting that are no role."""
    named = {name.strip() for name in settings.SECOND_FACTOR_ROLES.split(",")}
    return sorted(named - {"all", "none"} - {role.value for role in Role})


@transaction.atomic
def begin(*, user: User) -> str:
    """The secret to be entered in the telephone, as base32; it counts once a code confirms it.

    Beginning again while unconfirmed shows the same secret, so a reloaded page stays valid.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    if locked.second_factor_since is not None:
        raise RefusedError(_("第二验证已经启用。"), remedy=_("如需更换手机，请由主任重设。"))
    found = SecondFactor.objects.filter(user=locked).first()
    if found is None:
        found = SecondFactor(user=locked)
        secret = secrets.token_bytes(SECRET_BYTES)
        found.secret_sealed = sealing.seal_value(secret.hex(), row_id=found.pk)
        found.save(force_insert=True)
    return base64.b32encode(_secret(found)).decode()


def address(user: User, secret: str) -> str:
    """What the QR code says to the telephone (the key URI format of authenticator apps)."""
    issuer = _("技能等级认定中心")
    label = quote(f"{issuer}:{user.username}")
    return f"otpauth://totp/{label}?" + urlencode({"secret": secret, "issuer": issuer})


@transaction.atomic
def confirm(*, user: User, code: str) -> list[str]:
    """Switch the second factor on with a first right code; returns the recovery codes, once."""
    factor = SecondFactor.objects.select_for_update().filter(user=user).first()
    if factor is None or user.second_factor_since is not None:
        raise RefusedError(_("请先扫描二维码。"))
    step = _step_of(factor, code)
    if step is None:
        raise RefusedError(
            _("验证码不对。"), remedy=_("请核对手机时间是否自动校准，再输入当前的 6 位数字。")
        )
    now = timezone.now()
    factor.last_step, factor.confirmed_at = step, now
    factor.save(update_fields=["last_step", "confirmed_at"])
    User.objects.filter(pk=user.pk).update(second_factor_since=now)
    user.second_factor_since = now
    record(actor=user.as_actor(), verb="account.second_factor_on", subject=user.subject)
    return _new_recovery_codes(user)


@transaction.atomic
def renew_recovery_codes(*, user: User) -> list[str]:
    """Ten fresh codes; the former ones are worth nothing any more."""
    if user.second_factor_since is None:
        raise RefusedError(_("请先启用第二验证。"))
    record(actor=user.as_actor(), verb="account.recovery_codes", subject=user.subject)
    return _new_recovery_codes(user)


def _new_recovery_codes(user: User) -> list[str]:
    RecoveryCode.objects.filter(user=user).delete()
    fresh = [codes.new_code() for _number in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, digest=codes.digest(RECOVERY, user.pk, code)) for code in fresh
    )
    return fresh


def check(*, user: User, code: str, address: str | None) -> None:
    """Let a right code pass once; refuses a wrong one, a used one, and the sixth try.

    Not atomic: the count of tries stays when the code is refused.
    """
    claims = guard.claims_of(GuardScope.CODE, str(user.pk), user=user, address=address)
    left = guard.take(claims)
    if not _consume(user, code):
        guard.failed(claims, left)
        raise RefusedError(_("验证码不对，或已经用过。"), remedy=guard.remaining(left))
    guard.passed(claims)


@transaction.atomic
def _consume(user: User, code: str) -> bool:
    """Take a code out of circulation; the row lock lets one of two simultaneous uses win."""
    factor = SecondFactor.objects.select_for_update().filter(user=user).first()
    if factor is None or factor.confirmed_at is None:
        return False
    step = _step_of(factor, code)
    if step is not None:
        factor.last_step = step
        factor.save(update_fields=["last_step"])
        return True
    spent = RecoveryCode.objects.filter(
        user=user, digest=codes.digest(RECOVERY, user.pk, code), used_at=None
    ).update(used_at=timezone.now())
    if spent:
        left = RecoveryCode.objects.filter(user=user, used_at=None).count()
        record(
            actor=user.as_actor(),
            verb="account.recovery_code_used",
            subject=user.subject,
            payload={"count": left},
        )
    return bool(spent)


def _step_of(factor: SecondFactor, code: str) -> int | None:
    """The time step that the code is of, if it is right and newer than the last one taken."""
    digits = "".join(c for c in code if c.isdecimal() and c.isascii())
    if len(digits) != 6 or any(c.isalpha() for c in code):  # noqa: PLR2004 - six digits a code
        return None
    secret = _secret(factor)
    now = int(time.time()) // STEP
    for drift in DRIFT:
        expected = f"{totp(secret, step=STEP, drift=drift):06d}"
        if secrets.compare_digest(expected, digits) and now + drift > factor.last_step:
            return now + drift
    return None


def _secret(factor: SecondFactor) -> bytes:
    return bytes.fromhex(sealing.open_value(factor.secret_sealed, row_id=factor.pk))


@transaction.atomic
def reset(*, actor: Actor, user: User, reason: str) -> None:
    """Take the second factor off somebody whose telephone is gone; never one's own.

    Who resets passwords may not do this: nobody can take over an account alone.
    """
    from assessment_center.accounts.sessions import end_all

    if not actor.may(Act.SECOND_FACTOR_RESET):
        raise RefusedError(_("重设第二验证由主任办理。"))
    if actor.user_id == user.pk:
        raise RefusedError(_("不能重设自己的第二验证，请用恢复码登录。"))
    if not reason.strip():
        raise RefusedError(_("请写明重设的原因。"))
    SecondFactor.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()
    User.objects.filter(pk=user.pk).update(second_factor_since=None)
    guard.forgive(user)
    end_all(user, why="factor_reset")
    record(
        actor=actor,
        verb="account.second_factor_reset",
        subject=user.subject,
        payload={"reason": reason.strip()},
    )


def renew_sealed(limit: int) -> int:
    """Bring the secrets under the present data key (see `sealing.Holder`)."""
    with transaction.atomic():
        old = [
            factor
            for factor in SecondFactor.objects.select_for_update().order_by("pk")
            if sealing.needs_rotation(factor.secret_sealed)
        ][:limit]
        for factor in old:
            factor.secret_sealed = sealing.reseal(factor.secret_sealed, row_id=factor.pk)
            factor.save(update_fields=["secret_sealed"])
    return len(old)
