"""The way back: a whole file is checked, laid into a scratch database, compared, then swapped in.

Until the swap nothing of the centre is touched. A run that is killed leaves a scratch database
and folders beside the media, which the next run clears away.
"""

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

from django.conf import settings
from psycopg import Error as DatabaseFault
from psycopg import sql

from assessment_center import embedded
from assessment_center.backup import tables
from assessment_center.backup.container import PartReader
from assessment_center.backup.envelope import open_blocks
from assessment_center.backup.errors import BackupError, DamagedError
from assessment_center.embedded.places import PROJECT
from assessment_center.keys import RING, KeyRing
from assessment_center.sealing import SealBrokenError, open_with

SCRATCH = "_restore_"
SAMPLE = 200
Say = Callable[[str], None]


@dataclass(slots=True)
class Contents:
    """What was read from a backup: its heading, its tail, and what was found on the way."""

    head: dict[str, Any] = field(default_factory=dict)
    tail: dict[str, Any] = field(default_factory=dict)
    sequences: dict[str, list[Any]] = field(default_factory=dict)
    centre_key: bytes = b""
    ring: str = ""
    files: dict[str, str] = field(default_factory=dict)

    @property
    def tables(self) -> list[tables.Table]:
        return [tables.Table(n, tuple(c), tuple(o)) for n, c, o in self.head["tables"]]


@dataclass(slots=True)
class Scratch:
    """A restored centre beside the live one, compared and ready to take its place."""

    database: str
    media: Path
    keys: Path
    contents: Contents

    def discard(self) -> None:
        """Take it away again; what is live was never touched."""
        drop_database(self.database)
        shutil.rmtree(self.media, ignore_errors=True)
        shutil.rmtree(self.keys, ignore_errors=True)


def check_file(path: Path, passphrase: str) -> None:
    """Read the file through once, keeping nothing: a wrong word or a changed bit ends here."""
    try:
        with path.open("rb") as source:
            for _block in open_blocks(source, passphrase):
                pass
    except OSError as fault:
        message = f"不能读取 {path}：{fault.strerror}。"
        raise BackupError(message) from fault


def build_scratch(path: Path, passphrase: str, *, say: Say) -> Scratch:
    """Lay the backup beside the live centre and compare every row, file and key with it."""
    check_file(path, passphrase)
    say("文件完整，口令正确。")
    mark = uuid4().hex[:8]
    media, keys = Path(settings.MEDIA_ROOT), Path(settings.KEY_DIR)
    scratch = Scratch(
        database=f"{tables.live_name()}{SCRATCH}{mark}",
        media=media.with_name(f"{media.name}{SCRATCH}{mark}"),
        keys=keys.with_name(f"{keys.name}{SCRATCH}{mark}"),
        contents=Contents(),
    )
    try:
        _fill(scratch, path, passphrase, say)
        _compare(scratch, say)
    except BaseException:
        scratch.discard()
        raise
    return scratch


def _fill(scratch: Scratch, path: Path, passphrase: str, say: Say) -> None:
    scratch.media.mkdir(parents=True)
    scratch.keys.mkdir(parents=True, mode=0o700)
    with path.open("rb") as source:
        parts = PartReader(open_blocks(source, passphrase)).parts()
        heading, _data = next(parts)
        if heading.get("kind") != "head" or heading.get("format") != 1:
            raise DamagedError("这份备份的格式不是本版本能读的")
        scratch.contents.head = heading
        create_database(scratch.database)
        inside(scratch, "migrate", json.dumps(heading["migrations"]))
        say("已建立临时数据库，正在写入数据……")
        try:
            with tables.connect(scratch.database) as connection:
                _load(connection, scratch, parts)
        except DatabaseFault as fault:
            message = f"数据不能写入临时数据库（{type(fault).__name__}）；原有数据没有改变。"
            raise BackupError(message) from fault


def _load(
    connection: tables.Connection,
    scratch: Scratch,
    parts: Iterator[tuple[dict[str, Any], Iterator[bytes]]],
) -> None:
    contents = scratch.contents
    connection.execute(tables.PLAIN)
    known = {table.name: table for table in contents.tables}
    ties = tables.lay_open(connection, tables.tables_of(connection))
    for heading, data in parts:
        match heading["kind"]:
            case "table":
                tables.write(connection, known[heading["name"]], data)
            case "sequences":
                contents.sequences = heading["values"]
            case "file":
                _lay_file(scratch, heading["name"], data)
            case "keys":
                _lay_keys(scratch, heading)
            case "tail":
                contents.tail = heading
    tables.close_up(connection, tables.tables_of(connection), ties)
    tables.set_sequences(connection, contents.sequences)


