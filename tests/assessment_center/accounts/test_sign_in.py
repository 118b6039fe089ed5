"""Sign-in of staff: the trail, and the brake on guessing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessment_center.accounts import services
from assessment_center.accounts.enums import Role
from assessment_center.accounts.models import User
from assessment_center.accounts.sign_in import ALLOWED_FAILURES
from assessment_center.audit.models import AuditEntry
from assessment_center.registry import SYSTEM
from tests.factories.foundation import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def sign_in(password: str, name: str = "lin") -> Any:
    return Client().post(reverse("admin:login"), {"username": name, "password": password})


@pytest.fixture
def lin() -> User:
    return make_user(Role.CLERK, username="lin")


def verbs(user: User) -> list[str]:
    about = AuditEntry.objects.filter(subject_id=user.pk, verb__startswith="account.sign_in")
    return list(about.order_by("id").values_list("verb", flat=True))


def test_success_and_failure_stand_in_the_trail(lin: User) -> None:
    assert sign_in("wrong").status_code == 200
    assert sign_in(PASSWORD).status_code == 302
    assert verbs(lin) == ["account.sign_in_failed", "account.sign_in"]


def test_guessing_is_slowed_down_and_ends_by_itself(lin: User, frozen: Callable[..., Any]) -> None:
    clock = frozen(2026, 4, 2, 9)
    for _guess in range(ALLOWED_FAILURES):
        sign_in("wrong")
    assert "密码错误次数过多" in sign_in(PASSWORD).content.decode()
    assert len(verbs(lin)) == ALLOWED_FAILURES
    clock.shift(timedelta(minutes=16))
    assert sign_in(PASSWORD).status_code == 302


def test_a_new_password_ends_it_at_once(lin: User) -> None:
    for _guess in range(ALLOWED_FAILURES):
        sign_in("wrong")
    services.reset_password(actor=SYSTEM, user=lin, password="Another-2026-night")
    assert sign_in("Another-2026-night").status_code == 302


def test_unknown_names_leave_nothing(lin: User) -> None:
    assert sign_in("x", "nobody").status_code == 200
    assert verbs(lin) == []
