"""Passwords of staff: checked under the brake, changed by their owner, reset by a one-time code."""

from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts import codes, guard
from assessment_center.accounts.enums import Act, GuardScope, Kind
from assessment_center.accounts.models import PasswordReset, User
from assessment_center.accounts.sessions import end_all
from assessment_center.audit.services import record
from assessment_center.registry import Actor, RefusedError

RESET = "reset"
RESET_LASTS = timedelta(hours=24)


def _named(username: str) -> User | None:
    return User.objects.filter(username=username, kind=Kind.STAFF, is_active=True).first()


def check_staff(*, username: str, password: str, address: str | None) -> User:
    """The member of staff of this name and password; the same words and time for unknown names.

    Refuses the sixth check of an account within a quarter of an hour, however many come at once.
    Not atomic: the count stays when the try fails.
    """
    user = _named(username)
    claims = guard.claims_of(GuardScope.ACCOUNT, username, user=user, address=address)
    left = guard.take(claims)
    if user is None:
        User().set_password(password)  # takes as long as a check
    if user is None or not user.check_password(password):
        guard.failed(claims, left)
        raise RefusedError(
            _("登录名或密码不对，或者这不是工作人员账号。"), remedy=guard.remaining(left)
        )
    guard.passed(claims)
    return user


def confirm_password(*, user: User, password: str, address: str | None) -> None:
    """Prove once more who sits there; counted like a sign-in."""
    check_staff(username=user.username, password=password, address=address)


def _refuse_weak(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as faults:
        raise RefusedError(" ".join(faults.messages)) from faults


@transaction.atomic
def change(*, user: User, password: str) -> None:
    """Set one's own new password; the former one does not do, and other sessions end."""
    if user.check_password(password):
        raise RefusedError(_("新密码不能与原密码相同。"))
    _refuse_weak(password, user)
    _set(user, password)
    record(actor=user.as_actor(), verb="account.change_password", subject=user.subject)


def _set(user: User, password: str) -> None:
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    guard.forgive(user)


@transaction.atomic
def set_candidate_password(*, user: User, password: str) -> None:
    """Set a candidate's new password, proved by the code of his slip; other sessions end."""
    if user.kind != Kind.CANDIDATE:
        raise RefusedError(_("工作人员请从登录页设置新密码。"))
    _refuse_weak(password, user)
    locked = User.objects.select_for_update().get(pk=user.pk)
    _set(locked, password)
    user.password = locked.password
    end_all(locked, why="password_changed")
    record(actor=locked.as_actor(), verb="account.change_password", subject=locked.subject)


@transaction.atomic
def issue_reset(*, actor: Actor, user: User, lasts: timedelta = RESET_LASTS) -> str:
    """Close the password of a member of staff and return the code to set a new one, shown once.

    The administrator never learns the new password; whoever found the old one is out at once.
    """
    if not actor.may(Act.ACCOUNT_MANAGE):
        raise RefusedError(_("您的角色不能管理账号。请联系系统管理员。"))
    if actor.user_id == user.pk:
        raise RefusedError(_("不能重设自己的密码，请用“修改密码”。"))
    if user.kind != Kind.STAFF:
        raise RefusedError(_("考生请在报名页面办理。"))
    PasswordReset.objects.filter(user=user, used_at=None).delete()
    code = codes.new_code()
    PasswordReset.objects.create(
        user=user,
        digest=codes.digest(RESET, user.pk, code),
        made_by_id=actor.user_id,
        expires_at=timezone.now() + lasts,
    )
    locked = User.objects.select_for_update().get(pk=user.pk)
    locked.set_unusable_password()
    locked.save(update_fields=["password"])
    end_all(locked, why="password_reset")
    guard.forgive(locked)
    record(actor=actor, verb="account.reset_password", subject=user.subject)
    return code


def redeem(*, username: str, code: str, password: str, address: str | None) -> User:
    """Set a new password with the code that the administrator read out; the code is then spent.

    Not atomic: tries are counted like those of a password.
    """
    _refuse_weak(password, User(username=username, kind=Kind.STAFF))
    user = _named(username)
    claims = guard.claims_of(GuardScope.ACCOUNT, username, user=user, address=address)
    left = guard.take(claims)
    with transaction.atomic():
        found = _live_reset(user, code) if user else None
        if user and found:
            _refuse_weak(password, user)
            found.used_at = timezone.now()
            found.save(update_fields=["used_at"])
            _set(user, password)
            record(actor=user.as_actor(), verb="account.change_password", subject=user.subject)
            guard.passed(claims)
            return user
    guard.failed(claims, left)
    raise RefusedError(_("登录名或一次性代码不对，或者代码已过期。"), remedy=guard.remaining(left))


def _live_reset(user: User, code: str) -> PasswordReset | None:
    live = PasswordReset.objects.select_for_update().filter(
        user=user, used_at=None, expires_at__gt=timezone.now()
    )
    return live.filter(digest=codes.digest(RESET, user.pk, code)).first()
