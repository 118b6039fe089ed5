"""File locks of the kernel: a holder that is killed has let go."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def acquire(path: Path, *, shared: bool = False, wait: bool = True) -> int | None:
    """Lock a file and give its descriptor; ``None`` if that would mean waiting and must not."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    mode = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB)
    try:
        fcntl.flock(descriptor, mode)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def sign(descriptor: int) -> None:
    """Leave the holder's process number in the locked file, for whoever must ask him to end."""
    os.ftruncate(descriptor, 0)
    os.write(descriptor, str(os.getpid()).encode())


def holder(path: Path) -> int | None:
    """The process number that the present holder left; ``None`` if nobody holds the file."""
    if is_free(path):
        return None
    text = path.read_text()
    return int(text) if text else None


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold a file alone for the length of a block."""
    descriptor = acquire(path)
    try:
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def is_free(path: Path) -> bool:
    """Tell whether nobody holds the file."""
    if not path.exists():
        return True
    descriptor = acquire(path, wait=False)
    if descriptor is None:
        return False
    os.close(descriptor)
    return True
