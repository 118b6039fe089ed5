"""The second step: switched on, asked for, refused when it comes again."""

import os
import secrets
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP, totp

from assessment_center import sealing
from assessment_center.accounts import guard, second_factor
from assessment_center.accounts.demo_users import ensure_demo_users
from assessment_center.accounts.enums import Role
from assessment_center.accounts.models import RecoveryCode, SecondFactor, User
from assessment_center.audit.models import AuditEntry
from assessment_center.registry import RefusedError
from tests.assessment_center.office_helpers import page_text, signed_in
from tests.conftest import PROJECT
from tests.factories.foundation import PASSWORD, make_user

pytestmark = pytest.mark.django_db
CODE = "accounts_office:code"


def code_of(user: User, drift: int = 0) -> str:
    factor = SecondFactor.objects.get(user=user)
    secret = bytes.fromhex(sealing.open_value(factor.secret_sealed, row_id=factor.pk))
    return f"{totp(secret, drift=drift):06d}"


def enrol(user: User) -> list[str]:
    second_factor.begin(user=user)
    return second_factor.confirm(user=user, code=code_of(user, -1))


def first_step(user: User) -> Client:
    client = Client()
    given = {"username": user.username, "password": PASSWORD, "next": "/admin/work/batches/"}
    answer = client.post(reverse("admin:login"), given)
    assert answer.headers["Location"] == reverse(CODE)
    return client


def test_the_code_is_the_one_of_rfc_6238() -> None:
    """The test vectors of appendix B (SHA-1), by the library that we rely on."""
    secret = b"12345678901234567890"
    for moment, expected in ((59, 94287082), (1111111109, 7081804), (20000000000, 65353130)):
        clock = TOTP(secret, digits=8)
        clock.time = moment
        assert clock.token() == expected


@pytest.mark.parametrize("role", list(Role))
def test_staff_without_a_second_factor_see_no_page(settings: Any, role: Role) -> None:
    settings.SECOND_FACTOR_ROLES = "all"
    client = signed_in(role)
    for url in ("/admin/", "/admin/work/batches/", "/admin/accounts/user/", "/admin/work/exams/"):
        answer = client.get(url)
        assert (answer.status_code, answer.headers["Location"]) == (
            302, reverse("accounts_office:factor"),
        )  # fmt: skip
        assert client.post(url).status_code == 302
    assert client.get(reverse("accounts_office:factor")).status_code == 200


def test_the_default_of_a_real_centre_asks_everybody() -> None:
    environment = {k: v for k, v in os.environ.items() if k != "ASSESSMENT_SECOND_FACTOR"}
    words = "from assessment_center import settings as s; print(s.SECOND_FACTOR_ROLES)"
    told = subprocess.run(
        [sys.executable, "-c", words], cwd=PROJECT, env=environment, capture_output=True, check=True
    )
    assert told.stdout.decode().strip() == "all"


def test_the_setting_may_name_roles_but_no_strangers(settings: Any) -> None:
    settings.SECOND_FACTOR_ROLES = "head, administrator"
    assert second_factor.is_demanded(make_user(Role.HEAD))
    assert not second_factor.is_demanded(make_user(Role.CLERK))
    settings.SECOND_FACTOR_ROLES = "haed"
    with pytest.raises(SystemCheckError, match="haed"):
        call_command("check")


def test_the_demo_is_looked_at_without_a_telephone(settings: Any) -> None:
    settings.SECOND_FACTOR_ROLES = "all"
    head = ensure_demo_users()["head"]
    assert not second_factor.is_demanded(User.objects.get(pk=head.pk))
    enrol(head)
    client = Client()
    client.post(reverse("admin:login"), {"username": "head", "password": "demo-2026"})
    assert client.get("/admin/").status_code == 302


def test_switching_on_in_the_browser_ends_other_sessions() -> None:
    client = signed_in(Role.HEAD)
    user = client.user
    other = Client()
    other.force_login(user)
    page = client.get(reverse("accounts_office:factor"))
    assert "<svg" in page_text(page)
    assert "no-store" in page.headers["Cache-Control"]
    url = reverse("accounts_office:factor")
    assert client.post(url, {"code": "000000"}).status_code == 422
    shown = page_text(client.post(url, {"code": code_of(user)}))
    assert shown.count("<li><code>") == 10
    assert client.get("/admin/").status_code == 200
    assert other.get("/admin/").headers["Location"].startswith(reverse("admin:login"))
    assert AuditEntry.objects.filter(verb="account.second_factor_on").count() == 1


