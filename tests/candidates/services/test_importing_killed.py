"""A worker that is killed in the middle of writing leaves nothing; the next run writes it all."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from assessment_center.audit.models import AuditEntry
from assessment_center.people.models import Person, StudentRecord
from assessment_center.registry import SYSTEM
from candidates.models import Application
from candidates.services.importing import import_sheet
from tests.candidates.sheets import student_row, workbook
from tests.factories import candidates as c
from tests.factories import foundation as f

PROJECT = Path(__file__).resolve().parents[3]
RECEIVED = "2026-04-10T09:00"
WAITING = """SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'"""


@pytest.fixture
def held(process_environment: dict[str, str]) -> Iterator[psycopg.Connection[Any]]:
    """A second connection that holds the table of applications against writing."""
    with psycopg.connect(process_environment["DATABASE_URL"]) as other:
        other.execute("LOCK TABLE candidates_application IN SHARE MODE")
        yield other


def waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return int(cursor.fetchone()[0])


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_a_killed_import_leaves_nothing_and_is_done_again(
    process_environment: dict[str, str], held: psycopg.Connection[Any], tmp_path: Path
) -> None:
    batch = c.make_open_offering().batch
    sheet = tmp_path / "sheet.xlsx"
    sheet.write_bytes(workbook([student_row(number) for number in range(1, 4)]))
    environment = process_environment | {"ASSESSMENT_VAR": os.environ.get("ASSESSMENT_VAR", "")}
    command = [sys.executable, "manage.py", "import_applications", str(sheet)]
    command += ["--batch", batch.code, "--received", RECEIVED]
    out = tmp_path / "out"
    with out.open("wb") as log:
        run = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=log, stderr=log)
        end = time.monotonic() + 120
        while not waiting():
            assert time.monotonic() < end, out.read_text()
            assert run.poll() is None, out.read_text()
            time.sleep(0.05)
        run.send_signal(signal.SIGKILL)
        run.wait()
    held.rollback()
    while waiting():
        assert time.monotonic() < end
        time.sleep(0.05)
    assert not Application.objects.exists()
    assert not StudentRecord.objects.exists()
    assert not Person.objects.filter(name__startswith="赵安").exists()
    assert not AuditEntry.objects.filter(verb__in=["person.enter", "application.enter"]).exists()
    received = f.at(2026, 4, 10)
    report = import_sheet(
        actor=SYSTEM, batch=batch, content=sheet.read_bytes(), received_at=received
    )
    assert (report.new, report.written, Application.objects.count()) == (3, True, 3)
