"""The candidate's own ticket: a screen that works at the door, and a PDF."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from assessment_center.office import actor_of
from candidates.portal.access import candidate_view, own_or_404
from exams.documents.tickets import single
from exams.documents.words import notices, place_words
from exams.models import AdmissionTicket
from exams.selectors import ticket_of
from exams.ticket_changes import changed_words
from exams.ticket_view import TicketReader


def _ticket(request: HttpRequest, pk: UUID) -> AdmissionTicket:
    """The ticket of the signed-in candidate's own application; nobody else's is found."""
    ticket = ticket_of(own_or_404(request, pk))
    if ticket is None:
        raise Http404
    return ticket


@candidate_view
def ticket_screen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Everything the door needs on one page without further files, so that it may be kept open."""
    ticket = _ticket(request, pk)
    batch = ticket.application.batch
    reader = TicketReader(batch)
    stands = reader.stands(ticket)
    context = {
        "ticket": ticket,
        "application": ticket.application,
        "stands": [
            (each, "" if each.hidden else place_words(each.seat_of, each.station))
            for each in stands
        ],
        "hidden": any(each.hidden for each in stands),
        "changed": changed_words(ticket),
        "opening": reader.opening,
        "notices": notices(batch.rules, ticket.application.subjects),
    }
    return render(request, "portal/exams/ticket.html", context)


@candidate_view
def ticket_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The ticket on one A4 page."""
    ticket = _ticket(request, pk)
    response = HttpResponse(single(ticket, actor_of(request)), content_type="application/pdf")
    disposition = content_disposition_header(as_attachment=False, filename="准考证.pdf")
    response.headers["Content-Disposition"] = disposition or "inline"
    return response
