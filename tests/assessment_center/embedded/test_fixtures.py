"""The fixtures every part of the tests leans on."""

import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone


def current_user() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


def test_a_block_runs_with_the_applications_rights(
    db_as_app_role: Callable[[], AbstractContextManager[None]],
) -> None:
    owner = current_user()
    with db_as_app_role():
        assert current_user() == settings.APP_DB_ROLE
    assert current_user() == owner
    with pytest.raises(DatabaseError), db_as_app_role(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE not_mine ()")
    assert current_user() == owner


def test_the_clock_stands_until_it_is_moved(
    frozen: Callable[..., time_machine.Traveller],
) -> None:
    clock = frozen(2025, 3, 10, 9, 30)
    assert timezone.localtime().isoformat() == "2025-03-10T09:30:00+08:00"
    clock.shift(timedelta(days=1))
    assert timezone.localdate().isoformat() == "2025-03-11"


@pytest.mark.processes
def test_a_real_worker_answers(live_worker: subprocess.Popen[bytes]) -> None:
    from assessment_center.celery import app

    answers: list[dict[str, Any]] = app.control.ping(timeout=5)
    assert [list(answer.values()) for answer in answers] == [[{"ok": "pong"}]]
    assert live_worker.poll() is None
