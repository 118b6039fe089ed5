"""The web server as the embedded runner starts it, on the benchmark's database."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.load.firing import HOST, Shot, fire, request


@contextmanager
def server() -> Iterator[int]:
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
            yield port
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
