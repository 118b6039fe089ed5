"""Reading scores and results."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from assessment_center.batches.models import AssessmentBatch, Offering
from candidates.models import Application
from candidates.selectors import admitted
from exams.selectors import results_basis
from scoring.enums import ResultStatus
from scoring.models import FinalResult, ScoreEntry, SubjectResult


def passed(batch: AssessmentBatch) -> QuerySet[FinalResult]:
    """Final and passed results: the basis of every certificate."""
    return FinalResult.objects.filter(batch=batch, status=ResultStatus.FINAL, passed=True)


def sheet(batch: AssessmentBatch, offering: Offering, subject: str) -> QuerySet[Application]:
    """The admitted applications of an offering that sit the subject, in order of number."""
    return admitted(batch).filter(offering=offering, subjects__contains=[subject])


def standings(batch: AssessmentBatch) -> dict[tuple[UUID, str], str]:
    """How each candidate stood in each subject on the day: present, absent, late or cheated."""
    return {(row.application_id, row.subject): row.state for row in results_basis(batch)}


def entries_by_application(
    applications: Iterable[UUID], subject: str
) -> dict[UUID, list[ScoreEntry]]:
    found: dict[UUID, list[ScoreEntry]] = defaultdict(list)
    rows = ScoreEntry.objects.filter(application_id__in=list(applications), subject=subject)
    for entry in rows.order_by("updated_at"):
        found[entry.application_id].append(entry)
    return found


def subject_results(batch: AssessmentBatch) -> dict[UUID, dict[str, SubjectResult]]:
    found: dict[UUID, dict[str, SubjectResult]] = defaultdict(dict)
    for row in SubjectResult.objects.filter(application__batch=batch):
        found[row.application_id][row.subject] = row
    return found
