"""What the scoring pages share: finding the batch and its sheet, and the frame of a page."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.catalog.labels import SUBJECT_LABELS
from assessment_center.spreadsheets import WORKBOOK_TYPE

RESULT_ACTS = (Act.SCORE_CHECK, Act.SCORE_PUBLISH, Act.SCORE_FINALISE, Act.REPORT)


def find_batch(code: str) -> AssessmentBatch:
    found = (
        AssessmentBatch.objects.select_related("centre", "rulebook_version")
        .filter(code=code)
        .first()
    )
    if found is None:
        raise Http404
    return found


def find_sheet(code: str, offering: UUID, subject: str) -> tuple[AssessmentBatch, Offering]:
    """The batch and its offering; one of another batch, or another subject, is not found."""
    batch = find_batch(code)
    found = batch.offerings.select_related("occupation", "job").filter(pk=offering).first()
    if found is None or subject not in found.subjects:
        raise Http404
    return batch, found


def sheet_frame(batch: AssessmentBatch, offering: Offering, subject: str) -> dict[str, Any]:
    return {
        "batch": batch,
        "offering": offering,
        "subject": subject,
        "subject_label": SUBJECT_LABELS[subject],
    }


def sees_results(request: HttpRequest) -> bool:
    """Scores are secret before they are told: assessors see their own marks only (SCORE-19)."""
    return bool(set(RESULT_ACTS) & request.user.acts)  # type: ignore[union-attr]


def download(name: str, content: bytes, kind: str = WORKBOOK_TYPE) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    return response
