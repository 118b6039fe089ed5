"""``make run``: servers, then migrations and demo, then worker, beat and web; all end together."""

import contextlib
import errno
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from assessment_center.embedded import locks
from assessment_center.embedded.addresses import needs_embedded
from assessment_center.embedded.errors import EmbeddedError
from assessment_center.embedded.places import PROJECT, Places, find_places, prepare
from assessment_center.embedded.processes import die_with_parent, finish, spawn
from assessment_center.embedded.servers import ensure_started, keeper_runs, stop

HOST = "127.0.0.1"
_PAUSE = 0.5
_RESTARTS = 5
_CALM_SECONDS = 60
_WEB_SECONDS = 90
_FIRST_PORT, _LAST_PORT = 1, 65535


@dataclass
class Service:
    """One long-running child: how it is called, which signal ends it at once, how often it fell."""

    name: str
    arguments: list[str]
    dies_by: signal.Signals
    places: Places
    child: subprocess.Popen[bytes] | None = field(default=None, init=False)
    falls: list[float] = field(default_factory=list, init=False)

    @property
    def log(self) -> Path:
        return self.places.logs / f"{self.name}.log"

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.child = spawn(
                [sys.executable, "-m", *self.arguments],
                log=log,
                dies_by=self.dies_by,
                cwd=PROJECT,
                env=_environment(),
            )

    def revive(self) -> None:
        """Start again what has died, unless it keeps dying."""
        if self.child is None or self.child.poll() is None:
            return
        now = time.monotonic()
        self.falls = [moment for moment in self.falls if now - moment < _CALM_SECONDS] + [now]
        if len(self.falls) > _RESTARTS:
            raise self.failure()
        self.start()

    def stop(self) -> None:
        if self.child is not None:
            finish(self.child, (signal.SIGTERM, 10), (signal.SIGQUIT, 3))

    def failure(self) -> EmbeddedError:
        tail = self.log.read_text(errors="replace").splitlines()[-15:]
        return EmbeddedError(
            f"{self.name} 进程未能运行，日志在 {self.log}，最后几行如下：",
            "The process could not run; the end of its log:\n" + "\n".join(tail),
        )


def run(*, demo: bool = True) -> int:
    """Serve the site until a signal; give the exit code. Raises ``EmbeddedError`` for the user.

    Without ``demo`` an empty database stays empty.
    """
    port = chosen_port()
    check_port(port)
    places = find_places()
    prepare(places)
    lock = locks.acquire(places.locks / "supervisor.lock", wait=False)
    if lock is None:
        raise EmbeddedError(
            f"本系统已在运行，数据目录为 {places.var}；请先停止它，或用 ASSESSMENT_VAR 另指定。",
            "Already running on this data folder; stop it first, or set ASSESSMENT_VAR.",
        )
    locks.sign(lock)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, _interrupt)
    services = _services(places, port)
    try:
        _serve(services, places, port, demo=demo)
    except KeyboardInterrupt:
        _say("正在停止…… Stopping.")
    finally:
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        _stop_all(services)
        stop()
        os.close(lock)
    return 0


def _stop_all(services: list[Service]) -> None:
    """Ask all to end at once, then see each of them off."""
    for service in services:
        if service.child is not None and service.child.poll() is None:
            service.child.terminate()
    for service in services:
        service.stop()


def chosen_port() -> int:
    """Read ``PORT``; refuse what is no port."""
    text = os.environ.get("PORT") or "8000"
    if not text.isascii() or not text.isdigit() or not _FIRST_PORT <= int(text) <= _LAST_PORT:
        raise EmbeddedError(
            f"端口 PORT={text} 无效，请用 1 到 65535 之间的整数。",
            "PORT must be a whole number from 1 to 65535.",
        )
    return int(text)


