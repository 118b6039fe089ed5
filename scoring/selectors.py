"""Reading scores and results."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from assessment_center.accounts.models import User
from assessment_center.batches.enums import ReportStatus
from assessment_center.batches.models import AssessmentBatch, AuthorityReport, Offering
from candidates.enums import ApplicationStatus
from candidates.models import Application
from candidates.selectors import admitted
from exams.results import results_basis
from scoring.enums import ResultStatus, ReviewStatus
from scoring.models import (
    FinalResult,
    Publicity,
    RecognitionDecision,
    ScoreEntry,
    ScoreReport,
    ScoreReview,
    SubjectResult,
)

PRESENT, VOID = "present", "void"
RESULTS = "results"
SAID = (ReportStatus.SUBMITTED, ReportStatus.APPROVED)


@dataclass(frozen=True, slots=True)
class Stood:
    """How a candidate stood on the day: present, absent, late_refused or void; `note` says why."""

    state: str
    note: str = ""


def passed(batch: AssessmentBatch) -> QuerySet[FinalResult]:
    """Final and passed results: the basis of every certificate.

    Not those whose application was cancelled since, for fraud (REG-16).
    """
    return FinalResult.objects.filter(
        batch=batch,
        status=ResultStatus.FINAL,
        passed=True,
        application__status=ApplicationStatus.CONFIRMED,
    )


def sheet(batch: AssessmentBatch, offering: Offering, subject: str) -> QuerySet[Application]:
    """The admitted applications of an offering that sit the subject, by admission number."""
    return (
        admitted(batch)
        .filter(offering=offering, subjects__contains=[subject])
        .select_related("person", "ticket")
        .order_by("ticket__number", "number")
    )


def ticket_number(application: Application) -> str:
    """The admission number; the application's number while no ticket was issued."""
    ticket = getattr(application, "ticket", None)
    return ticket.number if ticket else application.number


def standings(batch: AssessmentBatch) -> dict[tuple[UUID, str], Stood]:
    """How each candidate stood in each subject; what is not recorded yet is left out.

    A violation that voids the whole batch reaches every subject of the candidate.
    """
    found: dict[tuple[UUID, str], Stood] = {}
    wide: dict[UUID, Stood] = {}
    for row in results_basis(batch):
        found[row.application.pk, row.subject] = Stood(row.state, row.consequence)
        if row.scope == "batch":
            wide[row.application.pk] = Stood(VOID, row.consequence)
    return {key: wide.get(key[0], stood) for key, stood in found.items()}


def entries_by_application(
    applications: Iterable[UUID], subject: str
) -> dict[UUID, list[ScoreEntry]]:
    found: dict[UUID, list[ScoreEntry]] = defaultdict(list)
    rows = ScoreEntry.objects.filter(application_id__in=list(applications), subject=subject)
    for entry in rows.order_by("created_at"):
        found[entry.application_id].append(entry)
    return found


def subject_results(batch: AssessmentBatch) -> dict[UUID, dict[str, SubjectResult]]:
    found: dict[UUID, dict[str, SubjectResult]] = defaultdict(dict)
    for row in SubjectResult.objects.filter(application__batch=batch):
        found[row.application_id][row.subject] = row
    return found


def results_of(batch: AssessmentBatch) -> QuerySet[FinalResult]:
    """The results with person, offering and ticket, by admission number."""
    return (
        FinalResult.objects.filter(batch=batch)
        .select_related(
            "application__person",
            "application__offering__occupation",
            "application__offering__job",
            "application__ticket",
        )
        .order_by("application__ticket__number", "application__number")
    )


def result_counts(batch: AssessmentBatch) -> dict[str, int]:
    """How many results there are in each state, and how many are passed."""
    return FinalResult.objects.filter(batch=batch).aggregate(
        total=Count("id"),
        passed=Count("id", filter=Q(passed=True)),
        draft=Count("id", filter=Q(status=ResultStatus.DRAFT)),
        published=Count("id", filter=Q(status=ResultStatus.PUBLISHED)),
        final=Count("id", filter=Q(status=ResultStatus.FINAL)),
    )


def results_digest(batch: AssessmentBatch) -> str:
    """One hash over all results of a batch: tells whether a report still says what stands."""
    rows = FinalResult.objects.filter(batch=batch).order_by("application__number")
    told = list(rows.values_list("application__number", "subjects", "passed"))
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def marking_end(batch: AssessmentBatch) -> date | None:
    """The day of the last check or confirmed recognition, once every result is compiled."""
    if not FinalResult.objects.filter(batch=batch).exists():
        return None
    checked = SubjectResult.objects.filter(application__batch=batch).aggregate(at=Max("checked_at"))
    decided = RecognitionDecision.objects.filter(application__batch=batch)
    last = (checked["at"], decided.aggregate(at=Max("decided_at"))["at"])
    known = [moment for moment in last if moment is not None]
    return timezone.localdate(max(known)) if known else None


def publicity_of(batch: AssessmentBatch) -> Publicity | None:
    return Publicity.objects.filter(batch=batch).first()


def results_report(batch: AssessmentBatch) -> AuthorityReport | None:
    """The latest report of results to the authority."""
    return batch.reports.filter(kind=RESULTS).order_by("-created_at").first()


def reported_now(batch: AssessmentBatch) -> bool:
    """Whether the results as they stand have gone to the authority and were not returned."""
    sent = ScoreReport.objects.filter(report__batch=batch, report__status__in=SAID)
    last = sent.order_by("-created_at").first()
    return last is not None and last.results_digest == results_digest(batch)


def reviews_of(batch: AssessmentBatch) -> QuerySet[ScoreReview]:
    return (
        ScoreReview.objects.filter(result__batch=batch)
        .select_related(
            "result__application__person",
            "result__application__ticket",
            "result__application__offering__occupation",
            "result__application__offering__job",
            "result__batch__rulebook_version",
            "answered_by",
        )
        .order_by("requested_at")
    )


def waiting_reviews(batch: AssessmentBatch) -> QuerySet[ScoreReview]:
    return reviews_of(batch).filter(status=ReviewStatus.WAITING)


def own_result(user: User, application: UUID) -> FinalResult | None:
    """The told result of the person who signed in; nobody else's can be found here."""
    return (
        FinalResult.objects.filter(application_id=application, application__person__user=user)
        .exclude(status=ResultStatus.DRAFT)
        .select_related(
            "batch__rulebook_version", "batch__publicity", "application__offering__occupation"
        )
        .prefetch_related("reviews")
        .first()
    )


def pass_rates() -> list[tuple[str, float]]:
    """Per cent of passed among the told results of this year, by occupation."""
    rows = (
        FinalResult.objects.exclude(status=ResultStatus.DRAFT)
        .filter(batch__exam_starts__year=timezone.localdate().year)
        .values_list("application__offering__occupation__name")
        .annotate(n=Count("id"), ok=Count("id", filter=Q(passed=True)))
        .order_by("application__offering__occupation__name")
    )
    return [(name, round(100 * ok / n, 1)) for name, n, ok in rows]
