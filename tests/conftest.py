"""Fixtures that every part of the tests may use; those of one area stand beside its tests."""

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import time_machine

from assessment_center import embedded
from tests import light_passphrases
from tests.remembered import MEMORY

SLOW = (hypothesis.HealthCheck.too_slow,)  # says how busy the machine is
PROJECT = Path(__file__).resolve().parents[1]
hypothesis.settings.register_profile("explore", deadline=None, suppress_health_check=SLOW)
hypothesis.settings.register_profile(
    "same", deadline=None, suppress_health_check=SLOW, derandomize=True
)
hypothesis.settings.load_profile("same")  # pytest --hypothesis-profile=explore draws anew
HASHING: dict[str, int] = {}  # what a password costs in earnest


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """Thousands of accounts are made and few sign in: hashing is real, but costs nothing."""
    from assessment_center.accounts.hashers import LighterArgon2

    HASHING.update(memory_cost=LighterArgon2.memory_cost, time_cost=LighterArgon2.time_cost)
    LighterArgon2.memory_cost, LighterArgon2.time_cost = 64, 1
    light_passphrases.use()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, so that no worker ends long after the others."""
    long = ("tests/e2e/", "tests/demo/", "tests/architecture/test_urls")
    items.sort(key=lambda item: next((i for i, p in enumerate(long) if p in item.nodeid), 9))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """What builders remember is used anew by each test, or not at all."""
    MEMORY.begin(item)


def pytest_collection_finish() -> None:
    """Ten thousand items live to the end of the run: the collector need not look at them again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)


@pytest.fixture
def passphrases_in_earnest() -> Iterator[None]:
    """Seal under passphrases as the office does, about a second each."""
    with light_passphrases.in_earnest():
        yield


@pytest.fixture
def db_as_app_role(db: None) -> Callable[[], AbstractContextManager[None]]:
    """Give a context manager inside which statements run with the application's rights only.

    ``with db_as_app_role(): ...`` opens a savepoint, so a refused statement spoils nothing else.
    """
    from django.conf import settings
    from django.db import connection, transaction

    role = connection.ops.quote_name(getattr(settings, "APP_DB_ROLE", embedded.APP_ROLE))

    @contextmanager
    def as_app_role() -> Iterator[None]:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL ROLE {role}")
            yield
            with connection.cursor() as cursor:
                cursor.execute("RESET ROLE")

    return as_app_role


@pytest.fixture
def frozen() -> Iterator[Callable[..., time_machine.Traveller]]:
    """Set the clock: ``frozen(2025, 3, 10, 9)`` is nine o'clock in China; it then stands still.

    The traveller it returns moves on with ``shift(timedelta)``.
    """
    from django.utils import timezone

    started: list[time_machine.travel] = []

    def freeze(*parts: int) -> time_machine.Traveller:
        moment = datetime(*parts, tzinfo=timezone.get_default_timezone())  # type: ignore[arg-type, misc]
        travel = time_machine.travel(moment, tick=False)
        started.append(travel)
        return travel.start()

    yield freeze
    for travel in reversed(started):
        travel.stop()


def _environment_of_test_database(database: str) -> dict[str, str]:
    """Point another process at the database of this test run."""
    addresses = embedded.endpoints()
    before, question, query = addresses.migrate_database_url.partition("?")
    url = f"{before.rpartition('/')[0]}/{database}{question}{query}"
    return os.environ | {
        "DATABASE_URL": url,
        "MIGRATE_DATABASE_URL": url,
        "REDIS_URL": addresses.redis_url,
        "ASSESSMENT_TESTING": "1",
    }


@pytest.fixture
def process_environment(transactional_db: None) -> dict[str, str]:
    """Give the environment in which a real process works on the test database."""
    from django.db import connection

    return _environment_of_test_database(str(connection.settings_dict["NAME"]))


@pytest.fixture
def live_worker(process_environment: dict[str, str], tmp_path: Path) -> Iterator[Any]:
    """Run a real Celery worker on the test database for tests marked ``processes``.

    The value is its process: a test may kill it. The queue is emptied before and after.
    """
    from assessment_center.celery import app

    app.control.purge()
    log = tmp_path / "worker.log"
    command = [sys.executable, "-m", "celery", "-A", "assessment_center", "worker"]
    with log.open("wb") as output:
        worker = subprocess.Popen(
            [
                *command,
                "--concurrency=1",
                "--loglevel=INFO",
                "--without-gossip",
                "--without-mingle",
            ],
            cwd=PROJECT,
            env=process_environment,
            stdout=output,
            stderr=output,
        )
    try:
        end = time.monotonic() + 60
        while b" ready." not in log.read_bytes():
            if worker.poll() is not None or time.monotonic() > end:
                pytest.fail(f"the worker did not start:\n{log.read_text()}")
            time.sleep(0.1)
        yield worker
    finally:
        worker.terminate()
        try:
            worker.wait(20)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()
        app.control.purge()
