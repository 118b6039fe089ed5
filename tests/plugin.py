"""Loaded before Django's settings: gives a test run servers of its own.

The controller of a run starts them and exports their address; the workers of pytest-xdist inherit
it. With ``ASSESSMENT_VAR`` set, the cluster is kept there under ``tests/`` for the next run, which
saves its making; otherwise it lives and dies with the run. Real servers named in the environment
are used as they are.
"""

import atexit
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from assessment_center import embedded
from assessment_center.embedded import locks
from assessment_center.embedded.places import find_places

os.environ["ASSESSMENT_TESTING"] = "1"
# Tests that are not about signing in move the clock by weeks and sign in without a second step;
# those that are set these themselves.
os.environ["ASSESSMENT_SECOND_FACTOR"] = "none"
for _limit in ("IDLE_MINUTES", "SESSION_HOURS", "CONFIRM_MINUTES"):
    os.environ[f"ASSESSMENT_{_limit}"] = "100000"

_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
_throw_away: list[Path] = []


def _own_var() -> Path:
    """Choose a folder no other run is using."""
    given = os.environ.get("ASSESSMENT_VAR")
    if given:
        kept = Path(given).absolute() / "tests"
        kept.mkdir(parents=True, exist_ok=True)
        if locks.acquire(kept / "run.lock", wait=False) is not None:
            return kept
    fresh = Path(tempfile.mkdtemp(prefix="assessment-tests-"))
    fresh.chmod(0o711)
    _throw_away.append(fresh)
    return fresh


def _queue_of_worker(url: str, number: int) -> str:
    """Give each worker a queue of its own: another numbered database of the same server."""
    if url.startswith("redis+socket://"):
        return f"{url.partition('?')[0]}?virtual_host={number}"
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{number}"))


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Start the servers ahead of pytest-django, which reads the settings in this same hook."""
    if _WORKER:
        number = int(_WORKER.removeprefix("gw")) + 1
        os.environ["REDIS_URL"] = _queue_of_worker(embedded.endpoints().redis_url, number)
        return
    os.environ["ASSESSMENT_VAR"] = str(_own_var())
    atexit.register(_give_back)
    try:
        embedded.ensure_started()
        _ready_named_server()
    except embedded.EmbeddedError as error:
        pytest.exit(str(error), returncode=1)


def _ready_named_server() -> None:
    """See that a real server has the application's role and that its owner may step into it."""
    import psycopg
    from psycopg import sql

    addresses = embedded.endpoints()
    if addresses.embedded:
        return
    user = embedded.parse_database_url(addresses.database_url)["USER"]
    role = sql.Identifier(str(user) or embedded.APP_ROLE)
    with psycopg.connect(addresses.migrate_database_url, autocommit=True) as connection:
        with suppress(psycopg.errors.DuplicateObject):
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(role))
        with suppress(psycopg.errors.InsufficientPrivilege, psycopg.errors.InvalidGrantOperation):
            connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(role))


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    _give_back()


def _give_back() -> None:
    """End the servers; also at the exit of a run that broke off before it was configured."""
    if _WORKER:
        return
    embedded.stop()
    while _throw_away:
        places = find_places(folder := _throw_away.pop())
        for made in (folder, places.home, places.sockets):
            shutil.rmtree(made, ignore_errors=True)
