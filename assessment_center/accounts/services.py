"""Opening accounts and giving and taking roles."""

from collections.abc import Iterable

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act, Kind, Role
from assessment_center.accounts.models import RoleGrant, User
from assessment_center.audit.services import record
from assessment_center.registry import Actor, RefusedError


def _require(actor: Actor, act: Act) -> None:
    if not actor.may(act):
        raise RefusedError(_("您的角色不能管理账号。请联系系统管理员。"))


@transaction.atomic
def create_staff(
    *,
    actor: Actor,
    username: str,
    display_name: str,
    password: str,
    roles: Iterable[Role],
    email: str = "",
    phone: str = "",
) -> User:
    """Open a staff account with its roles; raises `RefusedError` for a taken name."""
    _require(actor, Act.ACCOUNT_MANAGE)
    if User.objects.filter(username=username).exists():
        raise RefusedError(_("登录名 %(name)s 已被使用，请换一个。") % {"name": username})
    user = User(
        username=username, display_name=display_name, kind=Kind.STAFF, email=email, phone=phone
    )
    user.set_password(password)
    user.save(force_insert=True)
    record(actor=actor, verb="account.create", subject=user.subject, payload={"kind": user.kind})
    for role in roles:
        grant_role(actor=actor, user=user, role=role)
    return user


@transaction.atomic
def create_candidate_account(
    *, actor: Actor, username: str, display_name: str, password: str, phone: str = ""
) -> User:
    """Open a candidate's account; `username` is the keyed hash of the ID number, never itself."""
    if User.objects.filter(username=username).exists():
        raise RefusedError(_("该证件号码已注册过，请直接登录。"))
    user = User(username=username, display_name=display_name, kind=Kind.CANDIDATE, phone=phone)
    user.set_password(password)
    user.save(force_insert=True)
    record(actor=actor, verb="account.create", subject=user.subject, payload={"kind": user.kind})
    return user


@transaction.atomic
def grant_role(*, actor: Actor, user: User, role: Role) -> RoleGrant:
    """Give a role; nobody gives one to himself."""
    _require(actor, Act.ACCOUNT_MANAGE)
    if actor.user_id == user.id:
        raise RefusedError(_("不能给自己授予角色，请由另一位管理员办理。"))
    if user.kind != Kind.STAFF:
        raise RefusedError(_("考生账号不能授予工作人员角色。"))
    grant, created = RoleGrant.objects.get_or_create(
        user=user, role=role, defaults={"granted_by_id": actor.user_id}
    )
    if created:
        record(actor=actor, verb="role.grant", subject=user.subject, payload={"role": role})
    user.__dict__.pop("roles", None)
    user.__dict__.pop("acts", None)
    return grant


@transaction.atomic
def withdraw_role(*, actor: Actor, user: User, role: Role) -> None:
    """Take a role away; the trail keeps that it was held."""
    _require(actor, Act.ACCOUNT_MANAGE)
    deleted, _rows = RoleGrant.objects.filter(user=user, role=role).delete()
    if deleted:
        record(actor=actor, verb="role.withdraw", subject=user.subject, payload={"role": role})


@transaction.atomic
def set_active(*, actor: Actor, user: User, active: bool) -> None:
    """Close an account or open it again; nobody closes his own."""
    _require(actor, Act.ACCOUNT_MANAGE)
    if actor.user_id == user.id:
        raise RefusedError(_("不能停用自己的账号，请由另一位管理员办理。"))
    changed = User.objects.filter(pk=user.pk, is_active=not active).update(is_active=active)
    if changed:
        verb = "account.open" if active else "account.close"
        record(actor=actor, verb=verb, subject=user.subject)


@transaction.atomic
def reset_password(*, actor: Actor, user: User, password: str) -> None:
    """Give a member of staff a new password; raises `ValidationError` for a weak one."""
    _require(actor, Act.ACCOUNT_MANAGE)
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    record(actor=actor, verb="account.reset_password", subject=user.subject)
