"""Filing and checking a batch as jobs."""

from django.utils.translation import gettext as _

from archives.services.filing import file_batch
from archives.services.fixity import verify_fixity
from assessment_center.batches.models import AssessmentBatch
from assessment_center.jobs.running import JobRun, handler
from assessment_center.registry import RefusedError


@handler("archives.file")
def file_records(run: JobRun) -> None:
    batch = AssessmentBatch.objects.get(pk=run.params["batch"])
    count = file_batch(actor=run.actor, batch=batch, progress=run.progress)
    run.tell(filed=count)


@handler("archives.fixity")
def check_bytes(run: JobRun) -> None:
    batch = AssessmentBatch.objects.get(pk=run.params["batch"])
    report = verify_fixity(actor=run.actor, batch=batch, progress=run.progress)
    run.tell(checked=report.checked, faults=list(report.faults))
    if not report.sound:
        raise RefusedError(_("核验发现问题：%(faults)s") % {"faults": "；".join(report.faults)})
