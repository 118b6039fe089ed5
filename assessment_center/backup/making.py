"""Making a backup: everything of one moment into one file, which appears only when it is whole."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from assessment_center.backup import tables
from assessment_center.backup.container import PartWriter
from assessment_center.backup.envelope import LOG_N, Writer
from assessment_center.backup.errors import BackupError
from assessment_center.keys import RING

SHORTEST = 12
PIECE = 1 << 18


@dataclass(slots=True)
class Made:
    """What a backup holds; `digest` is of the file itself."""

    path: Path
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    size: int = 0
    digest: str = ""

    @property
    def rows(self) -> int:
        return sum(facts["rows"] for facts in self.tables.values())


def check_passphrase(passphrase: str) -> None:
    """Refuse one that a machine would guess over a weekend."""
    if len(passphrase) < SHORTEST:
        message = f"备份口令至少 {SHORTEST} 位；请用几个不相干的词连在一起。"
        raise BackupError(message)


def make_backup(path: Path, passphrase: str, *, log_n: int = LOG_N) -> Made:
    """Write the whole centre to `path`; raises `BackupError`, leaving no file, when it cannot."""
    check_passphrase(passphrase)
    if path.exists():
        message = f"文件 {path} 已存在，请换一个名字。"
        raise BackupError(message)
    part = path.with_name(path.name + ".part")
    made = Made(path)
    try:
        handle = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as out:
            envelope = Writer(out, passphrase, log_n=log_n)
            parts = PartWriter(envelope)
            _write_all(parts, made)
            parts.finish()
            envelope.close()
            out.flush()
            os.fsync(out.fileno())
        made.size, made.digest = part.stat().st_size, digest_of(part)
        part.replace(path)
    except OSError as fault:
        message = f"不能写入 {path}：{fault.strerror}。请检查目录、权限和磁盘空间。"
        raise BackupError(message) from fault
    finally:
        part.unlink(missing_ok=True)
    return made


def _write_all(parts: PartWriter, made: Made) -> None:
    with tables.connect() as connection:
        tables.snapshot(connection)
        found = tables.tables_of(connection)
        migrations = connection.execute(
            "SELECT app, name FROM django_migrations ORDER BY app, name"
        ).fetchall()
        parts.part(
            {
                "kind": "head",
                "format": 1,
                "made_at": timezone.now().isoformat(),
                "migrations": [list(row) for row in migrations],
                "tables": [[t.name, list(t.columns), list(t.order)] for t in found],
            }
        )
        for table in found:
            hashed = tables.RowHash()
            heading = {"kind": "table", "name": table.name}
            parts.part(heading, tables.read(connection, table, hashed))
            made.tables[table.name] = hashed.facts()
        parts.part({"kind": "sequences", "values": tables.sequences(connection)})
        connection.rollback()
    _write_files(parts, made)
    parts.part({"kind": "keys", **_keys()})
    parts.part({"kind": "tail", "tables": made.tables, "files": made.files})


def _write_files(parts: PartWriter, made: Made) -> None:
    """The media, after the rows: a file is written before the row that names it."""
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(each for each in root.rglob("*") if each.is_file()):
        name = path.relative_to(root).as_posix()
        hashed = hashlib.sha256()
        try:
            source = path.open("rb")
        except FileNotFoundError:
            continue  # taken away since it was listed: no row of the snapshot's future needs it
        with source:
            parts.part({"kind": "file", "name": name}, _pieces(source, hashed))
        made.files[name] = hashed.hexdigest()


def _pieces(source: Any, hashed: Any) -> Iterator[bytes]:
    while piece := source.read(PIECE):
        hashed.update(piece)
        yield piece


def _keys() -> dict[str, str]:
    ring = Path(settings.KEY_DIR) / RING
    return {
        "centre": settings.CENTRE_KEY.hex(),
        "ring": ring.read_text() if ring.exists() else "",
    }


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