def _lay_file(scratch: Scratch, name: str, data: Iterator[bytes]) -> None:
    path = (scratch.media / name).resolve()
    if not path.is_relative_to(scratch.media.resolve()):
        raise DamagedError("备份里有不应有的文件名")
    path.parent.mkdir(parents=True, exist_ok=True)
    hashed = hashlib.sha256()
    with path.open("wb") as out:
        for piece in data:
            hashed.update(piece)
            out.write(piece)
    scratch.contents.files[name] = hashed.hexdigest()


def _lay_keys(scratch: Scratch, heading: dict[str, Any]) -> None:
    scratch.contents.centre_key = bytes.fromhex(heading["centre"])
    scratch.contents.ring = heading["ring"]
    for name, text in (("centre.key", heading["centre"]), (RING, heading["ring"])):
        if text:
            handle = os.open(scratch.keys / name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(text)


def _compare(scratch: Scratch, say: Say) -> None:
    """Every table row by row, every file, the keys, and the trail under its own signatures."""
    contents = scratch.contents
    with tables.connect(scratch.database) as connection:
        connection.execute(tables.PLAIN)
        found = tables.digests(connection, contents.tables)
        _open_sample(connection, contents, scratch)
    wrong = [name for name, facts in contents.tail["tables"].items() if found[name] != facts]
    if wrong:
        raise DamagedError(f"数据表 {'、'.join(wrong)} 与备份时不同")
    lost = {n for n, d in contents.tail["files"].items() if contents.files.get(n) != d}
    if lost:
        raise DamagedError(f"有 {len(lost)} 个文件与备份时不同")
    rows = sum(facts["rows"] for facts in found.values())
    say(f"已逐行核对 {len(found)} 张表、{rows} 行，{len(contents.files)} 个文件。")
    inside(scratch, "finish")
    say("审计记录完整，密钥可用。")


def _open_sample(connection: tables.Connection, contents: Contents, scratch: Scratch) -> None:
    """The keys are those of these rows: some sealed numbers must open."""
    first = hashlib.sha256(b"personal-data-1" + contents.centre_key).digest()
    ring = KeyRing(scratch.keys, "data", contents.centre_key, first=first)
    query = "SELECT id, id_sealed FROM people_person ORDER BY id LIMIT %s"
    for key, sealed in connection.execute(query, (SAMPLE,)).fetchall():
        try:
            open_with(ring, sealed, row_id=UUID(str(key)))
        except SealBrokenError as fault:
            raise DamagedError("备份里的密钥打不开备份里的证件号码") from fault


def create_database(name: str) -> None:
    try:
        with tables.connect("postgres") as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    except DatabaseFault as fault:
        message = (
            "不能建立临时数据库：数据库账号需要 CREATEDB 权限，并能连接名为 postgres 的库；"
            "原有数据没有改变。"
        )
        raise BackupError(message) from fault


def drop_database(name: str) -> None:
    with contextlib.suppress(DatabaseFault), tables.connect("postgres") as connection:
        query = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        connection.execute(query)


def clear_leftovers() -> None:
    """Take away what a killed run left: scratch databases and folders; call it under the lock."""
    pattern = f"{tables.live_name()}{SCRATCH}"
    with tables.connect("postgres") as connection:
        rows = connection.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", (pattern,)
        ).fetchall()
    for (name,) in rows:
        drop_database(name)
    for place in (Path(settings.MEDIA_ROOT), Path(settings.KEY_DIR)):
        for left in place.parent.glob(f"{place.name}{SCRATCH}*"):
            shutil.rmtree(left, ignore_errors=True)


def environment(scratch: Scratch) -> dict[str, str]:
    """The surroundings in which a process sees the scratch database and the backup's key."""
    names = ("default", tables.alias())
    app, owner = (_url(alias, scratch.database) for alias in names)
    return os.environ | {
        "DATABASE_URL": app,
        "MIGRATE_DATABASE_URL": owner,
        "REDIS_URL": embedded.endpoints().redis_url,
        "ASSESSMENT_KEY": scratch.contents.centre_key.hex() or settings.CENTRE_KEY.hex(),
    }


def _url(alias: str, database: str) -> str:
    settings_of: dict[str, Any] = settings.DATABASES[alias]
    parts = [
        f"{key}={quote(str(settings_of[name]), safe='')}"
        for key, name in (
            ("host", "HOST"),
            ("port", "PORT"),
            ("user", "USER"),
            ("password", "PASSWORD"),
        )
        if settings_of.get(name)
    ]
    parts += [f"{k}={quote(str(v), safe='')}" for k, v in settings_of.get("OPTIONS", {}).items()]
    return f"postgresql:///{quote(database)}?{'&'.join(parts)}"


def inside(scratch: Scratch, what: str, given: str = "") -> None:
    """Do something as a process of the restored centre, which never sees the live database."""
    told = subprocess.run(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "assessment_center.backup.inside", what],
        input=given,
        cwd=PROJECT,
        env=environment(scratch),
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        lines = told.stderr.strip().splitlines()
        raise BackupError(f"{lines[-1] if lines else what}；原有数据没有改变。")
