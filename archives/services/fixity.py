"""The archive proves its own integrity: every byte is read again and compared."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from archives.enums import ItemStatus, VolumeStatus
from archives.models import ArchiveItem, Volume
from archives.rules.retention import volume_root
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch
from assessment_center.organization.models import AssessmentCentre
from assessment_center.registry import Actor, SubjectRef


@dataclass(frozen=True)
class FixityReport:
    """`faults` name each item or volume that is not as it was filed."""

    checked: int
    faults: tuple[str, ...]

    @property
    def sound(self) -> bool:
        return not self.faults


def digest_of(item: ArchiveItem) -> str | None:
    """The SHA-256 of the item's bytes as they are now; None when the file is gone."""
    try:
        with item.file.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None


Progress = Callable[[int, int], None]


def verify_fixity(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    progress: Progress = lambda _done, _total: None,
) -> FixityReport:
    """Check every item of the batch and the root of every closed volume; the check is recorded."""
    return _verify(actor, Volume.objects.filter(batch=batch), batch.ref, progress)


def verify_year(
    *,
    actor: Actor,
    centre: AssessmentCentre,
    year: int,
    progress: Progress = lambda _done, _total: None,
) -> FixityReport:
    """The same for the volumes of a year of the centre."""
    volumes = Volume.objects.filter(centre=centre, year=year)
    return _verify(actor, volumes, centre.subject, progress)


def _verify(
    actor: Actor, volumes: QuerySet[Volume], subject: SubjectRef, progress: Progress
) -> FixityReport:
    filed = ArchiveItem.objects.filter(volume__in=volumes, status=ItemStatus.FILED)
    items = list(filed.select_related("volume"))
    faults = []
    for done, item in enumerate(items, start=1):
        now = digest_of(item)
        sound = now == item.digest
        if now is None:
            faults.append(_("第 %(n)s 件“%(title)s”的文件丢失") % _words(item))
        elif not sound:
            faults.append(_("第 %(n)s 件“%(title)s”的内容被改动") % _words(item))
        ArchiveItem.objects.filter(pk=item.pk).update(checked_at=timezone.now(), check_sound=sound)
        progress(done, len(items))
    faults += _root_faults(volumes)
    record(
        actor=actor,
        verb="archive.fixity",
        subject=subject,
        payload={"checked": len(items), "faults": faults[:50]},
    )
    return FixityReport(len(items), tuple(faults))


def _words(item: ArchiveItem) -> dict[str, object]:
    return {"n": item.number, "title": item.title}


def _root_faults(volumes: QuerySet[Volume]) -> list[str]:
    return [
        _("“%(volume)s”的卷摘要与卷内目录不符") % {"volume": volume.title}
        for volume in volumes.filter(status=VolumeStatus.CLOSED)
        if volume_root(volume.items.values_list("number", "digest")) != volume.root
    ]
