"""A centre, its backup, and the way back, with real databases and real processes."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from assessment_center import embedded
from assessment_center.accounts.enums import Role
from assessment_center.audit.services import seal_entries
from assessment_center.backup import making, services, swapping, tables
from assessment_center.backup.enums import RunKind
from assessment_center.backup.errors import BackupError
from assessment_center.backup.models import BackupRun
from assessment_center.backup.panels import lines
from assessment_center.people.models import Person
from assessment_center.people.selectors import id_number
from assessment_center.registry import SYSTEM
from tests.conftest import PROJECT
from tests.factories import foundation as f

WORD = "correct horse battery"
pytestmark = pytest.mark.processes


@dataclass
class Centre:
    """A database and a folder of their own, and the commands that work on them."""

    database: str
    folder: Path
    numbers: list[str]

    @property
    def environment(self) -> dict[str, str]:
        addresses = embedded.endpoints()
        before, question, query = addresses.migrate_database_url.partition("?")
        url = f"{before.rpartition('/')[0]}/{self.database}{question}{query}"
        return os.environ | {
            "DATABASE_URL": url,
            "MIGRATE_DATABASE_URL": url,
            "REDIS_URL": addresses.redis_url,
            "ASSESSMENT_VAR": str(self.folder),
            "ASSESSMENT_TESTING": "1",
            "ASSESSMENT_BACKUP_PASSPHRASE": WORD,
        }

    def command(self, *arguments: str | Path) -> list[str]:
        return [sys.executable, "manage.py", *map(str, arguments)]

    def run(self, *arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments),
            cwd=PROJECT,
            env=self.environment | more,
            capture_output=True,
            text=True,
            check=False,
        )

    def rows(self) -> dict[str, list[bytes]]:
        """Every row of every table as text, for a comparison that owes nothing to the product."""
        found = {}
        with psycopg.connect(**tables.parameters(self.database)) as connected:
            names = connected.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            ).fetchall()
            for (name,) in names:
                if name == "django_session":
                    continue
                with connected.cursor().copy(f'COPY "{name}" TO STDOUT') as copy:
                    found[name] = sorted(b"".join(map(bytes, copy)).splitlines())
        return found

    def media(self) -> dict[str, bytes]:
        root = self.folder / "media"
        return {p.name: p.read_bytes() for p in root.rglob("*") if p.is_file()}


def databases(like: str) -> list[str]:
    with tables.connect("postgres") as connected:
        rows = connected.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", (like,)
        ).fetchall()
    return sorted(name for (name,) in rows)


@pytest.fixture
def centre(transactional_db: None, tmp_path: Path) -> Iterator[Centre]:
    """A centre with people, staff, rows of every awkward kind, a sealed trail, media and keys."""
    people = [f.make_student() for _ in range(12)]
    f.make_user(Role.HEAD)
    f.make_centre(name='名\t字\\N"引号"\n换行')
    f.make_batch()
    seal_entries()
    numbers = [id_number(person) for person in people]
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "photo.jpg").write_bytes(os.urandom(2_500_000))
    (tmp_path / "media" / "名.txt").write_bytes(b"")
    shutil.copytree(settings.KEY_DIR, tmp_path / "keys")
    source, name = str(connection.settings_dict["NAME"]), f"centre_{os.getpid()}"
    connection.close()
    with tables.connect("postgres") as connected:
        connected.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (source,)
        )
        connected.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    yield Centre(name, tmp_path, numbers)
    with tables.connect("postgres") as connected:
        for left in databases(name):
            connected.execute(f'DROP DATABASE "{left}" WITH (FORCE)')


def test_a_centre_comes_back_in_every_row(centre: Centre) -> None:
    file = centre.folder / "night.backup"
    saved, pictures = centre.rows(), centre.media()
    told = centre.run("backup", file)
    assert told.returncode == 0, told.stderr
    assert file.stat().st_mode & 0o077 == 0
    kept = file.read_bytes()
    assert all(number.encode() not in kept + told.stdout.encode() for number in centre.numbers)

    before = centre.rows()
    refused = centre.run("restore", file)
    assert "已有一个在用的中心" in refused.stderr
    wrong = centre.run("restore", file, "--replace", ASSESSMENT_BACKUP_PASSPHRASE="x" * 14)
    assert "口令不对" in wrong.stderr
    assert len(wrong.stderr.strip().splitlines()) == 1
    assert centre.rows() == before

    _kill_while_loading(centre, file)
    assert centre.rows() == before
    assert centre.media() == pictures
    assert len(databases(f"{centre.database}_restore_")) == 1

    with tables.connect(centre.database) as connected:
        connected.execute("UPDATE people_person SET name = '改'")
        connected.execute("DELETE FROM people_studentrecord")
    (centre.folder / "media" / "photo.jpg").write_bytes(b"spoiled")
    done = centre.run("restore", file, "--replace")
    assert done.returncode == 0, done.stderr
    assert centre.media() == pictures
    after = centre.rows()
    run = after["backup_backuprun"]
    trail = set(after["audit_auditentry"]) - set(saved["audit_auditentry"])
    assert (len(run), len(trail)) == (1, 1)
    assert b"backup.restore" in trail.pop()
    for name in saved.keys() - {"backup_backuprun", "audit_auditentry"}:
        assert after[name] == saved[name], name
    assert set(saved["audit_auditentry"]) < set(after["audit_auditentry"])
    assert centre.run("verify_audit").returncode == 0
    assert databases(f"{centre.database}_restore_") == []
    assert len(databases(f"{centre.database}_before_")) == 1
    _is_whole(centre)


def _kill_while_loading(centre: Centre, file: Path) -> None:
    """End a restore the hard way once its scratch database stands."""
    process = subprocess.Popen(
        centre.command("restore", file, "--replace"),
        cwd=PROJECT,
        env=centre.environment | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if "临时数据库" in line:
            break
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    time.sleep(0.2)


def _is_whole(centre: Centre) -> None:
    """The restored tables have their ties, triggers and numbers again."""
    with tables.connect(centre.database) as connected:
        with pytest.raises(psycopg.errors.ForeignKeyViolation):
            connected.execute("DELETE FROM organization_assessmentcentre")
        with pytest.raises(psycopg.errors.RestrictViolation, match="审计记录不能改动"):
            connected.execute("UPDATE audit_auditentry SET verb = 'x'")
        free = "SELECT nextval(pg_get_serial_sequence('audit_auditentry', 'id'))"
        last = "SELECT max(id) FROM audit_auditentry"
        assert connected.execute(free).fetchone()[0] > connected.execute(last).fetchone()[0]


def test_a_drill_tries_a_backup_out_and_leaves_nothing(centre: Centre) -> None:
    before = centre.rows()
    told = centre.run("backup_drill")
    assert told.returncode == 0, told.stderr
    assert "演练成功" in told.stdout
    after = centre.rows()
    changed = {name for name in before if after[name] != before[name]}
    assert changed == {"backup_backuprun", "audit_auditentry"}
    assert databases(f"{centre.database}_") == []
    assert list(centre.folder.glob("*_restore_*")) == list(centre.folder.glob("drill-*")) == []


@pytest.mark.django_db
def test_rows_are_hashed_whatever_the_portions() -> None:
    whole, parts = tables.RowHash(), tables.RowHash()
    whole.take(b"1\ta\n2\tb\n3\tc\n")
    for byte in b"1\ta\n2\tb\n3\tc\n":
        parts.take(bytes([byte]))
    other = tables.RowHash()
    other.take(b"2\tb\n1\ta\n3\tc\n")
    assert whole.facts() == parts.facts()
    assert whole.facts()["rows"] == 3
    assert other.facts() != whole.facts()


@pytest.fixture
def pair(settings: Any, tmp_path: Path) -> Iterator[swapping.Plan]:
    """Two empty databases and two folders in the middle of a swap."""
    settings.VAR_DIR = tmp_path
    live, scratch = f"swap_{os.getpid()}", f"swap_{os.getpid()}_restore_1"
    with tables.connect("postgres") as connected:
        for name in (live, scratch):
            connected.execute(f'CREATE DATABASE "{name}"')
        oid = connected.execute(
            "SELECT oid::bigint FROM pg_database WHERE datname = %s", (scratch,)
        ).fetchone()[0]
    folders = (tmp_path / "media", tmp_path / "media.new", tmp_path / "media.before")
    for name, folder in zip(("old", "new"), folders, strict=False):
        folder.mkdir()
        (folder / name).touch()
    plan = swapping.Plan(live, scratch, f"{live}_before", oid, [tuple(map(str, folders))])
    swapping._write_down(plan)
    yield plan
    with tables.connect("postgres") as connected:
        for left in databases(live):
            connected.execute(f'DROP DATABASE "{left}" WITH (FORCE)')


@pytest.mark.django_db
def test_a_swap_killed_before_its_moment_is_undone(pair: swapping.Plan, tmp_path: Path) -> None:
    assert swapping.settle()
    assert databases(pair.live) == [pair.live]
    assert (tmp_path / "media" / "old").exists()
    assert not (tmp_path / "media.new").exists()
    assert not swapping.settle()


@pytest.mark.django_db
@pytest.mark.parametrize("moved", [False, True])
def test_a_swap_killed_after_its_moment_is_finished(
    pair: swapping.Plan, tmp_path: Path, moved: bool
) -> None:
    swapping._rename(pair)
    if moved:
        (tmp_path / "media").rename(tmp_path / "media.before")
    assert swapping.settle()
    assert databases(pair.live) == [pair.live, pair.aside]
    assert (tmp_path / "media" / "new").exists()
    assert (tmp_path / "media.before" / "old").exists()


@pytest.mark.django_db
def test_the_names_change_together_or_not_at_all(pair: swapping.Plan) -> None:
    broken = swapping.Plan(pair.live, "no_such_database", pair.aside, 0, [])
    with pytest.raises(BackupError, match="不能改名"):
        swapping._rename(broken)
    assert pair.live in databases(pair.live)
    assert pair.aside not in databases(pair.live)


@pytest.mark.django_db
def test_the_nightly_backup_keeps_so_many_and_says_how_old(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert services.back_up_on_schedule() is None
    assert "还没有备份" in str(lines(SYSTEM)[0].title)
    settings.BACKUP_DIR, settings.BACKUP_KEEP = str(tmp_path / "nights"), 2
    settings.BACKUP_PASSPHRASE_FILE = str(tmp_path / "word")
    failed = services.back_up_on_schedule()
    assert (failed.ok, "读不到备份口令文件" in failed.message) == (False, True)
    assert [line.state for line in lines(SYSTEM)] == ["bad", "bad"]
    (tmp_path / "word").write_text(WORD + "\n")

    def made(path: Path, word: str) -> making.Made:
        assert word == WORD
        path.write_bytes(b"x")
        return making.Made(path, {"t": {"rows": 3}}, {}, 1, "d" * 64)

    monkeypatch.setattr(services, "make_backup", made)
    for number in range(4):
        monkeypatch.setattr(services, "NAME", f"assessment-{number}.backup")
        run = services.back_up_on_schedule()
        assert run.kind == RunKind.SCHEDULED
    kept = sorted(path.name for path in (tmp_path / "nights").iterdir())
    assert kept == ["assessment-2.backup", "assessment-3.backup"]
    assert [line.state for line in lines(SYSTEM)] == ["done"]
    BackupRun.objects.update(created_at=f.at(2026, 1, 1))
    assert lines(SYSTEM)[0].state == "due"


@pytest.mark.django_db
def test_no_number_stands_in_the_clear_anywhere_in_the_database() -> None:
    """What a plain dump of the tables would show."""
    people = [f.make_student() for _ in range(3)]
    dump = b""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        for name in names:
            with cursor.copy(f'COPY "{name}" TO STDOUT') as copy:
                dump += b"".join(map(bytes, copy))
    assert Person.objects.count() == 3
    for person in people:
        number = id_number(person)
        assert number.encode() not in dump
        assert number.encode().hex().encode() not in dump
