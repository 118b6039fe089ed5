from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.audit.services import record
from assessment_center.batches.selectors import batch_by_code
from assessment_center.jobs.running import JobRun, handler
from assessment_center.registry import RefusedError
from certificates.documents.face import render
from certificates.selectors import issued_of, own_files
from certificates.services import issue_batch

ISSUE, PRINT = "certificates.issue", "certificates.print_all"


@handler(ISSUE)
def issue_certificates(run: JobRun) -> None:
    """Number and issue a batch; a run that follows a killed one issues only what is left."""
    batch = batch_by_code(run.params["batch"])
    day = date.fromisoformat(run.params["on"]) if run.params.get("on") else timezone.localdate()

    def told(done: int, total: int) -> None:
        run.progress(done, total, _("正在发证"))

    issue_batch(actor=run.actor, batch=batch, on=day, progress=told)
    run.tell(issued=issued_of(batch).count())


@handler(PRINT)
def print_all(run: JobRun) -> None:
    """All certificates of a batch that hold, a page each, in one PDF."""
    batch = batch_by_code(run.params["batch"])
    sheets = list(own_files(batch).exclude(status="revoked"))
    if not sheets:
        raise RefusedError(_("还没有已发的证书，不能打印。"))
    run.progress(0, len(sheets), _("正在排版"))
    for each in sheets:
        each.batch = batch
    run.attach(f"证书-{batch.code}.pdf", render(sheets, site=settings.SITE_URL))
    record(
        actor=run.actor,
        verb="certificate.print_all",
        subject=batch.subject,
        payload={"certificates": len(sheets)},
    )
    run.progress(len(sheets), len(sheets))
    run.tell(certificates=len(sheets))
