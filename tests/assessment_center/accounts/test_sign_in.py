"""Sign-in of staff: the trail, and the brake on guessing."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from assessment_center.accounts import guard, hashers, passwords
from assessment_center.accounts.enums import GuardScope, Role
from assessment_center.accounts.models import SignInGuard, User
from assessment_center.audit.models import AuditEntry
from assessment_center.registry import RefusedError
from tests.assessment_center.office_helpers import page_text, signed_in
from tests.conftest import HASHING
from tests.factories.foundation import PASSWORD, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords cost here what they cost in earnest; elsewhere the tests make it cheap."""
    for cost, value in HASHING.items():
        monkeypatch.setattr(hashers.LighterArgon2, cost, value)


def test_a_password_is_kept_as_owasp_asks(lin: User) -> None:
    assert lin.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def sign_in(password: str, name: str = "lin", **more: Any) -> Any:
    given = {"username": name, "password": password}
    return Client().post(reverse("admin:login"), given, **more)


@pytest.fixture
def lin() -> User:
    return make_user(Role.CLERK, username="lin")


def verbs(user: User) -> list[str]:
    about = AuditEntry.objects.filter(subject_id=user.pk, verb__startswith="account.")
    return list(about.order_by("id").values_list("verb", flat=True))[1:]


def test_success_and_failure_stand_in_the_trail(lin: User) -> None:
    assert sign_in("wrong").status_code == 200
    assert sign_in(PASSWORD).status_code == 303
    assert verbs(lin) == ["account.sign_in_failed", "account.sign_in"]
    assert AuditEntry.objects.filter(verb="account.sign_in").first().payload["address"]


def test_guessing_is_slowed_down_and_ends_by_itself(lin: User, frozen: Callable[..., Any]) -> None:
    clock = frozen(2026, 4, 2, 9)
    told = [page_text(sign_in("wrong")) for _guess in range(guard.CHECKS)]
    assert "还可以再试 4 次" in told[0]
    assert "请 15 分钟后再试" in told[-1]
    blocked = page_text(sign_in(PASSWORD))
    assert "请在 09:15 以后再试" in blocked
    assert verbs(lin) == ["account.sign_in_failed"] * guard.CHECKS + ["account.block"]
    clock.shift(timedelta(minutes=15))
    assert sign_in(PASSWORD).status_code == 303


