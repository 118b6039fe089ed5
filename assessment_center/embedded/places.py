"""Which folders the embedded servers use, computed alike by every process of a run."""

import hashlib
import os
import pwd
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from assessment_center.embedded.errors import EmbeddedError

PROJECT = Path(__file__).resolve().parents[2]
POSTGRES_MAJOR = 18
LONGEST_SOCKET_PATH = 107
_LONGEST_LOG = 5 * 1024 * 1024
_NOT_IN_SOCKET_PATHS = frozenset(',"\\')  # libpq takes a comma for the next host
_LONGEST_SOCKET_NAME = len("/.s.PGSQL.5432.lock")


@dataclass(frozen=True)
class Account:
    """An account of the operating system that the servers run under."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True)
class Places:
    """The folders of one installation.

    ``locks`` and ``logs`` belong to whoever starts the software; ``home`` (data) and ``sockets``
    belong to the account of the servers, which differs from the former only under root.
    """

    var: Path
    home: Path
    sockets: Path
    account: Account | None

    @property
    def locks(self) -> Path:
        return self.var / "locks"

    @property
    def logs(self) -> Path:
        return self.var / "log"

    @property
    def postgres(self) -> Path:
        return self.home / f"pg{POSTGRES_MAJOR}"

    @property
    def valkey(self) -> Path:
        return self.home / "valkey"


def find_places(chosen: Path | None = None) -> Places:
    """Compute the folders from ``ASSESSMENT_VAR``, the account and the length of the path."""
    given = chosen or os.environ.get("ASSESSMENT_VAR") or PROJECT / "var"
    var = Path(os.path.abspath(given))  # noqa: PTH100 - links stay as they were given
    account = server_account()
    home = var if account is None or reachable(var, account) else _elsewhere(_lasting(), var)
    sockets = home / "run"
    too_long = len(os.fsencode(sockets)) + _LONGEST_SOCKET_NAME > LONGEST_SOCKET_PATH
    if too_long or _NOT_IN_SOCKET_PATHS & set(str(sockets)):
        sockets = _elsewhere(_short(account), var) / "run"
    return Places(var=var, home=home, sockets=sockets, account=account)


def server_account() -> Account | None:
    """Name the account for PostgreSQL, which refuses root; ``None`` means our own."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise EmbeddedError(
        "以 root 运行时需要系统账户 postgres 或 nobody，本机两者都没有；请改用普通用户运行。",
        "Run as an ordinary user: under root, an account postgres or nobody is needed.",
    )


def reachable(path: Path, account: Account) -> bool:
    """Tell whether the account may pass through every existing folder down to the path."""
    return all(
        _may_pass(folder.stat(), account) for folder in (path, *path.parents) if folder.is_dir()
    )


def _may_pass(status: os.stat_result, account: Account) -> bool:
    if status.st_uid == account.uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == account.gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)


def _elsewhere(parent: Path, var: Path) -> Path:
    digest = hashlib.sha256(os.fsencode(var)).hexdigest()[:12]
    return parent / f"assessment-center-{os.geteuid()}-{digest}"


def _lasting() -> Path:
    """Prefer the temporary folder that is kept over a restart of the machine."""
    lasting = Path("/var/tmp")  # noqa: S108
    return lasting if lasting.is_dir() else Path(tempfile.gettempdir())


def _short(account: Account | None) -> Path:
    """Take the system's temporary folder, unless it is itself too long or closed to the account."""
    chosen = Path(tempfile.gettempdir())
    too_long = len(os.fsencode(chosen)) + 60 > LONGEST_SOCKET_PATH
    closed = account is not None and not reachable(chosen, account)
    return Path("/tmp") if too_long or closed else chosen  # noqa: S108


def prepare(places: Places) -> None:
    """Create the folders with the modes they need; complain in one sentence if that fails."""
    try:
        for folder in (places.var, places.locks, places.logs):
            folder.mkdir(parents=True, exist_ok=True)
        places.locks.chmod(0o700)
        for outside in {places.home, places.sockets.parent} - {places.var}:
            _own(outside, account=None, mode=0o711 if places.account else 0o700)
        for folder in (places.sockets, places.valkey):
            _own(folder, account=places.account, mode=0o700)
        (places.locks / "writable").touch()
        for log in places.logs.glob("*.log"):
            if log.stat().st_size > _LONGEST_LOG:
                log.replace(log.with_suffix(".old"))
    except OSError as error:
        raise EmbeddedError(
            f"没有权限写入 {error.filename or places.var}；"
            "请改用拥有该目录的用户运行，或用环境变量 ASSESSMENT_VAR 指定别的数据目录。",
            "No permission to write there; run as its owner, or set ASSESSMENT_VAR.",
        ) from error


def _own(folder: Path, *, account: Account | None, mode: int) -> None:
    """Make sure of a folder of our own; one laid there by somebody else is refused."""
    folder.mkdir(mode=mode, exist_ok=True)
    status = folder.lstat()
    ours = {os.geteuid(), account.uid if account else os.geteuid()}
    if not stat.S_ISDIR(status.st_mode) or status.st_uid not in ours:
        raise PermissionError(13, "not ours", str(folder))
    if account:
        os.chown(folder, account.uid, account.gid)
    folder.chmod(mode)
