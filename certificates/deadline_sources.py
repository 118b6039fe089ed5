"""When the data of the certificates must have been uploaded (CERT-28)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry.entries import DeadlineSpec, deadline_sources
from assessment_center.workdays.services import add_term
from certificates.selectors import issue_day, upload_of

FROM_BATCH_END = "batch_end"


def upload_deadlines(batch: AssessmentBatch) -> Sequence[DeadlineSpec]:
    """Counted from the end of the batch, or from the issue once there is one."""
    term = batch.rules.settings.upload_due
    if term is None:
        return ()
    start = batch.exam_ends if term.value.from_ == FROM_BATCH_END else issue_day(batch)
    if start is None:
        return ()
    due = add_term(term.value, start)
    done = upload_of(batch) is not None
    return (DeadlineSpec("certificates.upload", _("上传证书数据"), due, term.citations, done),)


deadline_sources.register("certificates", upload_deadlines, order=130)
