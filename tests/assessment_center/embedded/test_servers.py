"""Real servers, started by real processes, some of which are killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Timer

import kombu
import psutil
import psycopg
import pytest
import redis

from assessment_center.embedded import addresses
from tests.factories.foundation import id_number

from .conftest import User, environment, kill, nothing_left, processes_of, run, servers_of

pytestmark = pytest.mark.processes
Use = Callable[..., User]
NOBODY = 65534


@pytest.fixture(autouse=True)
def addresses_of_var(monkeypatch: pytest.MonkeyPatch, var: Path) -> None:
    for name, value in environment(var).items():
        monkeypatch.setenv(name, value)
    for name in ("DATABASE_URL", "MIGRATE_DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)


def ready(process: User) -> bool:
    assert process.stdout is not None
    return process.stdout.readline() == "up\n"


def query(statement: str, *, owner: bool = True) -> tuple[object, ...] | None:
    found = addresses.endpoints()
    url = found.migrate_database_url if owner else found.database_url
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement)  # type: ignore[call-overload]
        return cursor.fetchone() if cursor.description else None


def queue() -> redis.Redis:
    return redis.Redis.from_url(addresses.endpoints().redis_client_url)


def interpreter_for(uid: int) -> str | None:
    """Find a Python that the account may run; a root's own often lies in his home."""
    wanted = "import sys; sys.exit(sys.version_info < (3, 11))"
    for python in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        try:
            if subprocess.run([python, "-c", wanted], user=uid, check=False).returncode == 0:
                return python
        except OSError:
            continue
    return None


