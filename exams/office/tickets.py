"""Tickets of a batch: who has one, and printing them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from assessment_center.accounts.enums import Act
from assessment_center.batches.selectors import batch_by_code
from assessment_center.office import office_view, render_office
from exams.selectors import tickets_of, unseated

A_PAGE = 50


@office_view(Act.EXAM_VIEW, methods=("GET", "HEAD"))
def tickets(request: HttpRequest, code: str) -> HttpResponse:
    """The tickets given out, searched by number, name or initials."""
    batch = batch_by_code(code)
    words = request.GET.get("q", "").strip()
    found = tickets_of(batch, words=words)
    context = {
        "batch": batch,
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "words": words,
        "unseated": unseated(batch)[:10],
    }
    return render_office(request, "office/exams/tickets.html", context)
