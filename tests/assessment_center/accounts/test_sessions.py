"""Sessions of staff: they run out, are seen, are ended, and take new keys."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessment_center.accounts import services, sessions
from assessment_center.accounts.enums import Role
from assessment_center.accounts.models import SignIn, User
from assessment_center.audit.models import AuditEntry
from assessment_center.registry import SYSTEM
from tests.assessment_center.office_helpers import page_text, signed_in
from tests.factories.foundation import PASSWORD, make_user

pytestmark = pytest.mark.django_db
MINE = "accounts_office:mine"
LOGIN = "/admin/login/"


@pytest.fixture
def limits(settings: Any) -> None:
    settings.STAFF_IDLE_MINUTES, settings.STAFF_SESSION_HOURS = 60, 12
    settings.CONFIRM_MINUTES = 10


def key_of(client: Client) -> str:
    return client.session.session_key or ""


@pytest.mark.usefixtures("limits")
def test_an_idle_session_ends(frozen: Callable[..., Any]) -> None:
    clock = frozen(2026, 4, 2, 9)
    client = signed_in(Role.CLERK)
    clock.shift(timedelta(minutes=59))
    assert client.get("/admin/").status_code == 200
    clock.shift(timedelta(minutes=59))
    assert client.get("/admin/").status_code == 200
    clock.shift(timedelta(minutes=61))
    answer = client.get("/admin/work/batches/")
    assert answer.headers["Location"] == f"{LOGIN}?next=/admin/work/batches/"
    assert "登录已超时" in page_text(client.get(answer.headers["Location"]))
    assert SignIn.objects.get().ended_at is not None


@pytest.mark.usefixtures("limits")
def test_a_page_that_asks_by_itself_keeps_nothing_alive(frozen: Callable[..., Any]) -> None:
    clock = frozen(2026, 4, 2, 9)
    client = signed_in(Role.CLERK)
    for _minute in range(6):
        clock.shift(timedelta(minutes=10))
        assert client.get("/admin/work/jobs/", headers={"HX-Request": "true"}).status_code == 200
    clock.shift(timedelta(minutes=1))
    assert client.get("/admin/").status_code == 302


@pytest.mark.usefixtures("limits")
def test_no_session_outlasts_the_day(frozen: Callable[..., Any]) -> None:
    clock = frozen(2026, 4, 2, 9)
    client = signed_in(Role.CLERK)
    answers = []
    for _half_hour in range(25):
        clock.shift(timedelta(minutes=30))
        answers.append(client.get("/admin/").status_code)
    assert answers == [200] * 24 + [302]


def test_a_session_of_before_the_gate_is_not_believed() -> None:
    client = signed_in(Role.CLERK)
    session = client.session
    del session[sessions.MARK]
    session.save()
    assert client.get("/admin/").headers["Location"].startswith(LOGIN)


def test_signing_in_gives_a_new_key() -> None:
    user = make_user(Role.CLERK)
    client = Client()
    session = client.session
    session["seed"] = 1
    session.save()
    before = key_of(client)
    client.cookies["sessionid"] = before
    client.post(LOGIN, {"username": user.username, "password": PASSWORD})
    assert key_of(client) != before
    assert SignIn.objects.get().session_key == key_of(client)


def test_changed_roles_give_a_new_key_at_the_next_request() -> None:
    client = signed_in(Role.CLERK)
    assert client.get("/admin/").status_code == 200
    before = key_of(client)
    assert client.get("/admin/").status_code == 200
    assert key_of(client) == before
    services.grant_role(actor=SYSTEM, user=client.user, role=Role.REVIEWER)
    assert client.get("/admin/").status_code == 200
    assert key_of(client) != before
    stale = Client()
    stale.cookies["sessionid"] = before
    assert stale.get("/admin/").status_code == 302


def test_one_sees_ones_sessions_and_ends_those_elsewhere() -> None:
    client = signed_in(Role.CLERK)
    office, home = Client(), Client()
    for other in (office, home):
        other.force_login(client.user)
    assert page_text(client.get(reverse(MINE))).count("退出这个登录") == 2
    row = SignIn.objects.get(session_key=key_of(home))
    client.post(reverse("accounts_office:end_one", args=[row.pk]))
    assert home.get("/admin/").status_code == 302
    assert office.get("/admin/").status_code == 200
    client.post(reverse("accounts_office:end_others"))
    assert office.get("/admin/").status_code == 302
    assert client.get("/admin/").status_code == 200
    assert AuditEntry.objects.filter(verb="account.end_session").count() == 2


def test_nobody_ends_anothers_session() -> None:
    client, other = signed_in(Role.CLERK), signed_in(Role.CLERK)
    row = SignIn.objects.get(user=other.user)
    client.post(reverse("accounts_office:end_one", args=[row.pk]))
    assert other.get("/admin/").status_code == 200


def test_a_closed_account_is_out_at_once() -> None:
    client = signed_in(Role.CLERK)
    services.set_active(actor=SYSTEM, user=client.user, active=False)
    assert client.get("/admin/").status_code == 302
    assert SignIn.objects.get().ended_why == "account_closed"


def test_signing_out_ends_the_row() -> None:
    client = signed_in(Role.CLERK)
    client.post(reverse("admin:logout"))
    assert SignIn.objects.get().ended_why == "signed_out"


def test_a_changed_password_ends_the_other_sessions() -> None:
    client = signed_in(Role.CLERK)
    other = Client()
    other.force_login(client.user)
    given = {"present": PASSWORD, "password": "Another-2026-night", "again": "Another-2026-night"}
    assert client.post(reverse("admin:password_change"), given).status_code == 303
    assert client.get("/admin/").status_code == 200
    assert other.get("/admin/").status_code == 302


@pytest.mark.usefixtures("limits")
def test_grave_acts_ask_again_and_lose_nothing(frozen: Callable[..., Any]) -> None:
    clock = frozen(2026, 4, 2, 9)
    admin = signed_in(Role.ADMINISTRATOR)
    clerk = make_user(Role.CLERK)
    url = f"/admin/accounts/user/{clerk.pk}/change/"
    clock.shift(timedelta(minutes=11))
    filled = {"roles": ["clerk", "archivist"], "is_active": "on"}
    asked = page_text(admin.post(url, filled))
    assert "请确认是您本人" in asked
    assert asked.count('name="roles"') == 2
    assert User.objects.get(pk=clerk.pk).roles == {Role.CLERK}
    assert "登录名或密码不对" in page_text(admin.post(url, {**filled, "_proof": "wrong"}))
    before = key_of(admin)
    assert admin.post(url, {**filled, "_proof": PASSWORD}).status_code == 302
    assert User.objects.get(pk=clerk.pk).roles == {Role.CLERK, Role.ARCHIVIST}
    assert key_of(admin) != before
    assert admin.post(url, {**filled, "roles": ["clerk"]}).status_code == 302


@pytest.mark.usefixtures("limits")
def test_a_form_with_secrets_is_not_carried_over(frozen: Callable[..., Any]) -> None:
    clock = frozen(2026, 4, 2, 9)
    admin = signed_in(Role.ADMINISTRATOR)
    clock.shift(timedelta(minutes=11))
    filled = {"username": "neu", "password": "Sehr-geheim-2026", "roles": ["clerk"]}
    asked = page_text(admin.post("/admin/accounts/user/add/", filled))
    assert "Sehr-geheim-2026" not in asked
    answer = admin.post("/admin/accounts/user/add/", {"_proof": PASSWORD, "_refill": "1"})
    assert answer.status_code == 303
    assert not User.objects.filter(username="neu").exists()


@pytest.mark.parametrize(
    "view", ["questionbank.office.release.release", "certificates.office.ledger.revoke"]
)
@pytest.mark.usefixtures("limits")
def test_papers_and_certificates_ask_again(frozen: Callable[..., Any], view: str, rf: Any) -> None:
    """Opening sealed papers and revoking a certificate stand behind the same question."""
    from importlib import import_module
    from uuid import uuid4

    clock = frozen(2026, 4, 2, 9)
    client = signed_in(Role.HEAD)
    clock.shift(timedelta(minutes=11))
    module, _, name = view.rpartition(".")
    request = rf.post("/admin/x/", {"reason": "x"})
    request.user, request.session = client.user, client.session
    request.LANGUAGE_CODE = "zh-hans"
    answer = getattr(import_module(module), name)(request, uuid4())
    assert "请确认是您本人" in page_text(answer)
