"""When a batch is to be filed, where the rulebook gives a term."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from assessment_center.batches.enums import BatchStatus
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry.entries import DeadlineSpec, deadline_sources
from assessment_center.workdays.services import add_workdays


def filing_deadlines(batch: AssessmentBatch) -> Sequence[DeadlineSpec]:
    term = batch.rules.settings.filing_workdays
    if term is None:
        return ()
    due = add_workdays(batch.exam_ends, term.value)
    done = batch.status == BatchStatus.ARCHIVED
    return (DeadlineSpec("archive", _("归档"), due, term.citations, done),)


deadline_sources.register("archives", filing_deadlines)
