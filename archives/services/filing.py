"""Filing a batch: every source gives its records, every record gets its term and its hash."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from archives.enums import VolumeStatus
from archives.models import ArchiveItem, Volume
from archives.rules.retention import keep_until, volume_root
from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches.enums import BatchStatus
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import Actor, Citation, RefusedError, SubjectRef
from assessment_center.registry.entries import archive_sources
from assessment_center.rulebooks.rules.rulebook import Rulebook

Gathered = tuple[str, str, str, bytes, SubjectRef]
VOLUMES = (
    (1, "报名与资格审查卷", frozenset({"candidates"})),
    (2, "考务与考场卷", frozenset({"exams", "batches"})),
    (3, "试卷卷", frozenset({"questionbank"})),
    (4, "成绩卷", frozenset({"scoring"})),
    (5, "证书卷", frozenset({"certificates"})),
)


class Retention(NamedTuple):
    label: str
    years: int | None
    months: int | None
    citations: tuple[Citation, ...]


class Keeping(NamedTuple):
    """By which rulebook terms run, from which day, and where the files of the owner lie."""

    rules: Rulebook
    starts: date
    folder: str


def retention_of(rules: Rulebook, kind: str) -> Retention:
    """The rulebook's class of this kind of record, else its term for paper (ARC-03, ARC-04)."""
    named = rules.retention_of(kind)
    if named is not None:
        return Retention(named.label, named.years, named.months, named.cite)
    paper = rules.settings.paper_years
    told = _("%(n)s 年") if paper.citations else _("%(n)s 年（规程未规定）")
    return Retention(told % {"n": paper.value}, paper.value, None, paper.citations)


def file_batch(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> int:
    """Gather and file everything the batch left; returns how many records are newly filed.

    Safe to run twice: a record with the same bytes is filed once. Each source is filed in a
    transaction of its own. Refused before the batch is completed, by role, or into a closed
    volume.
    """
    if not actor.may(Act.ARCHIVE_FILE):
        raise RefusedError(_("您的角色不能归档。"))
    if batch.status not in {BatchStatus.COMPLETED, BatchStatus.ARCHIVED}:
        raise RefusedError(_("批次还没有完成，不能归档。请先办完证书。"))
    keeping = Keeping(batch.rules, batch.exam_ends, str(batch.id))
    total, new = len(archive_sources), 0
    for done, (key, source) in enumerate(archive_sources.items(), start=1):
        volume = _volume(batch, key.partition(".")[0])
        new += file_records(actor, volume, keeping, list(source.collect(batch)))
        progress(done, total)
    record(actor=actor, verb="archive.file", subject=batch.ref, payload={"count": new})
    return new


def _volume(batch: AssessmentBatch, app: str) -> Volume:
    number, title = next(
        ((n, title) for n, title, apps in VOLUMES if app in apps), (VOLUMES[1][0], VOLUMES[1][1])
    )
    volume, _created = Volume.objects.get_or_create(
        batch=batch, number=number, defaults={"title": title}
    )
    return volume


@transaction.atomic
def file_records(actor: Actor, volume: Volume, keeping: Keeping, records: list[Gathered]) -> int:
    """File what is not in the volume yet; returns how many. Refused once the volume is closed."""
    volume = Volume.objects.select_for_update().get(pk=volume.pk)
    known = set(volume.items.values_list("kind", "subject_kind", "subject_id", "digest"))
    last = volume.items.aggregate(last=Max("number"))["last"] or 0
    made = 0
    for kind, title, name, data, ref in records:
        digest = hashlib.sha256(data).hexdigest()
        if (kind, ref.kind, ref.uuid, digest) in known:
            continue
        if volume.status == VolumeStatus.CLOSED:
            raise RefusedError(_("“%(volume)s”已封卷，不能再入卷。") % {"volume": volume.title})
        made += 1
        _file_one(actor, keeping, volume, last + made, (kind, title, name, data, ref), digest)
    return made


def _file_one(
    actor: Actor,
    keeping: Keeping,
    volume: Volume,
    number: int,
    filed: Gathered,
    digest: str,
) -> ArchiveItem:
    kind, title, name, data, ref = filed
    retention = retention_of(keeping.rules, kind)
    term = keep_until(keeping.starts, years=retention.years, months=retention.months)
    item = ArchiveItem(
        volume=volume,
        number=number,
        kind=kind,
        title=title[:200],
        file_name=name[:200],
        size=len(data),
        digest=digest,
        subject_kind=ref.kind,
        subject_id=ref.uuid,
        retention_class=retention.label[:40],
        permanent=term.permanent,
        keep_until=term.until,
        citation="、".join(str(c) for c in retention.citations)[:300],
        filed_by_id=actor.user_id,
    )
    suffix = name.rpartition(".")[2][:8] or "bin"
    item.file.save(f"{keeping.folder}/{item.id}.{suffix}", ContentFile(data), save=False)
    item.save(force_insert=True)
    return item


@transaction.atomic
def close_volume(*, actor: Actor, volume: Volume, at: datetime | None = None) -> Volume:
    """Close a volume: its root fixes number and hash of every item. `at`: when, if not now."""
    if not actor.may(Act.ARCHIVE_FILE):
        raise RefusedError(_("您的角色不能封卷。"))
    locked = Volume.objects.select_for_update().get(pk=volume.pk)
    if locked.status == VolumeStatus.CLOSED:
        raise RefusedError(_("“%(volume)s”已封卷。") % {"volume": locked.title})
    items = list(locked.items.values_list("number", "digest"))
    if not items:
        raise RefusedError(_("“%(volume)s”是空卷，不能封卷。") % {"volume": locked.title})
    locked.status = VolumeStatus.CLOSED
    locked.root = volume_root(items)
    locked.closed_at = at or timezone.now()
    locked.closed_by_id = actor.user_id
    locked.save(update_fields=["status", "root", "closed_at", "closed_by"])
    record(
        actor=actor,
        verb="archive.close",
        subject=locked.ref,
        payload={"root": locked.root, "records": len(items)},
    )
    return locked


@transaction.atomic
def hold(*, actor: Actor, item: ArchiveItem, reason: str, held: bool) -> ArchiveItem:
    """Put a hold on an item or lift it, with a reason: held items are never disposed of."""
    if not actor.may(Act.ARCHIVE_FILE):
        raise RefusedError(_("您的角色不能冻结档案。"))
    if not reason.strip():
        raise RefusedError(_("请写明原因。"))
    ArchiveItem.objects.filter(pk=item.pk).update(on_hold=held)
    item.refresh_from_db()
    verb = "archive.hold" if held else "archive.lift_hold"
    record(actor=actor, verb=verb, subject=item.ref, payload={"reason": reason})
    return item
