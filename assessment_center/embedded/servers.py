"""Use of the embedded servers: taken, shared between processes, given back."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from assessment_center.embedded import locks
from assessment_center.embedded.addresses import POSTGRES_PORT, needs_embedded
from assessment_center.embedded.errors import EmbeddedError
from assessment_center.embedded.places import PROJECT, Places, find_places, prepare
from assessment_center.embedded.processes import wait_until
from assessment_center.embedded.valkey import accepts, answers

_PATIENCE = 60
_uses: dict[Path, int] = {}


def ensure_started() -> None:
    """Have the embedded servers running and keep them so until ``stop`` or the end of the process.

    Safe to call again and from several processes at once: the first starts, the others wait for
    it. After a killed run it recovers what was left. Does nothing if the environment names real
    servers. Raises ``EmbeddedError`` with one sentence for the user.
    """
    if not needs_embedded():
        return
    places = find_places()
    prepare(places)
    if places.var not in _uses:
        descriptor = locks.acquire(places.locks / "users.lock", shared=True)
        if descriptor is not None:
            _uses[places.var] = descriptor
    with locks.held(places.locks / "start.lock"):
        wait_until(lambda: not _keeper_runs(places) or _are_up(places), seconds=_PATIENCE)
        if not _keeper_runs(places):
            _start_keeper(places)


def keeper_runs() -> bool:
    """Tell whether the servers of this installation have their keeper."""
    return _keeper_runs(find_places())


def _keeper_runs(places: Places) -> bool:
    return not locks.is_free(places.locks / "keeper.lock")


def _are_up(places: Places) -> bool:
    """Tell whether both servers are there: a keeper may be at ending them, or at a restart."""
    return answers(places.sockets / "valkey.sock") and accepts(
        places.sockets / f".s.PGSQL.{POSTGRES_PORT}"
    )


def release() -> None:
    """Give the use of the servers back; the keeper stops them if nobody else uses them."""
    descriptor = _uses.pop(find_places().var, None)
    if descriptor is not None:
        os.close(descriptor)


def stop(*, force: bool = False, seconds: float = 30) -> bool:
    """Give the servers back and wait for their end; tell whether they are down.

    They stay up for other users unless ``force`` is set; that ends a running site first, which
    would otherwise start them again.
    """
    places = find_places()
    release()
    if force and _asked_to_end(places.locks / "supervisor.lock", seconds):
        _asked_to_end(places.locks / "keeper.lock", seconds)
    return wait_until(
        lambda: locks.is_free(places.locks / "keeper.lock"), seconds=seconds, pause=0.05
    )


def _asked_to_end(lock: Path, seconds: float) -> bool:
    """Ask the holder of a lock to end, and tell whether nobody holds it any more."""
    number = locks.holder(lock)
    if number is not None and number != os.getpid():
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGTERM)
    return wait_until(lambda: locks.is_free(lock), seconds=seconds, pause=0.05)


def _start_keeper(places: Places) -> None:
    """Start the keeper apart from this process and wait for its word."""
    reading, writing = os.pipe()
    try:
        with subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "assessment_center.embedded", "keep", str(writing)],
            cwd=PROJECT,
            env=os.environ | {"ASSESSMENT_VAR": str(places.var)},
            pass_fds=[writing],
            stdin=subprocess.DEVNULL,
        ):
            os.close(writing)
        with os.fdopen(reading, encoding="utf-8") as answer:
            text = answer.read()
    except OSError as error:
        raise EmbeddedError(
            f"无法启动内置服务：{error.strerror}。", "The embedded servers could not be started."
        ) from error
    if text != "ready":
        chinese, _, english = text.partition("\n")
        raise EmbeddedError(
            chinese or f"内置服务未能启动，原因见 {places.logs / 'keeper.log'}。",
            english or "The embedded servers could not start; the log tells why.",
        )
