"""Opening accounts and giving and taking roles."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act, Kind, Role
from assessment_center.accounts.models import RoleGrant, User
from assessment_center.accounts.sessions import end_all
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
    must_change_password: bool = False,
) -> User:
    """Open a staff account with its roles; raises `RefusedError` for a taken name.

    With `must_change_password` the password that somebody else chose lets in once only.
    """
    _require(actor, Act.ACCOUNT_MANAGE)
    if User.objects.filter(username=username).exists():
        raise RefusedError(_("登录名 %(name)s 已被使用，请换一个。") % {"name": username})
    user = User(
        username=username,
        display_name=display_name,
        kind=Kind.STAFF,
        email=email,
        phone=phone,
        must_change_password=must_change_password,
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
        _rights_changed(user)
    return grant


def _rights_changed(user: User) -> None:
    """Have the user's sessions take new keys at their next request."""
    User.objects.filter(pk=user.pk).update(rights_version=F("rights_version") + 1)
    user.__dict__.pop("roles", None)
    user.__dict__.pop("acts", None)


@transaction.atomic
def withdraw_role(*, actor: Actor, user: User, role: Role) -> None:
    """Take a role away; the trail keeps that it was held."""
    _require(actor, Act.ACCOUNT_MANAGE)
    deleted, _rows = RoleGrant.objects.filter(user=user, role=role).delete()
    if deleted:
        record(actor=actor, verb="role.withdraw", subject=user.subject, payload={"role": role})
        _rights_changed(user)


@transaction.atomic
def set_active(*, actor: Actor, user: User, active: bool) -> None:
    """Close an account or open it again; nobody closes his own."""
    _require(actor, Act.ACCOUNT_MANAGE)
    if actor.user_id == user.id:
        raise RefusedError(_("不能停用自己的账号，请由另一位管理员办理。"))
    changed = User.objects.filter(pk=user.pk, is_active=not active).update(is_active=active)
    if changed:
        if not active:
            end_all(user, why="account_closed")
        verb = "account.open" if active else "account.close"
        record(actor=actor, verb=verb, subject=user.subject)
