"""Filing and checking a batch, or a year of the centre, as jobs."""

from typing import Any

from django.utils.translation import gettext as _

from archives.services.filing import file_batch
from archives.services.fixity import FixityReport, verify_fixity, verify_year
from archives.services.years import file_year
from assessment_center.batches.models import AssessmentBatch
from assessment_center.jobs.running import JobRun, handler
from assessment_center.organization.models import AssessmentCentre
from assessment_center.registry import RefusedError


@handler("archives.file")
def file_records(run: JobRun) -> None:
    batch = AssessmentBatch.objects.get(pk=run.params["batch"])
    count = file_batch(actor=run.actor, batch=batch, progress=run.progress)
    run.tell(filed=count)


@handler("archives.fixity")
def check_bytes(run: JobRun) -> None:
    batch = AssessmentBatch.objects.get(pk=run.params["batch"])
    _tell(run, verify_fixity(actor=run.actor, batch=batch, progress=run.progress))


@handler("archives.file_year")
def file_records_of_year(run: JobRun) -> None:
    run.tell(filed=file_year(actor=run.actor, progress=run.progress, **_year(run)))


@handler("archives.fixity_year")
def check_bytes_of_year(run: JobRun) -> None:
    _tell(run, verify_year(actor=run.actor, progress=run.progress, **_year(run)))


def _year(run: JobRun) -> dict[str, Any]:
    centre = AssessmentCentre.objects.get(pk=run.params["centre"])
    return {"centre": centre, "year": run.params["year"]}


def _tell(run: JobRun, report: FixityReport) -> None:
    run.tell(checked=report.checked, faults=list(report.faults))
    if not report.sound:
        raise RefusedError(_("核验发现问题：%(faults)s") % {"faults": "；".join(report.faults)})