def eventually(condition: Callable[[], bool], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False


def test_cold_start_gives_two_roles_and_chinese_text(user: Use, var: Path) -> None:
    assert ready(user(var))
    assert query("SELECT current_user, current_database()") == (
        "assessment_owner",
        "assessment_center",
    )
    assert query(
        "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole FROM pg_roles"
        " WHERE rolname = current_user",
        owner=False,
    ) == ("assessment_app", False, False, False)
    query("CREATE EXTENSION pg_trgm")
    assert query("SELECT similarity('化学检验员', '化学检验') > 0.5") == (True,)
    assert query("SHOW server_encoding") == ("UTF8",)
    assert query("SHOW listen_addresses") == ("",)
    with queue() as client:
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        assert client.config_get("appendonly") == {"appendonly": "yes"}


def test_the_servers_go_with_their_last_user(user: Use, var: Path) -> None:
    first, second = user(var), user(var)
    assert ready(first)
    assert ready(second)
    assert len(servers_of(var, "valkey-server")) == 1
    first.communicate("")
    time.sleep(1)
    assert query("SELECT 1") == (1,)
    second.communicate("")
    assert nothing_left(var) == []


def test_two_that_start_at_once_share_one_server(user: Use, var: Path) -> None:
    users = [user(var) for _ in range(4)]
    assert [ready(one) for one in users] == [True] * 4
    assert len(list(var.glob("pg*"))) == 1
    assert len([p for p in processes_of(var) if "keep" in p.cmdline()]) == 1


def test_a_one_off_command_leaves_nothing(var: Path) -> None:
    outcome = run(var, "-c", "from assessment_center import embedded; embedded.ensure_started()")
    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert nothing_left(var) == []


def test_commands_in_a_row_each_find_the_servers_up(var: Path) -> None:
    command = (
        "import psycopg; from assessment_center import embedded; embedded.ensure_started();"
        "psycopg.connect(embedded.endpoints().database_url).close()"
    )
    outcomes = [run(var, "-c", command) for _ in range(8)]
    assert [(one.returncode, one.stderr) for one in outcomes] == [(0, "")] * 8


@pytest.mark.parametrize("victims", ["all", "keeper", "user"])
def test_after_a_kill_nothing_is_left_and_nothing_is_lost(
    user: Use, var: Path, victims: str
) -> None:
    first = user(var)
    assert ready(first)
    query("CREATE TABLE kept (word text)")
    query("INSERT INTO kept VALUES ('鉴定')")
    with queue() as client:
        client.rpush("tasks", "one")
    time.sleep(1.2)
    chosen = {
        "all": processes_of(var),
        "keeper": [p for p in processes_of(var) if "keep" in p.cmdline()],
        "user": [psutil.Process(first.pid)],
    }[victims]
    kill(chosen)
    first.kill()
    assert nothing_left(var) == []
    assert ready(user(var))
    assert query("SELECT word FROM kept") == ("鉴定",)
    with queue() as client:
        assert client.lrange("tasks", 0, -1) == [b"one"]


def test_a_mark_with_a_reused_process_number_is_cleared(user: Use, var: Path) -> None:
    first = user(var)
    assert ready(first)
    mark = (var / "pg18" / "postmaster.pid").read_text()
    kill(processes_of(var))
    assert nothing_left(var) == []
    (var / "pg18" / "postmaster.pid").write_text(
        mark.replace(mark.split("\n", 1)[0], str(os.getpid()), 1)
    )
    assert ready(user(var))


@pytest.mark.parametrize("name", ["postgres", "valkey-server"])
def test_a_killed_server_comes_back(user: Use, var: Path, name: str) -> None:
    assert ready(user(var))
    before = {process.pid for process in servers_of(var, name)}
    kill(servers_of(var, name))

    def is_back() -> bool:
        try:
            with queue() as client:
                return query("SELECT 1") == (1,) and bool(client.ping())
        except (psycopg.OperationalError, redis.ConnectionError):
            return False

    assert eventually(lambda: not before & {p.pid for p in servers_of(var, name)})
    assert eventually(is_back)


@pytest.mark.parametrize(
    "inside",
    ["技能 等级'认定%20中心", "a,b", 'a"b', "long" * 40],
    ids=["odd letters", "a comma", "a quote", "too long for a socket"],
)
def test_odd_folders(user: Use, var: Path, monkeypatch: pytest.MonkeyPatch, inside: str) -> None:
    odd = var / inside
    monkeypatch.setenv("ASSESSMENT_VAR", str(odd))
    process = user(odd)
    assert ready(process)
    assert query("SELECT 1", owner=False) == (1,)
    with queue() as client:
        assert client.ping() is True
    with kombu.Connection(addresses.endpoints().redis_url) as connection:
        assert connection.default_channel.client.ping() is True
    process.communicate("")
    assert nothing_left(odd) == []
    sockets = addresses.find_places().sockets
    assert sockets.exists() is (sockets.parent == odd)


def test_stop_ends_servers_in_use(user: Use, var: Path) -> None:
    assert ready(user(var))
    assert run(var, "-m", "assessment_center.embedded", "stop").returncode == 0
    assert servers_of(var, "postgres") == []


NUMBER = id_number(43)
LEAKS = (
    f"SELECT '{NUMBER}'::uuid",
    f"SELECT 1 FROM nothing WHERE name = '{NUMBER}'",
    f"SELECT {NUMBER}::integer",
    f"INSERT INTO told VALUES ('{NUMBER}')",  # a second time: the key stands in the detail
    f"INSERT INTO told VALUES ('{NUMBER}0')",  # refused by the check with the failing row
    f"DO $$ BEGIN RAISE EXCEPTION '%', '{NUMBER}' USING DETAIL = '{NUMBER}'; END $$",
    f"DO $$ BEGIN RAISE WARNING '%', '{NUMBER}'; END $$",
    f"SET statement_timeout = 1; SELECT pg_sleep(1), '{NUMBER}'",
    f"syntax '{NUMBER}",
)


def test_no_number_of_a_failing_statement_reaches_the_databases_log(user: Use, var: Path) -> None:
    """Neither what fails nor what it was about: our own log tells the failure, masked."""
    assert ready(user(var))
    query("CREATE TABLE told (name text PRIMARY KEY CHECK (length(name) = 18))")
    query(f"INSERT INTO told VALUES ('{NUMBER}')")
    for statement in LEAKS:
        with suppress(psycopg.Error):
            query(statement)
    bound = psycopg.connect(addresses.endpoints().migrate_database_url)
    with bound, pytest.raises(psycopg.Error):  # by the server, its parameters beside it
        bound.execute("SELECT %s::uuid", [NUMBER])
    query("DO $$ BEGIN RAISE LOG 'the log is heard'; END $$")
    log = var / "log" / "postgres.log"
    assert eventually(lambda: "the log is heard" in log.read_text())
    assert NUMBER not in log.read_text()


def test_a_killed_servers_last_statement_stays_out_of_its_log(user: Use, var: Path) -> None:
    assert ready(user(var))
    with psycopg.connect(addresses.endpoints().migrate_database_url, autocommit=True) as victim:
        number = victim.info.backend_pid
        killer = Timer(0.5, os.kill, (number, signal.SIGKILL))
        killer.start()
        with pytest.raises(psycopg.Error):
            victim.execute(f"SELECT pg_sleep(20), '{NUMBER}'")  # type: ignore[call-overload]
        killer.join()
    log = var / "log" / "postgres.log"
    assert eventually(lambda: "was terminated by signal 9" in log.read_text())
    assert NUMBER not in log.read_text()


def test_a_broken_cluster_is_told_with_its_log(var: Path) -> None:
    run(var, "-c", "from assessment_center import embedded; embedded.ensure_started()")
    assert nothing_left(var) == []
    (var / "pg18" / "PG_VERSION").write_text("9\n")
    outcome = run(var, "manage.py", "migrate")
    assert outcome.returncode == 1
    assert f"未能启动，原因见 {var / 'log' / 'postgres.log'}" in outcome.stderr
    assert "Traceback" not in outcome.stderr
    assert nothing_left(var) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_an_ordinary_user_runs_the_servers_as_himself(user: Use, var: Path) -> None:
    os.chown(var, NOBODY, NOBODY)
    python = interpreter_for(NOBODY)
    if python is None:
        pytest.skip("no Python of 3.11 or newer lies where an ordinary user may go")
    process = user(var, python=python, user=NOBODY, group=NOBODY, extra_groups=[])
    assert ready(process)
    assert {p.uids().real for p in servers_of(var, "postgres")} == {NOBODY}
    assert query("SELECT current_user", owner=False) == ("assessment_app",)
    process.send_signal(signal.SIGKILL)
    assert nothing_left(var) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another account")
def test_root_runs_the_servers_as_somebody_else(user: Use, var: Path) -> None:
    assert ready(user(var))
    assert 0 not in {p.uids().real for p in servers_of(var, "postgres")}
    assert 0 not in {p.uids().real for p in servers_of(var, "valkey-server")}
    assert (var / "run").stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another account")
def test_root_with_a_closed_folder(user: Use, var: Path) -> None:
    var.chmod(0o700)
    process = user(var)
    assert ready(process)
    assert not (var / "pg18").exists()
    assert query("SELECT 1", owner=False) == (1,)
    process.communicate("")
    assert nothing_left(var) == []
