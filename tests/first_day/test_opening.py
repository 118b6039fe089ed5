"""The very first account: only on an empty site, only with the code of the console."""

import json
import threading
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.accounts.models import User
from assessment_center.audit.models import AuditEntry
from assessment_center.catalog.models import Occupation
from assessment_center.first_day import services
from assessment_center.first_day.selectors import checklist
from assessment_center.registry import RefusedError
from assessment_center.rulebooks.models import RulebookVersion
from tests.factories.foundation import make_user
from tests.first_day import days
from tests.first_day.conftest import ORDER

pytestmark = pytest.mark.django_db
GIVEN = {"username": "chenmy", "display_name": "陈明远", "password": days.PASSWORD, "address": None}


def test_the_code_opens_the_first_account_and_readies_the_site() -> None:
    user = services.begin(code=services.opening_code(), **GIVEN)
    assert user.roles == {Role.HEAD, Role.ADMINISTRATOR}
    assert RulebookVersion.objects.count() == 5
    assert Occupation.objects.count() > 1000
    assert AuditEntry.objects.filter(verb="first_day.begin", subject_id=user.pk).exists()
    with pytest.raises(RefusedError, match="已有工作人员账号"):
        services.opening_code()
    with pytest.raises(RefusedError, match="已有工作人员账号"):
        services.begin(code="anything", **GIVEN)


def test_guessing_the_code_is_slowed_down() -> None:
    for left in (4, 3, 2, 1):
        with pytest.raises(RefusedError, match=f"还可以再试 {left} 次"):
            services.begin(code="AAAA-BBBB-CCCC", **GIVEN)
    with pytest.raises(RefusedError, match="15 分钟后"):
        services.begin(code="AAAA-BBBB-CCCC", **GIVEN)
    with pytest.raises(RefusedError, match="以后再试"):
        services.begin(code=services.opening_code(), **GIVEN)
    assert not User.objects.exists()


def test_a_weak_password_opens_nothing() -> None:
    with pytest.raises(RefusedError):
        services.begin(code=services.opening_code(), **GIVEN | {"password": "short"})
    assert not User.objects.exists()


def test_the_code_is_the_sites_own(settings: Any) -> None:
    first = services.opening_code()
    assert first == services.opening_code()
    settings.SECRET_KEY = "another"
    assert services.opening_code() != first


def test_the_page_is_gone_once_somebody_is_registered() -> None:
    client = Client()
    assert client.get(reverse("admin:login")).url == reverse("first_day:begin")
    assert client.get(reverse("first_day:begin")).status_code == 200
    make_user(Role.CLERK)
    assert client.get(reverse("first_day:begin")).status_code == 404
    assert client.post(reverse("first_day:begin"), {}).status_code == 404
    assert client.get(reverse("admin:login")).status_code == 200


def test_the_command_tells_the_code_and_then_no_more() -> None:
    out = StringIO()
    call_command("first_run", json=True, stdout=out)
    told = json.loads(out.getvalue())
    assert told["code"] == services.opening_code()
    assert told["address"].endswith("/admin/work/first-day/begin/")
    plain = StringIO()
    call_command("first_run", stdout=plain)
    assert told["code"] in plain.getvalue()
    make_user(Role.CLERK)
    with pytest.raises(CommandError, match="已有工作人员账号"):
        call_command("first_run")


def test_the_checklist_of_a_new_site_asks_for_everything() -> None:
    services.begin(code=services.opening_code(), **GIVEN)
    found = checklist()
    assert not found.ready
    assert {"rulebook", *ORDER} <= {each.step.key for each in found.steps}
    assert all(each.state.missing for each in found.steps)
    head, clerk = User.objects.get(), make_user(Role.CLERK)
    assert found.next_for(head.as_actor()).step.key == "rulebook"
    assert checklist().next_for(clerk.as_actor()).step.key == "rulebook"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_come_at_once_one_is_first() -> None:
    code = services.opening_code()
    told: list[str] = []
    gate = threading.Barrier(3)

    def come(number: int) -> None:
        gate.wait()
        try:
            services.begin(code=code, **GIVEN | {"username": f"chief{number}"})
            told.append("opened")
        except RefusedError:
            told.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=come, args=(n,)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["opened", "refused", "refused"]
    assert User.objects.count() == 1
