"""The keeper: the one parent of both servers, there for as long as anybody uses them.

Whoever needs the servers holds ``users.lock`` shared. The keeper ends, and the servers with it,
once it gets that lock alone; the kernel releases the lock of a killed user, and ends the servers
of a killed keeper, so that nothing is left behind in either case.
"""

import os
import shutil
import signal
import sys
import time
from types import FrameType

from assessment_center.embedded import locks
from assessment_center.embedded.errors import EmbeddedError
from assessment_center.embedded.places import Places, prepare
from assessment_center.embedded.postgres import Postgres
from assessment_center.embedded.valkey import Valkey

_PAUSE = 0.25
_RESTARTS = 5


def daemonise(log: str) -> None:
    """Leave the starter's terminal and process table; write to a log."""
    if os.fork():
        os._exit(0)
    os.setsid()
    os.chdir("/")
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)


def keep(places: Places, ready: int) -> None:
    """Start both servers, tell the starter through ``ready``, and stay while they are used."""
    lock = locks.acquire(places.locks / "keeper.lock", wait=False)
    if lock is None:
        _tell(ready, "ready")
        return
    locks.sign(lock)
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    servers: list[Postgres | Valkey] = [Postgres(places), Valkey(places)]
    try:
        prepare(places)
        for server in servers:
            server.start()
        _tell(ready, "ready")
        _watch(places, servers)
    except EmbeddedError as error:
        _tell(ready, f"{error.chinese}\n{error.english}")
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        for server in reversed(servers):
            server.stop()
        if places.sockets.parent != places.home:
            shutil.rmtree(places.sockets.parent, ignore_errors=True)
        os.close(lock)  # ahead of users.lock: whoever waits for that must not find us alive


def _watch(places: Places, servers: list[Postgres | Valkey]) -> None:
    """Restart a server that died; return when the last user has gone, holding new ones off."""
    restarts = 0
    while locks.acquire(places.locks / "users.lock", wait=False) is None:
        for server in servers:
            if server.is_dead() and restarts < _RESTARTS:
                restarts += 1
                server.start()
        time.sleep(_PAUSE)


def _end(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def _tell(ready: int, text: str) -> None:
    """Answer the starter once; it may have gone by then."""
    try:
        os.write(ready, text.encode())
        os.close(ready)
    except OSError:
        return
