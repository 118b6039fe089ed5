"""Backups as acts of the office: made, tried out, kept in number, each on record."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from assessment_center.audit.services import record
from assessment_center.backup import restoring, swapping
from assessment_center.backup.enums import RunKind
from assessment_center.backup.errors import BackupError
from assessment_center.backup.making import Made, make_backup
from assessment_center.backup.models import BackupRun
from assessment_center.registry import SYSTEM

OVERDUE = timedelta(hours=30)
NAME = "assessment-{:%Y%m%d-%H%M%S}.backup"


@transaction.atomic
def note(kind: RunKind, made: Made | None = None, *, fault: str = "") -> BackupRun:
    """Keep that a run was made, well or not."""
    run = BackupRun.objects.create(
        kind=kind,
        ok=not fault,
        file_name=made.path.name if made else "",
        size=made.size if made else 0,
        rows=made.rows if made else 0,
        files=len(made.files) if made else 0,
        digest=made.digest if made else "",
        message=fault[:300],
    )
    facts = {"kind": kind, "rows": run.rows, "digest": run.digest, "failed": bool(fault)}
    record(actor=SYSTEM, verb="backup.run", subject=run.subject, payload=facts)
    return run


@transaction.atomic
def note_restored(facts: dict[str, Any]) -> BackupRun:
    """Keep, in the restored centre, that it was restored and from what."""
    run = BackupRun.objects.create(kind=RunKind.RESTORE, ok=True, **facts)
    payload = {"rows": run.rows, "digest": run.digest}
    record(actor=SYSTEM, verb="backup.restore", subject=run.subject, payload=payload)
    return run


def back_up(path: Path, passphrase: str, *, kind: RunKind = RunKind.MANUAL) -> Made:
    """Make a backup and keep that it was made, or why it was not."""
    try:
        made = make_backup(path, passphrase)
    except BackupError as fault:
        note(kind, fault=str(fault))
        raise
    note(kind, made)
    return made


def drill(passphrase: str, *, path: Path | None = None, say: restoring.Say) -> BackupRun:
    """Restore a backup (a fresh one when none is named) beside the centre, compare, discard."""
    with swapping.alone(), TemporaryDirectory(dir=settings.VAR_DIR, prefix="drill-") as folder:
        try:
            made = None if path else make_backup(Path(folder) / "drill.backup", passphrase)
            file = path or Path(folder) / "drill.backup"
            restoring.build_scratch(file, passphrase, say=say).discard()
        except BackupError as fault:
            note(RunKind.DRILL, fault=str(fault))
            raise
        return note(RunKind.DRILL, made or Made(file))


def passphrase_of_schedule() -> str:
    """The word of the nightly backup, from a file that only the site's account reads."""
    path = Path(settings.BACKUP_PASSPHRASE_FILE)
    try:
        return path.read_text().strip()
    except OSError as fault:
        message = f"读不到备份口令文件 {path}：{fault.strerror}。"
        raise BackupError(message) from fault


def back_up_on_schedule() -> BackupRun | None:
    """The nightly backup, when a folder for it is named; older ones beyond the number go."""
    if not settings.BACKUP_DIR:
        return None
    folder = Path(settings.BACKUP_DIR)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        word = passphrase_of_schedule()
        made = make_backup(folder / NAME.format(timezone.localtime()), word)
    except (BackupError, OSError) as fault:
        return note(RunKind.SCHEDULED, fault=str(fault))
    for old in sorted(folder.glob("assessment-*.backup"))[: -settings.BACKUP_KEEP]:
        old.unlink(missing_ok=True)
    return note(RunKind.SCHEDULED, made)


def last_good() -> BackupRun | None:
    """The newest backup that came about; drills and restores are none."""
    wanted = (RunKind.MANUAL, RunKind.SCHEDULED)
    return BackupRun.objects.filter(kind__in=wanted, ok=True).first()
