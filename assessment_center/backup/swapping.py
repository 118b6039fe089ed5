"""The moment of the swap, written down first so that a killed run is finished or undone.

The two databases change their names in one transaction: that is the moment. Media and keys follow;
`settle` carries on from wherever a killed run stopped, judged by which database bears the name.
"""

import contextlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.utils import timezone
from psycopg import Error as DatabaseFault
from psycopg import errors, sql

from assessment_center.backup import tables
from assessment_center.backup.errors import BackupError
from assessment_center.backup.restoring import Scratch, clear_leftovers, drop_database
from assessment_center.embedded import locks

TRIES = 20
PAUSE = 0.25


@dataclass(frozen=True, slots=True)
class Plan:
    """What changes places; `oid` is the scratch database's, whatever it is called."""

    live: str
    scratch: str
    aside: str
    oid: int
    folders: list[tuple[str, str, str]]  # (place, new, aside)


def journal() -> Path:
    return Path(settings.VAR_DIR) / "restore.json"


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Hold the right to restore; what a killed run left is settled and cleared first."""
    folder = Path(settings.VAR_DIR) / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    lock = locks.acquire(folder / "restore.lock", wait=False)
    if lock is None:
        raise BackupError("另一个恢复或演练正在进行，请等它结束。")
    try:
        settle()
        clear_leftovers()
        yield
    finally:
        os.close(lock)


def swap(scratch: Scratch) -> Plan:
    """Put the scratch centre in the place of the live one; the former one is kept aside."""
    stamp = timezone.now().strftime("%Y%m%d%H%M%S")
    live = tables.live_name()
    with tables.connect("postgres") as connection:
        row = connection.execute(
            "SELECT oid::bigint FROM pg_database WHERE datname = %s", (scratch.database,)
        ).fetchone()
    assert row is not None
    folders = [_move(Path(settings.MEDIA_ROOT), scratch.media, stamp)]
    if _keys_differ(scratch):
        folders.append(_move(Path(settings.KEY_DIR), scratch.keys, stamp))
    plan = Plan(live, scratch.database, f"{live}_before_{stamp}", int(row[0]), folders)
    _write_down(plan)
    connections.close_all()
    try:
        _rename(plan)
    except BackupError:
        journal().unlink()
        raise
    _move_folders(plan)
    shutil.rmtree(scratch.keys, ignore_errors=True)
    journal().unlink()
    return plan


def _move(place: Path, new: Path, stamp: str) -> tuple[str, str, str]:
    if place.is_mount():
        message = f"{place} 是挂载点，不能整体替换；请把它挂到上一级目录。"
        raise BackupError(message)
    return str(place), str(new), str(place.with_name(f"{place.name}.before-{stamp}"))


def _keys_differ(scratch: Scratch) -> bool:
    def held(folder: Path) -> dict[str, str]:
        return {path.name: path.read_text().strip() for path in folder.glob("*.[kj]*")}

    return held(scratch.keys) != held(Path(settings.KEY_DIR))


def _write_down(plan: Plan) -> None:
    fresh = journal().with_suffix(".new")
    with fresh.open("w") as file:
        json.dump(asdict(plan), file)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(journal())


def _rename(plan: Plan) -> None:
    """Both names in one transaction; whoever is connected is sent away, and again if he returns."""
    for _try in range(TRIES):
        try:
            with tables.connect("postgres", autocommit=False) as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = ANY(%s) AND pid <> pg_backend_pid()",
                    ([plan.live, plan.scratch],),
                )
                for old, new in ((plan.live, plan.aside), (plan.scratch, plan.live)):
                    query = sql.SQL("ALTER DATABASE {} RENAME TO {}")
                    connection.execute(query.format(sql.Identifier(old), sql.Identifier(new)))
        except errors.ObjectInUse:
            time.sleep(PAUSE)
        except DatabaseFault as fault:
            message = "数据库不能改名：账号权限不够；原有数据没有改变。"
            raise BackupError(message) from fault
        else:
            return
    raise BackupError("仍有程序连着数据库，请先停止网站和后台进程；原有数据没有改变。")


def _move_folders(plan: Plan) -> None:
    """Each folder in two renames, either of which may have been done before."""
    for place, new, aside in plan.folders:
        if not Path(new).exists():
            continue
        if Path(place).exists() and not Path(aside).exists():
            Path(place).rename(aside)
        Path(new).rename(place)


def settle() -> bool:
    """Finish or undo a swap that was killed; tells whether there was one."""
    try:
        kept = json.loads(journal().read_text())
    except FileNotFoundError:
        return False
    plan = Plan(**{**kept, "folders": [tuple(each) for each in kept["folders"]]})
    with tables.connect("postgres") as connection:
        row = connection.execute(
            "SELECT oid::bigint FROM pg_database WHERE datname = %s", (plan.live,)
        ).fetchone()
    if row is not None and int(row[0]) == plan.oid:
        _move_folders(plan)
    else:
        drop_database(plan.scratch)
        for _place, new, _aside in plan.folders:
            shutil.rmtree(new, ignore_errors=True)
    journal().unlink()
    return True


def drop_former(plan: Plan) -> None:
    """Throw away the former centre, when the operator asked for it."""
    drop_database(plan.aside)
    for _place, _new, aside in plan.folders:
        shutil.rmtree(aside, ignore_errors=True)
