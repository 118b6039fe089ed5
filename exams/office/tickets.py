"""Tickets of a batch: giving them out, the hour of the arrangement, printing and printing again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import batch_by_code
from assessment_center.jobs.models import Job
from assessment_center.jobs.services import enqueue
from assessment_center.office import act, actor_of, office_view, render_office, see
from assessment_center.registry import RefusedError
from exams import services
from exams.documents.tickets import single
from exams.models import AdmissionTicket
from exams.office.early import look_at_batch
from exams.office.ticket_forms import HourForm, PrintForm
from exams.opening import foresees, hours_of, opening_of
from exams.selectors import sittings_of, ticket_of, tickets_given, tickets_of, unseated
from exams.services.tickets import issue_days
from exams.tasks import PRINT_TICKETS
from exams.ticket_sheets import Printing, printing_of
from exams.ticket_view import TicketReader

A_PAGE = 50
SHOWN = 30
COMPARED = 3_000  # beyond that comparing every ticket is left to who asks for it


def tickets_url(batch: AssessmentBatch) -> str:
    return reverse("exams_office:tickets", args=[batch.code])


@office_view(Act.EXAM_VIEW, methods=("GET", "HEAD"))
def tickets(request: HttpRequest, code: str) -> HttpResponse:
    """The tickets given out, searched by number, name or initials; what is to be printed again."""
    return _page(request, batch_by_code(code))


def _page(request: HttpRequest, batch: AssessmentBatch, **forms: Any) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    page = Paginator(tickets_of(batch, words=words), A_PAGE).get_page(request.GET.get("page"))
    given = tickets_given(batch)
    printing = _printing(request, batch, given)
    context = {
        "batch": batch,
        "page": page,
        "rows": _rows(request, batch, page.object_list),
        "words": words,
        "given": given,
        "unseated": unseated(batch)[:10],
        "printing": printing,
        "stale": printing.stale[:SHOWN] if printing else [],
        "print_form": PrintForm(),
        **_hour(request, batch),
        **_window(batch, given),
        **forms,
    }
    return render_office(request, "office/exams/tickets.html", context)


def _printing(request: HttpRequest, batch: AssessmentBatch, given: int) -> Printing | None:
    if given > COMPARED and "compare" not in request.GET:
        return None
    return printing_of(batch)


def _rows(
    request: HttpRequest, batch: AssessmentBatch, listed: Any
) -> list[tuple[AdmissionTicket, list[tuple[str, Any, str]]]]:
    """Each ticket with its sittings; rooms and seats for who may know them now."""
    reader, early = TicketReader(batch), foresees(actor_of(request))
    rows = []
    for ticket in listed:
        places = []
        for stand in reader.stands(ticket):
            seat = stand.seat_of
            known = early or not stand.hidden
            told = f"{seat.sitting_room} {seat.seat_number:02d}" if known else stand.opens_words
            places.append((stand.subject, seat.sitting.starts_at, told))
        rows.append((ticket, places))
    return rows


def _hour(request: HttpRequest, batch: AssessmentBatch) -> dict[str, Any]:
    """When rooms and seats open, by whose word, and whether it may still be changed."""
    opening, sittings = opening_of(batch), list(sittings_of(batch))
    opens = [(each, opening.at(each), opening.is_open(each)) for each in sittings]
    kept = [moment for each in sittings if (moment := opening.earliest(each))]
    changeable = bool(sittings) and not any(is_open for _each, _at, is_open in opens)
    suggested = opening.chosen or (min(kept) if kept else None)
    return {
        "opens": opens,
        "opening": opening,
        "earliest": min(kept, default=None),
        "hours": hours_of(batch),
        "changeable": changeable and actor_of(request).may(Act.EXAM_ARRANGE),
        "hour_form": HourForm(initial={"opens_at": suggested} if suggested else None),
    }


def _window(batch: AssessmentBatch, given: int) -> dict[str, Any]:
    """TKT-01: the days on which tickets are given out, and whether they have passed."""
    days = issue_days(batch)
    return {"days": days, "overdue": bool(days and not given and timezone.localdate() > days[1])}


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def issue(request: HttpRequest, code: str) -> HttpResponse:
    """Number everybody and give the tickets out; after the window only with a reason."""
    batch = batch_by_code(code)
    return act(
        request,
        lambda: services.issue_tickets(
            actor=actor_of(request), batch=batch, late_reason=request.POST.get("late_reason", "")
        ),
        done=lambda made: _("已发放 %(count)s 张准考证。") % {"count": len(made)},
        back=tickets_url(batch),
        otherwise=tickets_url(batch),
    )


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def hour(request: HttpRequest, code: str) -> HttpResponse:
    """Set or change the hour at which rooms and seats become known."""
    batch, form = batch_by_code(code), HourForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请填写公开时间。"))
        return see(tickets_url(batch))
    return act(
        request,
        lambda: services.set_arrangement_hour(
            actor=actor_of(request), batch=batch, **form.cleaned_data
        ),
        done=_("编排公开时间已定。"),
        back=tickets_url(batch),
        otherwise=tickets_url(batch),
    )


@office_view(Act.EXAM_VIEW, methods=("POST",))
def print_sets(request: HttpRequest, code: str) -> HttpResponse:
    """Order the printing as a job: all or those wanted, in one file or in sets."""
    batch, form = batch_by_code(code), PrintForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请选择装订方式。"))
        return see(tickets_url(batch))

    def order() -> Job:
        look_at_batch(request, batch)
        return enqueue(
            PRINT_TICKETS,
            actor=actor_of(request),
            label=_("%(batch)s 打印准考证") % {"batch": batch.name},
            subject=batch.subject,
            total=tickets_given(batch),
            batch=batch.code,
            **form.cleaned_data,
        )

    return act(
        request,
        order,
        done="",
        back=lambda job: reverse("jobs_office:job", args=[job.pk]),
        otherwise=tickets_url(batch),
    )


@office_view(Act.EXAM_VIEW, methods=("GET",))
def print_one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One ticket on a page of its own."""
    found = get_object_or_404(AdmissionTicket.objects.select_related("application__batch"), pk=pk)
    look_at_batch(request, found.application.batch)
    ticket = ticket_of(found.application)
    if ticket is None:
        raise RefusedError(_("这名考生已退出，准考证不再有效。"))
    response = HttpResponse(single(ticket, actor_of(request)), content_type="application/pdf")
    disposition = content_disposition_header(as_attachment=False, filename=f"{ticket.number}.pdf")
    response.headers["Content-Disposition"] = disposition or "inline"
    response.headers["Cache-Control"] = "private, no-store"
    return response
