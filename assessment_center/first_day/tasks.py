"""Large files are read and written in the background."""

from assessment_center.first_day.models import SheetUpload
from assessment_center.first_day.services.importing import IMPORT, show_upload, write_upload
from assessment_center.jobs.running import JobRun, handler


@handler(IMPORT)
def import_sheet(run: JobRun) -> None:
    """Show or write an upload; a second run finds it written and does nothing."""
    upload = SheetUpload.objects.get(pk=run.params["upload"])
    if upload.written_at is None:
        work = show_upload if run.params["dry_run"] else write_upload
        work(actor=run.actor, upload=upload, progress=run.progress)
    outcome = upload.outcome
    run.tell(
        **{key: outcome[key] for key in ("rows", "new", "changed", "unchanged") if key in outcome}
    )
