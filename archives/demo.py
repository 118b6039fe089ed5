"""The demo's last stage: file, close and check the archive of every finished batch."""

from archives.services.filing import close_volume, file_batch
from archives.services.fixity import verify_fixity
from assessment_center.accounts.enums import Role
from assessment_center.batches.services import archive_batch
from assessment_center.demo import Demo
from assessment_center.registry.entries import demo_steps


def file_archives(demo: Demo) -> None:
    for batch in demo.reaching("archive"):
        actor = demo.actor(Role.ARCHIVIST)
        count = file_batch(actor=actor, batch=batch)
        for volume in batch.volumes.exclude(items=None):
            close_volume(actor=actor, volume=volume)
        report = verify_fixity(actor=actor, batch=batch)
        archive_batch(actor=actor, batch=batch)
        demo.say(f"档案：{batch.name} 归档 {count} 件，核验 {report.checked} 件")


demo_steps.register("archives.file", file_archives, order=700)
