"""Five checks a quarter of an hour for one account, however many come at once."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from assessment_center.accounts.models import SignInGuard
from assessment_center.registry import RefusedError
from candidates.services import accounts
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def fails(number: str, password: str = "wrong") -> str:
    with pytest.raises(RefusedError) as refused:
        accounts.sign_in(id_number=number, password=password)
    return str(refused.value.refusal)


def test_the_window_opens_again(clock: Any) -> None:
    c.make_candidate(number=f.id_number(5))
    told = [fails(f.id_number(5)) for _ in range(6)]
    assert "请 15 分钟后再试" in told[4]
    assert "请在 09:15 以后再试" in told[5]
    assert "暂时不能登录" in fails(f.id_number(5), f.PASSWORD)
    clock.shift(timedelta(minutes=15))
    user = accounts.sign_in(id_number=f" {f.id_number(5)} ", password=f.PASSWORD)
    assert user.person.id_masked.endswith(f.id_number(5)[-4:])
    assert SignInGuard.objects.count() == 0


def test_an_unknown_number_is_told_the_same_and_forgotten(clock: Any) -> None:
    assert "证件号码或密码不对" in fails(f.id_number(6))
    clock.shift(timedelta(hours=1))
    fails(f.id_number(7))
    assert SignInGuard.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_five_checks() -> None:
    c.make_candidate(number=f.id_number(5))
    told: list[str] = []
    gate = threading.Barrier(8)

    def attempt() -> None:
        gate.wait()
        try:
            accounts.sign_in(id_number=f.id_number(5), password="wrong")
        except RefusedError as refused:
            told.append(refused.refusal.reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(words.startswith("证件号码或密码不对") for words in told) == 5
    assert sum(words.startswith("密码试错太多") for words in told) == 3
