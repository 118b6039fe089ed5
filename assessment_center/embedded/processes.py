"""Children that never outlive their parent, and who is alive in which folder."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, TypedDict

from assessment_center.embedded.places import Account

_PR_SET_PDEATHSIG = 1


def die_with_parent(sent: signal.Signals, *, parent: int | None = None) -> Callable[[], None]:
    """Make the hook run between fork and exec: the kernel sends ``sent`` when the parent dies.

    The parent is this process, unless the hook is to be called right here on behalf of another.
    """
    parent = parent or os.getpid()
    prctl = getattr(ctypes.CDLL(None), "prctl", None) if sys.platform == "linux" else None

    def hook() -> None:
        if prctl is not None:
            prctl(_PR_SET_PDEATHSIG, int(sent))
            if os.getppid() != parent:
                os._exit(1)

    return hook


def spawn(
    command: Sequence[str | Path],
    *,
    log: IO[bytes],
    dies_by: signal.Signals,
    account: Account | None = None,
    cwd: Path | str = "/",
    env: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child that is bound to this process, optionally under another account."""
    return subprocess.Popen(  # noqa: S603 - our own binaries, no shell
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        cwd=cwd,
        env=dict(os.environ if env is None else env),
        start_new_session=True,
        preexec_fn=die_with_parent(dies_by),  # noqa: PLW1509 - the starter has one thread
        **as_account(account),
    )


class Identity(TypedDict):
    """The keywords of ``subprocess`` that choose an account."""

    user: int | None
    group: int | None
    extra_groups: list[int] | None


def as_account(account: Account | None) -> Identity:
    """Spell an account as keywords of ``subprocess``; no account leaves our own."""
    if account is None:
        return {"user": None, "group": None, "extra_groups": None}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def alive_in(folder: Path) -> list[int]:
    """List the live processes whose working folder is the given one (servers keep to theirs)."""
    found = []
    folder = folder.resolve()
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").readlink() == folder and not _is_zombie(entry):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def _is_zombie(entry: Path) -> bool:
    return (entry / "stat").read_text().rpartition(")")[2].split()[0] == "Z"


def is_alive(pid: int) -> bool:
    """Tell whether a process of that number exists."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def wait_until(condition: Callable[[], bool], *, seconds: float, pause: float = 0.03) -> bool:
    """Wait for a condition; tell whether it came true in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(pause)
    return True


def send(pids: Iterable[int], sent: signal.Signals) -> None:
    """Signal each of our processes; one that has just gone is no error."""
    for pid in pids:
        try:
            os.kill(pid, sent)
        except ProcessLookupError:
            continue


def finish(child: subprocess.Popen[bytes], *signals: tuple[signal.Signals, float]) -> None:
    """Ask a child to end, with each signal in turn for so many seconds, and kill it at last."""
    for sent, seconds in signals:
        if child.poll() is not None:
            return
        child.send_signal(sent)
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
        return
    child.kill()
    child.wait()


def clear_leftovers(folder: Path, *, seconds: float = 15) -> None:
    """See an orphan of a killed run off before its folder is used again."""
    for sent, patience in ((None, 3.0), (signal.SIGINT, seconds), (signal.SIGKILL, 5.0)):
        if sent is not None:
            send(alive_in(folder), sent)
        if wait_until(lambda: not alive_in(folder), seconds=patience):
            return
