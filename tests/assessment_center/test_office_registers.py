"""Registers: who sees them, saving through the service, and the export of what is shown."""

import io
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from openpyxl import load_workbook

from assessment_center.accounts.admin import UserAdmin
from assessment_center.accounts.enums import Role
from assessment_center.accounts.models import User
from assessment_center.admin_base import ServiceModelAdmin
from assessment_center.audit.models import AuditEntry
from assessment_center.catalog.models import Occupation
from tests.assessment_center.office_helpers import page_text, signed_in
from tests.factories.foundation import PASSWORD, make_user

pytestmark = pytest.mark.django_db
USERS = "/admin/accounts/user/"
OCCUPATIONS = "/admin/catalog/occupation/"


def account(**more: Any) -> dict[str, Any]:
    return {
        "username": "lin",
        "display_name": "林晓岚",
        "password": PASSWORD,
        "roles": ["clerk", "reviewer"],
        "email": "",
        "phone": "",
        "is_active": "on",
        **more,
    }


def test_every_register_of_ours_saves_through_a_service_or_not_at_all() -> None:
    ours = [r for m, r in admin.site._registry.items() if not m.__module__.startswith("django.")]
    assert ours
    assert [r for r in ours if not isinstance(r, ServiceModelAdmin)] == []


@pytest.mark.parametrize("role", list(Role))
def test_accounts_are_seen_by_those_who_manage_them(role: Role) -> None:
    response = signed_in(role).get(USERS)
    assert response.status_code == (200 if role == Role.ADMINISTRATOR else 403)


def test_an_account_is_opened_through_the_service() -> None:
    client = signed_in(Role.ADMINISTRATOR)
    response = client.post(f"{USERS}add/", account())
    assert response.status_code == 302
    user = User.objects.get(username="lin")
    assert user.roles == {Role.CLERK, Role.REVIEWER}
    assert (user.check_password(PASSWORD), user.must_change_password) == (True, True)
    entry = AuditEntry.objects.get(verb="account.create", subject_id=user.pk)
    assert entry.actor_id == client.user.pk
    assert LogEntry.objects.count() == 0


def test_what_the_service_refuses_stays_in_the_form() -> None:
    make_user(username="lin")
    response = signed_in(Role.ADMINISTRATOR).post(f"{USERS}add/", account(username="lin "))
    assert response.status_code == 200
    text = page_text(response)
    assert "林晓岚" in text
    assert User.objects.filter(display_name="林晓岚").count() == 0


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"password": ""}, "请为新账号设置密码。"), ({"password": "123"}, "密码")],
)
def test_bad_passwords_are_told(wrong: dict[str, str], told: str) -> None:
    response = signed_in(Role.ADMINISTRATOR).post(f"{USERS}add/", account(**wrong))
    assert response.status_code == 200
    assert told in page_text(response)
    assert not User.objects.filter(username="lin").exists()


def test_roles_and_state_are_changed_through_services() -> None:
    user = make_user(Role.CLERK, Role.ARCHIVIST, username="lin")
    changed = {"roles": ["reviewer", "clerk"], "password": "Another-2026-night"}
    response = signed_in(Role.ADMINISTRATOR).post(f"{USERS}{user.pk}/change/", changed)
    assert response.status_code == 302
    user = User.objects.get(pk=user.pk)
    assert user.roles == {Role.CLERK, Role.REVIEWER}
    assert (user.is_active, user.check_password(PASSWORD)) == (False, True)
    verbs = AuditEntry.objects.filter(subject_id=user.pk).order_by("id")
    assert list(verbs.values_list("verb", flat=True))[3:] == [
        "role.grant",
        "role.withdraw",
        "account.close",
    ]


def test_nobody_gives_himself_a_role() -> None:
    client = signed_in(Role.ADMINISTRATOR)
    changed = {"roles": ["administrator", "head"], "password": "", "is_active": "on"}
    response = client.post(f"{USERS}{client.user.pk}/change/", changed)
    assert response.status_code == 200
    assert "不能给自己授予角色" in page_text(response)
    assert User.objects.get(pk=client.user.pk).roles == {Role.ADMINISTRATOR}


def test_nobody_closes_his_own_account() -> None:
    client = signed_in(Role.ADMINISTRATOR)
    changed = {"roles": ["administrator"], "password": ""}
    response = client.post(f"{USERS}{client.user.pk}/change/", changed)
    assert "不能停用自己的账号" in page_text(response)


def test_nothing_is_deleted() -> None:
    user = make_user()
    assert signed_in(Role.ADMINISTRATOR).post(f"{USERS}{user.pk}/delete/").status_code == 403


def test_a_register_without_service_is_read_only() -> None:
    occupation = Occupation.objects.create(code="6-31-01-03", name="电工", edition=2022)
    client = signed_in(Role.HEAD)
    assert client.get(f"{OCCUPATIONS}add/").status_code == 403
    assert "电工" in page_text(client.get(f"{OCCUPATIONS}{occupation.pk}/change/"))
    changed = client.post(f"{OCCUPATIONS}{occupation.pk}/change/", {"name": "x"})
    assert changed.status_code == 403
    assert Occupation.objects.get().name == "电工"


def workbook(content: bytes) -> list[tuple[Any, ...]]:
    return list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))


def test_the_export_is_what_the_list_shows() -> None:
    for number, name in enumerate(("电工", "焊工", "钳工")):
        Occupation.objects.create(
            code=f"6-31-01-0{number}", name=name, edition=2022, is_active=name != "钳工"
        )
    client = signed_in(Role.HEAD)
    listed = page_text(client.get(f"{OCCUPATIONS}?is_active__exact=1"))
    assert "?is_active__exact=1&amp;_export=1" in listed
    response = client.get(f"{OCCUPATIONS}?is_active__exact=1&_export=1")
    assert workbook(response.content) == [
        ("职业编码", "职业名称", "小类名称", "分类大典版本", "使用中"),
        ("6-31-01-00", "电工", None, "2022", "是"),
        ("6-31-01-01", "焊工", None, "2022", "是"),
    ]
    entry = AuditEntry.objects.get(verb="register.export")
    assert (entry.subject_kind, entry.payload["rows"]) == ("catalog.occupation", 2)


def test_the_export_is_for_those_who_see_the_list() -> None:
    assert signed_in(Role.ITEM_WRITER).get(f"{USERS}?_export=1").status_code == 403
    assert AuditEntry.objects.filter(verb="register.export").count() == 0


def test_the_search_finds_by_initials() -> None:
    Occupation.objects.create(code="6-31-01-03", name="电工", edition=2022, initials="dg")
    Occupation.objects.create(code="6-18-02-04", name="焊工", edition=2022, initials="hg")
    text = page_text(signed_in(Role.HEAD).get(f"{OCCUPATIONS}?q=dg"))
    assert ("电工" in text, "焊工" in text) == (True, False)


def test_candidates_are_not_in_the_register_of_staff() -> None:
    assert UserAdmin(User, admin.site).get_queryset(_Asking()).query.where


class _Asking:
    user = None
