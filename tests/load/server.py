"""The web server as the embedded runner starts it, on the benchmark's database."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.load.firing import HOST, Shot, fire, request


@dataclass(frozen=True, slots=True)
class Server:
    """Where it answers, and its first process."""

    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """The processor time of all its processes so far."""
        first = Path(f"/proc/{self.pid}")
        workers = (first / "task" / str(self.pid) / "children").read_text().split()
        return sum(_cpu_seconds(pid) for pid in (str(self.pid), *workers))


def _cpu_seconds(pid: str) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def server() -> Iterator[Server]:
    """The web server as the embedded runner starts it, on the benchmark's database."""
    from django.db import connection

    from assessment_center import embedded
    from assessment_center.embedded.supervisor import web_arguments

    addresses = embedded.endpoints()
    before, question, query = addresses.migrate_database_url.partition("?")
    name = connection.settings_dict["NAME"]
    url = f"{before.rpartition('/')[0]}/{name}{question}{query}"
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "DATABASE_URL": url,
        "MIGRATE_DATABASE_URL": url,
        "REDIS_URL": addresses.redis_url,
        "DJANGO_SETTINGS_MODULE": "tests.load.bare_settings",
    }
    with subprocess.Popen(
        [sys.executable, "-m", *web_arguments(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as child:
        try:
            await_answer(port)
            yield Server(port, child.pid)
        finally:
            child.terminate()


def await_answer(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            if asyncio.run(fire(port, [Shot(0, request(port, "GET", "/bare/"))]))[0].status:
                return
        except OSError:
            time.sleep(0.2)
    message = "the web server did not start"
    raise RuntimeError(message)
