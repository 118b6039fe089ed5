"""A worker's own log: whatever a task says, and however it fails, no ID number stands in it."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assessment_center.celery import app
from assessment_center.masked_log import masked
from tests.factories.foundation import id_number

pytestmark = pytest.mark.processes
PROJECT = Path(__file__).resolve().parents[3]
NUMBER = id_number(42)
TASKS = "tests.assessment_center.people.careless_tasks"


@pytest.fixture
def log(process_environment: dict[str, str], tmp_path: Path) -> Iterator[Path]:
    """The log of a worker that knows the careless tasks and tells all it can."""
    app.control.purge()
    written = tmp_path / "worker.log"
    command = [sys.executable, "-m", "celery", "-A", "assessment_center", "worker"]
    more = [f"--include={TASKS}", "--concurrency=1", "--loglevel=DEBUG"]
    with written.open("wb") as output:
        worker = subprocess.Popen(
            [*command, *more, "--without-gossip", "--without-mingle"],
            cwd=PROJECT,
            env=process_environment,
            stdout=output,
            stderr=output,
        )
    try:
        wait_for(written, " ready.", 60)
        yield written
    finally:
        worker.kill()
        worker.wait()
        app.control.purge()


def wait_for(written: Path, words: str, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while words not in written.read_text(errors="replace"):
        assert time.monotonic() < end, f"{words!r} is not in:\n{written.read_text()}"
        time.sleep(0.1)


@pytest.mark.django_db(transaction=True)
def test_no_number_reaches_a_workers_log(log: Path) -> None:
    for name in ("raises", "states", "logs", "dies"):
        app.send_task(f"careless.{name}", args=[NUMBER])
    app.send_task("careless.unknown", args=[NUMBER], kwargs={"number": NUMBER})
    app.send_task("careless.raises", kwargs={"wrong": NUMBER})
    app.send_task("careless.logs", args=[NUMBER])
    hidden = masked(NUMBER)
    heard = (
        f"ValueError: 号码 {hidden} 有误",
        "invalid input syntax for type uuid",
        f"task logger {hidden}",
        f"plain logger {hidden}",
        f"printed {hidden}",
        f"to stderr {hidden}",
        f"warned {hidden}",
        "WorkerLostError",
        "careless.unknown",
    )
    for words in heard:
        wait_for(log, words)
    text = log.read_text(errors="replace")
    assert [line for line in text.splitlines() if NUMBER in line] == []
