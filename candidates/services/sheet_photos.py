"""The portraits that come with a sheet: laid ready on disk, then written with the rows."""

import hashlib
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.people.rules import id_document
from assessment_center.registry import RefusedError
from assessment_center.rulebooks import Rulebook
from assessment_center.spreadsheets import Change, RowProblem
from candidates.models import Application
from candidates.photo_book import HEADER, PhotoBook
from candidates.services.sheet_changes import own_entry, too_late
from candidates.services.sheet_plan import PlannedRow, Progress
from candidates.validators import CleanFile

FOLDER = "applications/photos"
STEP = 50
DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class Portrait:
    """A portrait that a row brings, kept outside the database until its row is written."""

    row: PlannedRow
    name: str
    digest: str


@dataclass(slots=True)
class Laid:
    """Portraits laid ready; they stay on disk only when `kept` is set, after the commit."""

    folder: str
    portraits: list[Portrait]
    kept: bool = False


@contextmanager
def laid_ready(
    book: PhotoBook,
    rows: Sequence[PlannedRow],
    *,
    batch: AssessmentBatch,
    dry_run: bool,
    progress: Progress,
) -> Iterator[Laid]:
    """The portraits that are new, each in a folder of this import; problems stand in `book`."""
    _sweep(batch)
    laid = Laid(f"{FOLDER}/{batch.pk.hex[:8]}-{uuid4().hex[:12]}", [])
    try:
        for done, row in enumerate(rows):
            if done % STEP == 0:
                progress(done, len(rows), _("正在核对照片"))
            taken = _take(book, row, laid.folder, rules=batch.rules, dry_run=dry_run)
            laid.portraits += [taken] if taken else []
        yield laid
    finally:
        if not laid.kept:
            shutil.rmtree(default_storage.path(laid.folder), ignore_errors=True)


def _sweep(batch: AssessmentBatch) -> None:
    """Throw away what a killed import of this batch left behind a day ago or longer."""
    root = Path(default_storage.path(FOLDER))
    for folder in root.glob(f"{batch.pk.hex[:8]}-*"):
        old = folder.stat().st_mtime < time.time() - DAY
        name = f"{FOLDER}/{folder.name}/"
        if old and not Application.objects.filter(photo__startswith=name).exists():
            shutil.rmtree(folder, ignore_errors=True)


def _take(
    book: PhotoBook, row: PlannedRow, folder: str, *, rules: Rulebook, dry_run: bool
) -> Portrait | None:
    number = id_document.normalise(row.values["id_number"])
    standing = row.standing
    if standing is not None and own_entry(standing):
        return None
    if number not in book.members:
        if standing is None or not standing.photo:
            row.remark = row.remark or _("照片包里没有这个人的照片。")
        return None
    cleaned = _usable(book, row, number, rules)
    if cleaned is None:
        return None
    if standing is not None and _same(standing, cleaned):
        return None
    if standing is not None:
        change = Change(HEADER, _("原照片") if standing.photo else _("（空）"), _("新照片"))
        if why := too_late(standing, [change]):
            book.problems.append(RowProblem(row.number, HEADER, why))
            return None
        row.changes = (*row.changes, change)
    name = "" if dry_run else f"{folder}/{uuid4().hex}.jpg"
    if name:
        default_storage.save(name, ContentFile(cleaned.content))
    return Portrait(row, name, cleaned.digest)


def _usable(book: PhotoBook, row: PlannedRow, number: str, rules: Rulebook) -> CleanFile | None:
    """The portrait as it is kept; what is wrong with it is told beside the name and the row."""
    try:
        return book.portrait(number, rules)
    except ValidationError as fault:
        told = "；".join(fault.messages)
    except RefusedError as refused:
        told = str(replace(refused.refusal, remedy=_("请换合格的照片，重新打包上传。")))
    message = _("%(name)s：%(fault)s") % {"name": row.values["name"], "fault": told}
    book.problems.append(RowProblem(row.number, HEADER, message))
    return None


def _same(standing: Application, cleaned: CleanFile) -> bool:
    """Whether the very same portrait is on file; one that is missing on disk is not."""
    if not standing.photo or not default_storage.exists(str(standing.photo.name)):
        return False
    with default_storage.open(str(standing.photo.name)) as kept:
        return hashlib.sha256(kept.read()).hexdigest() == cleaned.digest
