"""Batches whose results are final, for tests of certificates; clock: June 2026."""

from datetime import date, datetime

from assessment_center.batches.models import AssessmentBatch, AuthorityReport
from assessment_center.registry import SYSTEM
from candidates.models import Application
from certificates import services
from certificates.models import Certificate
from scoring.models import FinalResult, Publicity, SubjectResult
from tests.exams.build import batch_with
from tests.factories import foundation as make
from tests.remembered import remembered

FINAL_AT = make.at(2026, 6, 15)
ISSUE_DAY = date(2026, 6, 16)


@remembered
def finalise(row: Application, *, passed: bool = True, grade: str = "") -> FinalResult:
    """The final result of an application, as scoring leaves it."""
    Publicity.objects.get_or_create(
        batch_id=row.batch_id,
        defaults={"starts_on": date(2026, 6, 1), "ends_on": date(2026, 6, 12), "place": "公告栏"},
    )
    score = "80.00" if passed else "50.00"
    for subject in row.subjects:
        SubjectResult.objects.create(
            application=row, subject=subject, standing="scored", score=score, passed=passed
        )
    facts = {"standing": "scored", "score": score, "passed": passed}
    marks = [{"subject": subject, **facts} for subject in row.subjects]
    return FinalResult.objects.create(
        application=row,
        batch_id=row.batch_id,
        subjects=marks,
        passed=passed,
        grade_label=grade,
        status="final",
        published_at=make.at(2026, 6, 1),
        final_at=FINAL_AT,
    )


def approve_results(batch: AssessmentBatch, at: datetime = FINAL_AT) -> AuthorityReport:
    return AuthorityReport.objects.create(
        batch=batch,
        kind="results",
        status="approved",
        submitted_at=at,
        decided_at=at,
        receipt_number="CJ-1",
        candidate_count=1,
    )


@remembered
def final_batch(
    number: int = 3, *, failed: int = 0, approved: bool = True, grade: str = "", **more
) -> AssessmentBatch:
    """A batch with `number` passed and `failed` failed candidates, its results approved."""
    if not make.make_centre().filings.exists():
        make.make_filing()
    batch = batch_with((("电工", number + failed),), **more)
    for place, row in enumerate(batch.applications.order_by("number")):
        finalise(row, passed=place < number, grade=grade)
    if approved:
        approve_results(batch)
    batch.refresh_from_db()
    return batch


@remembered
def issued_batch(number: int = 1, **more) -> AssessmentBatch:
    batch = final_batch(number, **more)
    services.issue_batch(actor=SYSTEM, batch=batch, on=ISSUE_DAY)
    return batch


@remembered
def one_issued(**more) -> Certificate:
    return issued_batch(1, **more).certificates.get()


def content_of(certificate: Certificate) -> bytes:
    """The issued file."""
    with certificate.pdf.open("rb") as kept:
        return kept.read()
