"""Accounts, roles and what they may do."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessment_center.accounts import services
from assessment_center.accounts.demo_users import DEMO_USERS, ensure_demo_users
from assessment_center.accounts.enums import Act, Kind, Role
from assessment_center.accounts.management.commands import migrate
from assessment_center.accounts.models import RoleGrant, User
from assessment_center.accounts.rules.role_matrix import ROLE_MATRIX, acts_of
from assessment_center.audit.models import AuditEntry
from assessment_center.registry import SYSTEM, RefusedError
from tests.factories.foundation import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def candidate() -> User:
    return services.create_candidate_account(
        actor=SYSTEM, username="ab" * 32, display_name="考生", password=PASSWORD
    )


@pytest.mark.parametrize("role", list(Role))
def test_a_user_may_what_the_matrix_says(role: Role) -> None:
    user = make_user(role)
    fresh = User.objects.get(pk=user.pk)
    assert fresh.acts == ROLE_MATRIX[role]
    assert fresh.as_actor().may(Act.HOME)
    assert fresh.has_perms([str(Act.HOME)])
    assert not fresh.has_perm(Act.PORTAL)
    assert (fresh.is_staff, fresh.is_superuser, fresh.has_module_perms("x")) == (True, False, True)


def test_several_roles_add_up() -> None:
    user = make_user(Role.CLERK, Role.ARCHIVIST)
    assert user.acts == acts_of([Role.CLERK, Role.ARCHIVIST])


def test_a_candidate_has_the_portal_only() -> None:
    user = candidate()
    assert user.acts == {Act.PORTAL}
    assert not user.is_staff
    with pytest.raises(RefusedError, match="已注册过"):
        candidate()
    with pytest.raises(RefusedError, match="考生账号"):
        services.grant_role(actor=SYSTEM, user=user, role=Role.CLERK)


def test_an_inactive_user_may_nothing() -> None:
    user = make_user(Role.HEAD)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert User.objects.get(pk=user.pk).acts == frozenset()


def test_a_role_ends_with_its_day() -> None:
    user = make_user(Role.HEAD)
    RoleGrant.objects.filter(user=user).update(until=timezone.now() - timedelta(seconds=1))
    assert User.objects.get(pk=user.pk).roles == frozenset()


def test_only_an_administrator_opens_accounts_and_never_for_himself() -> None:
    administrator = make_user(Role.ADMINISTRATOR)
    clerk = make_user(Role.CLERK)
    with pytest.raises(RefusedError, match="不能管理账号"):
        services.grant_role(actor=clerk.as_actor(), user=clerk, role=Role.HEAD)
    with pytest.raises(RefusedError, match="不能给自己"):
        services.grant_role(actor=administrator.as_actor(), user=administrator, role=Role.HEAD)
    services.grant_role(actor=administrator.as_actor(), user=clerk, role=Role.REVIEWER)
    assert clerk.roles == {Role.CLERK, Role.REVIEWER}
    services.withdraw_role(actor=administrator.as_actor(), user=clerk, role=Role.REVIEWER)
    services.withdraw_role(actor=administrator.as_actor(), user=clerk, role=Role.REVIEWER)
    assert User.objects.get(pk=clerk.pk).roles == {Role.CLERK}
    assert AuditEntry.objects.filter(verb="role.withdraw").count() == 1


def test_granting_twice_is_one_grant_and_one_entry() -> None:
    user = make_user(Role.CLERK)
    services.grant_role(actor=SYSTEM, user=user, role=Role.CLERK)
    assert AuditEntry.objects.filter(verb="role.grant", subject_id=user.pk).count() == 1


def test_a_taken_name_is_refused() -> None:
    make_user(username="wang")
    with pytest.raises(RefusedError, match="wang 已被使用"):
        make_user(username="wang")


def test_the_database_knows_kinds_and_roles() -> None:
    user = make_user(Role.CLERK)
    with pytest.raises(IntegrityError, match="user_kind_known"), transaction.atomic():
        User.objects.filter(pk=user.pk).update(kind="ghost")
    with pytest.raises(IntegrityError, match="role_grant_known"), transaction.atomic():
        RoleGrant.objects.filter(user=user).update(role="king")
    with pytest.raises(IntegrityError, match="role_grant_once"), transaction.atomic():
        RoleGrant.objects.create(user=user, role=Role.CLERK)


def test_names_by_which_people_sign_in() -> None:
    user = make_user(username="li", display_name="李静")
    assert User.objects.get_by_natural_key("li") == user
    assert str(user) == "李静"
    assert user.kind == Kind.STAFF
    assert user.check_password(PASSWORD)


def test_demo_users_cover_every_role_once_opened(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demo_signins")
    assert "没有演示账号" in capsys.readouterr().out
    users = ensure_demo_users()
    assert ensure_demo_users() == users
    assert {role for _name, _shown, role in DEMO_USERS} == set(Role)
    call_command("demo_signins")
    shown = capsys.readouterr().out
    assert all(name in shown for name in users)


@pytest.mark.parametrize(
    ("aliases", "asked", "used"),
    [
        ({"default": {}, "owner": {}}, "default", "owner"),
        ({"default": {}}, "default", "default"),
        ({"default": {}, "owner": {}, "other": {}}, "other", "other"),
    ],
)
def test_migrations_run_as_the_owner(
    monkeypatch: pytest.MonkeyPatch, aliases: dict[str, object], asked: str, used: str
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(migrate.connections, "settings", aliases)
    monkeypatch.setattr(
        migrate.MigrateCommand, "handle", lambda _self, **options: seen.append(options["database"])
    )
    migrate.Command().handle(database=asked)
    assert seen == [used]