def check_port(port: int) -> None:
    """Refuse a port that is taken or not ours to take, before anything is started."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise EmbeddedError(
                    f"端口 {port} 已被其他程序占用；请关闭该程序，"
                    f"或换一个端口：make run PORT={port + 1}。",
                    f"Port {port} is in use; stop that program or choose another with PORT=.",
                ) from error
            raise EmbeddedError(
                f"不能使用端口 {port}：{error.strerror}；请换一个端口，例如 make run PORT=8000。",
                f"Port {port} cannot be used; choose another with PORT=.",
            ) from error


def _services(places: Places, port: int) -> list[Service]:
    celery = ["celery", "-A", "assessment_center"]
    worker = ["worker", "--concurrency=2", "--loglevel=INFO", "--without-gossip"]
    beat = ["beat", "--pidfile=", "-s", str(places.var / "beat-schedule"), "--loglevel=WARNING"]
    return [
        Service("worker", [*celery, *worker, "--without-mingle"], signal.SIGKILL, places),
        Service("beat", [*celery, *beat], signal.SIGTERM, places),
        Service("web", web_arguments(port), signal.SIGTERM, places),
    ]


def web_arguments(port: int) -> list[str]:
    """The web server as it is run; the load benchmarks run the same."""
    return ["gunicorn", "assessment_center.wsgi:application", "--bind", f"{HOST}:{port}",
            "--workers=1", "--threads=8", "--timeout=120", "--graceful-timeout=5",
            "--no-control-socket",
            "--logger-class=assessment_center.server_log.ServerLogger"]  # fmt: skip


def _serve(services: list[Service], places: Places, port: int, *, demo: bool) -> None:
    _say("正在启动数据库与任务队列…… Starting the database and the queue.")
    ensure_started()
    sign_ins = _prepare_site(places, demo=demo)
    for service in services:
        service.start()
    _await_web(services[-1], port)
    _say(f"\n系统已启动，请用浏览器打开： http://{HOST}:{port}/")
    _say("Serving. Stop with Ctrl-C.  按 Ctrl-C 停止。\n")
    _say(sign_ins)
    while True:
        time.sleep(_PAUSE)
        if needs_embedded() and not keeper_runs():
            ensure_started()
        for service in services:
            service.revive()


def _prepare_site(places: Places, *, demo: bool) -> str:
    """Migrate, gather static files and load the demo in a child; give the sign-ins it printed."""
    answer = places.locks / "sign-ins"
    answer.unlink(missing_ok=True)
    command = [sys.executable, "-m", "assessment_center.embedded.site", str(answer)]
    command += [] if demo else ["--empty"]
    child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
        command,
        cwd=PROJECT,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=die_with_parent(signal.SIGTERM),  # noqa: PLW1509 - we have one thread
    )
    try:
        code = child.wait()
    except KeyboardInterrupt:
        finish(child, (signal.SIGTERM, 10))
        raise
    if code:
        raise EmbeddedError(
            "准备数据库与演示数据时出错，原因见上；改正后请再次运行 make run。",
            "Preparing the database and the demo failed for the reason above.",
        )
    return answer.read_text(encoding="utf-8") if answer.exists() else ""


def _await_web(web: Service, port: int) -> None:
    """Wait until the site answers a request; a first answer that is late is a failure."""
    end = time.monotonic() + _WEB_SECONDS
    while time.monotonic() < end:
        if web.child is None or web.child.poll() is not None:
            break
        connection = http.client.HTTPConnection(HOST, port, timeout=30)
        with contextlib.closing(connection), contextlib.suppress(OSError):
            connection.request("GET", "/healthz")
            if connection.getresponse().status != http.client.SERVICE_UNAVAILABLE:
                return
        time.sleep(0.1)
    raise web.failure()


def _environment() -> dict[str, str]:
    settings = os.environ.get("DJANGO_SETTINGS_MODULE", "assessment_center.settings")
    return os.environ | {"DJANGO_SETTINGS_MODULE": settings, "PYTHONUNBUFFERED": "1"}


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - the terminal is this module's page
