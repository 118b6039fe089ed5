"""Real servers in a folder of their own, and a look at which processes they leave."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from assessment_center.embedded.places import PROJECT, find_places

NAMED_SERVERS = ("DATABASE_URL", "MIGRATE_DATABASE_URL", "REDIS_URL", "PYTEST_XDIST_WORKER")
USE = """
import sys
from assessment_center import embedded
embedded.ensure_started()
print("up", flush=True)
sys.stdin.read()
"""


def environment(var: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in NAMED_SERVERS}
    return kept | {"ASSESSMENT_VAR": str(var), "ASSESSMENT_TESTING": "1"} | more


def processes_of(var: Path) -> list[psutil.Process]:
    """Find every live process that works on a folder.

    By its environment; servers write their title over theirs, and are known by where they work.
    """
    homes = {var.resolve(), find_places(var).home.resolve()}
    found = []
    for process in psutil.process_iter():
        try:
            named = process.environ().get("ASSESSMENT_VAR") == str(var)
            inside = not homes.isdisjoint(Path(process.cwd()).parents)
            living = process.status() != psutil.STATUS_ZOMBIE
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
        if (named or inside) and living and process.pid != os.getpid():
            found.append(process)
    return found


def nothing_left(var: Path, seconds: float = 25) -> list[psutil.Process]:
    """Wait for the last process to go; give those that did not."""
    end = time.monotonic() + seconds
    while (left := processes_of(var)) and time.monotonic() < end:
        time.sleep(0.1)
    return left


def kill(processes: Iterable[psutil.Process]) -> None:
    """Kill each; one that fell with another is already gone."""
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()


def servers_of(var: Path, name: str) -> list[psutil.Process]:
    return [process for process in processes_of(var) if process.name() == name]


def run(var: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=PROJECT,
        env=environment(var, **more),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def var() -> Iterator[Path]:
    """Give a short folder that every account may pass; nothing runs on it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="embedded-"))
    folder.chmod(0o711)
    yield folder
    run(folder, "-m", "assessment_center.embedded", "stop")
    kill(nothing_left(folder, seconds=5))
    for made in (folder, find_places(folder).home):
        shutil.rmtree(made, ignore_errors=True)


User = subprocess.Popen[str]


@pytest.fixture
def user() -> Iterator[Callable[..., User]]:
    """Start processes that use the servers until their input is closed."""
    started: list[User] = []

    def start(var: Path, python: str = sys.executable, **keywords: object) -> User:
        packages = Path(psutil.__file__).parents[1]
        process = subprocess.Popen(
            [python, "-c", USE],
            cwd=PROJECT,
            env=environment(var, PYTHONPATH=f"{PROJECT}{os.pathsep}{packages}"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            **keywords,  # type: ignore[call-overload]
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
