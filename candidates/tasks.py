"""Jobs: each one service call, safe to run twice."""

from contextlib import nullcontext
from datetime import datetime

from django.utils.translation import gettext as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.jobs.running import JobRun, handler
from assessment_center.registry import RefusedError
from assessment_center.spreadsheets import error_report
from candidates import photo_vault, vault
from candidates.services.importing import import_sheet
from candidates.sheets import APPLICATIONS

IMPORT = "candidates.import_sheet"


@handler(IMPORT)
def run_import(run: JobRun) -> None:
    """Try or import a kept sheet with its portraits; the kept files go once they are in."""
    content = vault.read_upload(run.params["token"])
    photos = run.params.get("photos")
    with photo_vault.open_photos(photos) if photos else nullcontext() as pictures:
        if content is None or (photos and pictures is None):
            raise RefusedError(_("上传的文件已处理或已删除，请重新上传。"))
        received = run.params.get("received_at")
        report = import_sheet(
            actor=run.actor,
            batch=AssessmentBatch.objects.get(pk=run.params["batch"]),
            content=content,
            photos=pictures,
            dry_run=run.params["dry_run"],
            received_at=datetime.fromisoformat(received) if received else None,
            progress=run.progress,
        )
    run.progress(report.rows, report.rows)
    run.tell(**report.as_json())
    if not report.ok:
        run.attach("问题清单.xlsx", error_report(report.as_result(APPLICATIONS), APPLICATIONS))
    if report.written:
        vault.drop_upload(run.params["token"])
        if photos:
            photo_vault.drop_photos(photos)