def test_two_steps_lead_in_and_one_does_not() -> None:
    user = make_user(Role.CLERK)
    enrol(user)
    client = first_step(user)
    assert client.get("/admin/work/batches/").status_code == 302
    assert "_auth_user_id" not in client.session
    wrong = client.post(reverse(CODE), {"code": "123"})
    assert "验证码不对" in page_text(wrong)
    answer = client.post(reverse(CODE), {"code": code_of(user)})
    assert answer.headers["Location"] == "/admin/work/batches/"
    assert client.get("/admin/work/batches/").status_code == 200
    entry = AuditEntry.objects.get(verb="account.sign_in")
    assert entry.payload["second_factor"] is True


def test_a_code_is_taken_once() -> None:
    user = make_user(Role.CLERK)
    enrol(user)
    code = code_of(user)
    second_factor.check(user=user, code=code, address=None)
    with pytest.raises(RefusedError, match="已经用过"):
        second_factor.check(user=user, code=code, address=None)
    with pytest.raises(RefusedError, match="已经用过"):
        second_factor.check(user=user, code=code_of(user, -1), address=None)


@pytest.mark.django_db(transaction=True)
def test_one_code_used_at_once_from_eight_places_lets_one_in() -> None:
    user = make_user(Role.CLERK)
    enrol(user)
    code = code_of(user)
    passed: list[bool] = []
    gate = threading.Barrier(8)

    def attempt() -> None:
        gate.wait()
        passed.append(second_factor._consume(user, code))
        connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(passed) == [False] * 7 + [True]


def test_codes_are_guessed_five_times_only(frozen: Callable[..., Any]) -> None:
    clock = frozen(2026, 4, 2, 9)
    user = make_user(Role.CLERK)
    enrol(user)
    for _guess in range(guard.CHECKS):
        with pytest.raises(RefusedError, match="验证码不对"):
            second_factor.check(user=user, code="12345x", address=None)
    with pytest.raises(RefusedError, match="09:15"):
        second_factor.check(user=user, code=code_of(user), address=None)
    clock.shift(timedelta(minutes=16))
    second_factor.check(user=user, code=code_of(user), address=None)


def test_a_recovery_code_is_hashed_and_good_for_one_use() -> None:
    user = make_user(Role.CLERK)
    codes = enrol(user)
    kept = b"".join(bytes(row.digest) for row in RecoveryCode.objects.all())
    assert all(code.encode() not in kept for code in codes)
    second_factor.check(user=user, code=codes[0].lower().replace("-", " "), address=None)
    with pytest.raises(RefusedError):
        second_factor.check(user=user, code=codes[0], address=None)
    fresh = second_factor.renew_recovery_codes(user=user)
    with pytest.raises(RefusedError):
        second_factor.check(user=user, code=codes[1], address=None)
    second_factor.check(user=user, code=fresh[1], address=None)
    entry = AuditEntry.objects.filter(verb="account.recovery_code_used").last()
    assert entry.payload == {"count": 9}


def test_only_the_head_resets_and_never_his_own() -> None:
    user = make_user(Role.CLERK)
    enrol(user)
    client = first_step(user)
    client.post(reverse(CODE), {"code": code_of(user)})
    head, admin = make_user(Role.HEAD).as_actor(), make_user(Role.ADMINISTRATOR).as_actor()
    with pytest.raises(RefusedError, match="由主任办理"):
        second_factor.reset(actor=admin, user=user, reason="手机丢失")
    with pytest.raises(RefusedError, match="写明"):
        second_factor.reset(actor=head, user=user, reason=" ")
    with pytest.raises(RefusedError, match="自己的"):
        second_factor.reset(actor=head, user=User.objects.get(pk=head.user_id), reason="x")
    second_factor.reset(actor=head, user=user, reason="手机丢失")
    assert not SecondFactor.objects.exists()
    assert client.get("/admin/").headers["Location"].startswith(reverse("admin:login"))
    entry = AuditEntry.objects.get(verb="account.second_factor_reset")
    assert (entry.actor_id, entry.payload) == (head.user_id, {"reason": "手机丢失"})


def test_the_secret_is_sealed_and_moves_to_a_new_key(settings: Any) -> None:
    user = make_user(Role.CLERK)
    enrol(user)
    before = code_of(user)
    old = settings.PERSONAL_DATA_KEYS[1]
    settings.PERSONAL_DATA_KEYS = {1: old, 2: secrets.token_bytes(32)}
    assert [second_factor.renew_sealed(10), second_factor.renew_sealed(10)] == [1, 0]
    settings.PERSONAL_DATA_KEYS = {2: settings.PERSONAL_DATA_KEYS[2]}
    assert code_of(user) == before


def test_the_wait_for_a_code_ends(frozen: Callable[..., Any]) -> None:
    clock = frozen(2026, 4, 2, 9)
    user = make_user(Role.CLERK)
    enrol(user)
    client = first_step(user)
    clock.shift(timedelta(minutes=11))
    assert client.get(reverse(CODE)).headers["Location"] == reverse("admin:login")
