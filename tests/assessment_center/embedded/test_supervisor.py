"""The supervisor over a site with nothing in it: what it says, starts, and never leaves behind."""

import http.client
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from assessment_center.embedded import supervisor
from assessment_center.embedded.errors import EmbeddedError
from assessment_center.embedded.places import PROJECT

from .conftest import environment, kill, nothing_left, processes_of, run
from .test_servers import eventually

RUN = ["-m", "assessment_center.embedded", "run", "--empty"]
STOP = ["-m", "assessment_center.embedded", "stop"]
SMALL_SITE = "tests.assessment_center.embedded.small_site"
Site = subprocess.Popen[str]


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def start(var: Path, port: int) -> Iterator[Callable[[], Site]]:
    started: list[Site] = []

    def start_site() -> Site:
        site = subprocess.Popen(
            [sys.executable, *RUN],
            cwd=PROJECT,
            env=environment(var, PORT=str(port), DJANGO_SETTINGS_MODULE=SMALL_SITE),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(site)
        return site

    yield start_site
    for site in started:
        site.kill()
        site.communicate()


def said(site: Site, word: str) -> str:
    """Read the site's terminal up to a word."""
    assert site.stdout is not None
    text = ""
    for line in site.stdout:
        text += line
        if word in line:
            return text
    return pytest.fail(f"never said {word}:\n{text}")


def status(port: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize("text", ["0", "65536", "eighty", "-1", "\uff18\uff10", "80 00"])
def test_a_wrong_port_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("PORT", text)
    with pytest.raises(EmbeddedError, match=f"端口 PORT={text} 无效"):
        supervisor.chosen_port()


@pytest.mark.parametrize(("text", "port"), [("", 8000), ("1", 1), ("65535", 65535)])
def test_a_right_port_is_taken(monkeypatch: pytest.MonkeyPatch, text: str, port: int) -> None:
    monkeypatch.setenv("PORT", text)
    assert supervisor.chosen_port() == port


@pytest.mark.processes
def test_a_port_in_use_is_one_sentence_and_starts_nothing(var: Path, port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        outcome = run(var, *RUN, PORT=str(port))
    assert outcome.returncode == 1
    assert outcome.stderr.startswith(f"端口 {port} 已被其他程序占用")
    assert len(outcome.stderr.strip().splitlines()) == 2
    assert list(var.iterdir()) == []


@pytest.mark.processes
def test_a_folder_without_permission_is_one_sentence(tmp_path: Path, port: int) -> None:
    taken = tmp_path / "var"
    taken.write_text("")
    outcome = run(taken, *RUN, PORT=str(port))
    assert outcome.returncode == 1
    assert outcome.stderr.startswith("没有权限写入")
    assert len(outcome.stderr.strip().splitlines()) == 2


@pytest.mark.processes
def test_it_serves_and_ends_cleanly(start: Callable[[], Site], var: Path, port: int) -> None:
    site = start()
    assert f"http://127.0.0.1:{port}/" in said(site, "http://")
    assert status(port) == 200
    second = run(var, *RUN, PORT=str(port - 1))
    assert (second.returncode, second.stderr[:7]) == (1, "本系统已在运行")
    memory = sum(p.memory_full_info().pss for p in processes_of(var)) / 2**20
    assert memory < 700, f"{memory:.0f} MB"
    site.send_signal(signal.SIGINT)
    assert site.wait(40) == 0
    assert processes_of(var) == []


@pytest.mark.processes
def test_stop_ends_the_site_with_its_servers(start: Callable[[], Site], var: Path) -> None:
    site = start()
    said(site, "http://")
    assert run(var, *STOP).returncode == 0
    assert site.wait(40) == 0
    assert processes_of(var) == []
    assert run(var, *STOP).returncode == 0


@pytest.mark.processes
@pytest.mark.parametrize("victims", ["supervisor", "all"])
def test_a_killed_run_leaves_nothing_and_the_next_recovers(
    start: Callable[[], Site], var: Path, port: int, victims: str
) -> None:
    site = start()
    said(site, "http://")
    chosen = [psutil.Process(site.pid)] if victims == "supervisor" else processes_of(var)
    kill(chosen)
    site.wait()
    assert nothing_left(var) == []
    said(start(), "http://")
    assert status(port) == 200


@pytest.mark.processes
def test_what_dies_is_started_again(start: Callable[[], Site], var: Path, port: int) -> None:
    said(start(), "http://")

    def children(word: str) -> list[psutil.Process]:
        return [p for p in processes_of(var) if word in " ".join(p.cmdline())]

    words = ("worker --concurrency", " beat ", "gunicorn", "embedded keep")
    victims = [process for word in words for process in children(word)]
    before = {process.pid for process in victims}
    kill(victims)

    def is_whole() -> bool:
        try:
            now = [{p.pid for p in children(word)} for word in words]
            return all(now) and not before & set.union(*now) and status(port) == 200
        except (OSError, http.client.HTTPException, psutil.NoSuchProcess):
            return False

    assert eventually(is_whole, seconds=40)


@pytest.mark.processes
def test_a_killed_make_takes_the_run_along(var: Path, port: int) -> None:
    shell = subprocess.Popen(
        ["/bin/sh", "-c", '"$@"; true', "sh", sys.executable, *RUN, "--with-parent"],
        cwd=PROJECT,
        env=environment(var, PORT=str(port), DJANGO_SETTINGS_MODULE=SMALL_SITE),
        stdout=subprocess.PIPE,
        text=True,
    )
    said(shell, "http://")
    shell.kill()
    shell.communicate()
    assert nothing_left(var) == []


@pytest.mark.processes
def test_a_failing_preparation_is_told_and_ends_the_run(var: Path, port: int) -> None:
    outcome = run(var, *RUN, PORT=str(port), DJANGO_SETTINGS_MODULE="no.such.settings")
    assert outcome.returncode == 1
    assert "准备数据库与演示数据时出错" in outcome.stderr
    assert nothing_left(var) == []