@pytest.mark.django_db(transaction=True)
def test_forty_at_once_get_five_checks() -> None:
    make_user(Role.CLERK, username="lin")
    checks, told = [], []
    gate = threading.Barrier(40)
    plain = User.check_password

    def counted(user: User, password: str) -> bool:
        checks.append(password)
        return plain(user, password)

    def attempt() -> None:
        gate.wait()
        try:
            passwords.check_staff(username="lin", password="wrong", address="10.0.0.9")
        except RefusedError as refused:
            told.append(str(refused.refusal.reason))
        finally:
            connection.close()

    with mock.patch.object(User, "check_password", counted):
        threads = [threading.Thread(target=attempt) for _ in range(40)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(checks) == 5
    assert sum(words.startswith("密码试错太多") for words in told) == 35


def test_unknown_names_are_told_the_same_at_the_same_cost(lin: User) -> None:
    with mock.patch(
        "assessment_center.accounts.hashers.LighterArgon2.encode", return_value="x"
    ) as hashed:
        unknown = page_text(sign_in("x", "nobody"))
    assert hashed.call_count == 1
    known = page_text(sign_in("x"))
    words = "登录名或密码不对，或者这不是工作人员账号。"
    assert words in unknown
    assert words in known
    entry = AuditEntry.objects.filter(verb="account.sign_in_failed").first()
    assert "nobody" not in str(entry.payload)
    for _more in range(4):
        sign_in("x", "nobody")
    assert "试错太多" in page_text(sign_in("x", "nobody"))


def test_an_address_that_tries_many_names_is_held_back(lin: User, settings: Any) -> None:
    settings.ADDRESS_FAILURES = 3
    for number in range(3):
        sign_in("wrong", f"name{number}", REMOTE_ADDR="10.9.8.7")
    assert "这个网络的登录试错太多" in page_text(sign_in(PASSWORD, REMOTE_ADDR="10.9.8.7"))
    assert sign_in(PASSWORD, REMOTE_ADDR="10.9.8.8").status_code == 303


def test_right_passwords_do_not_use_up_the_address(lin: User, settings: Any) -> None:
    settings.ADDRESS_FAILURES = 2
    assert [sign_in(PASSWORD).status_code for _time in range(5)] == [303] * 5


def test_the_header_is_believed_only_from_our_own_proxies(settings: Any, lin: User) -> None:
    forged = {"HTTP_X_FORWARDED_FOR": "1.2.3.4, 10.0.0.5", "REMOTE_ADDR": "172.18.0.2"}
    sign_in("wrong", **forged)
    settings.PROXY_HOPS = 1
    sign_in("wrong", **forged)
    kept = SignInGuard.objects.filter(scope=GuardScope.ADDRESS).order_by("since")
    assert [row.address for row in kept] == ["172.18.0.2", "10.0.0.5"]


def test_the_office_lifts_a_block_and_the_trail_says_who(lin: User) -> None:
    for _guess in range(guard.CHECKS):
        sign_in("wrong")
    admin = signed_in(Role.ADMINISTRATOR)
    page = page_text(admin.get(reverse("accounts_office:safety")))
    row = SignInGuard.objects.get(scope=GuardScope.ACCOUNT)
    assert lin.display_name in page
    clerk = signed_in(Role.CLERK)
    assert clerk.post(reverse("accounts_office:lift", args=[row.pk])).status_code == 403
    admin.post(reverse("accounts_office:lift", args=[row.pk]))
    entry = AuditEntry.objects.get(verb="account.lift_block")
    assert (entry.actor_id, entry.subject_id) == (admin.user.pk, lin.pk)
    assert sign_in(PASSWORD).status_code == 303


def test_the_database_itself_counts_no_further(lin: User) -> None:
    guard.take(guard.claims_of(GuardScope.ACCOUNT, "lin", user=lin, address=None))
    with pytest.raises(IntegrityError, match="sign_in_guard_limit"), transaction.atomic():
        SignInGuard.objects.update(checks=6)
    with pytest.raises(IntegrityError, match="sign_in_guard_scope"), transaction.atomic():
        SignInGuard.objects.update(scope="other")


def test_a_one_time_code_gives_a_new_password_once(lin: User) -> None:
    admin = signed_in(Role.ADMINISTRATOR)
    shown = admin.post(reverse("accounts_office:reset_password", args=[lin.pk]))
    code = page_text(shown).split("<code>")[1].split("</code>")[0]
    assert page_text(sign_in(PASSWORD)).count("登录名或密码不对") == 1
    given = {
        "username": "lin",
        "code": code.lower(),
        "password": "长夜漫漫-Orbit-7",
        "again": "长夜漫漫-Orbit-7",
    }
    page = reverse("accounts_office:redeem")
    assert Client().post(page, {**given, "code": "AAAA-AAAA-AAAA"}).status_code == 200
    assert Client().post(page, {**given, "password": "short", "again": "short"}).status_code == 200
    assert Client().post(page, given).status_code == 303
    assert sign_in("长夜漫漫-Orbit-7").status_code == 303
    assert "一次性代码不对" in page_text(Client().post(page, given))
    assert not User.objects.get(pk=lin.pk).must_change_password


def test_a_code_runs_out_and_none_resets_himself(lin: User, frozen: Callable[..., Any]) -> None:
    clock = frozen(2026, 4, 2, 9)
    admin = make_user(Role.ADMINISTRATOR).as_actor()
    code = passwords.issue_reset(actor=admin, user=lin)
    clock.shift(timedelta(hours=25))
    with pytest.raises(RefusedError, match="已过期"):
        passwords.redeem(username="lin", code=code, password="Another-2026-night", address=None)
    own = User.objects.get(pk=admin.user_id)
    with pytest.raises(RefusedError, match="自己的密码"):
        passwords.issue_reset(actor=admin, user=own)
    with pytest.raises(RefusedError, match="不能管理账号"):
        passwords.issue_reset(actor=lin.as_actor(), user=own)


def test_a_password_given_by_another_is_changed_before_anything_else() -> None:
    make_user(Role.CLERK, username="new", must_change_password=True)
    client = Client()
    client.post(reverse("admin:login"), {"username": "new", "password": PASSWORD})
    change = reverse("admin:password_change")
    assert client.get("/admin/work/batches/").headers["Location"] == change
    weak = {"present": PASSWORD, "password": "kurz", "again": "kurz"}
    assert "至少 10 位" in page_text(client.post(change, weak))
    same = {"present": PASSWORD, "password": PASSWORD, "again": PASSWORD}
    assert "不能与原密码相同" in page_text(client.post(change, same))
    differ = {"present": PASSWORD, "password": "Another-2026-night", "again": "x"}
    assert "两次输入的新密码不同" in page_text(client.post(change, differ))
    good = {**differ, "again": "Another-2026-night"}
    assert client.post(change, good).status_code == 303
    assert client.get("/admin/work/batches/").status_code == 200


@pytest.mark.parametrize(
    ("password", "classes", "words"),
    [
        ("short-1A", 0, "至少 10 位"),
        ("plainlowercase", 3, "至少 3 种"),
        ("x" * 129, 0, "不能超过 128 位"),
        ("password12", 0, "常见|common"),
        ("lin-lin-lin", 0, "太像"),
    ],
)
def test_rules_of_staff_passwords(settings: Any, password: str, classes: int, words: str) -> None:
    settings.STAFF_PASSWORD_CLASSES = classes
    user = make_user(Role.CLERK, username="lin-lin-lin")
    with pytest.raises(RefusedError, match=words):
        passwords.change(user=user, password=password)


def test_candidates_are_not_bound_by_the_rules_for_staff(settings: Any) -> None:
    from assessment_center.accounts.validators import StaffPasswordValidator

    settings.STAFF_PASSWORD_CLASSES = 4
    StaffPasswordValidator().validate("schnee88", User(kind="candidate"))
    assert "至少 4 种" in StaffPasswordValidator().get_help_text()
