"""The demo's last stage: file, close and check the archive of every finished batch."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from archives.services.filing import close_volume, file_batch
from archives.services.fixity import verify_fixity
from assessment_center.accounts.enums import Role
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.services import archive_batch
from assessment_center.demo import Demo
from assessment_center.registry.entries import demo_steps
from certificates.selectors import issue_day

FOUR = time(16)


def _after_issue(batch: AssessmentBatch) -> datetime:
    """The afternoon of the day after the last certificate, but not in the future."""
    day = (issue_day(batch) or batch.exam_ends) + timedelta(days=1)
    return min(timezone.make_aware(datetime.combine(day, FOUR)), timezone.now())


def file_archives(demo: Demo) -> None:
    for batch in demo.reaching("archive"):
        actor = demo.actor(Role.ARCHIVIST)
        count = file_batch(actor=actor, batch=batch)
        at = _after_issue(batch)
        for volume in batch.volumes.exclude(items=None):
            close_volume(actor=actor, volume=volume, at=at)
        report = verify_fixity(actor=actor, batch=batch)
        archive_batch(actor=actor, batch=batch)
        demo.say(f"档案：{batch.name} 归档 {count} 件，核验 {report.checked} 件")


demo_steps.register("archives.file", file_archives, order=700)
