"""PDFs of appraisals, files and decisions, opened in the browser."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header

from assessment_center.office import actor_of, office_view, refusal_text, see
from assessment_center.personnel import judging_documents as documents
from assessment_center.personnel.judging_labels import BRANCH_LABELS
from assessment_center.personnel.models import MisconductCase, StaffMember
from assessment_center.personnel.office_appraisals import (
    RATE,
    SEE,
    member_url,
    session_or_404,
    year_url,
)
from assessment_center.personnel.office_conduct import case_url
from assessment_center.registry import RefusedError

READ = ("GET", "HEAD")


def _given(request: HttpRequest, make: Callable[[], documents.Parts], back: str) -> HttpResponse:
    """The first part as a PDF; a refusal leads back with its reason."""
    try:
        stem, data = make()[0]
    except RefusedError as refused:
        messages.error(request, refusal_text(refused))
        return see(back)
    response = HttpResponse(data, content_type="application/pdf")
    named = content_disposition_header(as_attachment=False, filename=f"{stem}.pdf")
    response["Content-Disposition"] = str(named)
    return response


def _branch(branch: str) -> str:
    if branch not in BRANCH_LABELS:
        raise Http404
    return branch


@office_view(SEE, methods=READ)
def year_forms(request: HttpRequest, year: int, branch: str) -> HttpResponse:
    """F-805 of the year."""
    make = documents.review_forms
    return _given(
        request, lambda: make(actor_of(request), year, _branch(branch)), year_url(year, branch)
    )


@office_view(SEE, methods=READ)
def summaries(request: HttpRequest, year: int) -> HttpResponse:
    """F-806 of the year."""
    return _given(request, lambda: documents.summaries(actor_of(request), year), year_url(year))


@office_view(SEE, methods=READ)
def year_results(request: HttpRequest, year: int, branch: str) -> HttpResponse:
    """R-21 of the year."""
    make = documents.year_results
    return _given(
        request, lambda: make(actor_of(request), year, _branch(branch)), year_url(year, branch)
    )


@office_view(RATE, methods=READ)
def session_forms(request: HttpRequest, session: UUID) -> HttpResponse:
    """F-804 of one assessment."""
    session_or_404(session)
    back = reverse("appraisals_office:index")
    return _given(request, lambda: documents.session_forms(actor_of(request), session), back)


@office_view(SEE, methods=READ)
def personal_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """F-807 or F-811 of one member."""
    found = StaffMember.objects.select_related("person", "department")
    member = get_object_or_404(found.prefetch_related("qualifications"), pk=pk)
    make = documents.personal_file
    return _given(request, lambda: make(actor_of(request), member), member_url(member))


@office_view(SEE, methods=READ)
def ledger(request: HttpRequest) -> HttpResponse:
    """F-807 of everybody."""
    back = reverse("appraisals_office:index")
    return _given(request, lambda: documents.ledger(actor_of(request)), back)


@office_view(SEE, methods=READ)
def case_letter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """R-22 of one case."""
    case = get_object_or_404(MisconductCase.objects.select_related("member__person"), pk=pk)
    make = documents.case_letter
    return _given(request, lambda: make(actor_of(request), case), case_url(case))
