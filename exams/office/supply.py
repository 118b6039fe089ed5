"""Papers from the authority: the requisition, bags as they arrive, faults, and the way back."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import batch_by_code
from assessment_center.office import UNPROCESSABLE, act, actor_of, office_view, render_office
from assessment_center.registry.entries import documents
from exams import services, supply
from exams.models import PaperDisposal, PaperParcel, RequisitionLine
from exams.selectors import packets_of
from exams.supply_forms import DecisionForm, DisposalForm, ReceiptForm, RequisitionForm

PRINTS = ("paper-requisition", "paper-receipt", "paper-ledger")


def supply_url(batch: AssessmentBatch) -> str:
    return reverse("exams_office:supply", args=[batch.code])


def _page(
    request: HttpRequest, batch: AssessmentBatch, *, status: int = 200, **bound: Any
) -> HttpResponse:
    asked = supply.asked_of(batch)
    context = {
        "batch": batch,
        "cited": supply.supply_citations(batch),
        "asked": asked,
        "outdated": asked is not None and supply.is_outdated(asked),
        "needed": supply.bags_needed(batch, 0),
        "lines": supply.lines_of(asked),
        "waiting": list(supply.open_lines(asked)),
        "arrived": list(supply.parcels_of(batch)),
        "held": supply.held_parcels(batch),
        "packets": packets_of(batch),
        "disposal": PaperDisposal.objects.filter(batch=batch).first(),
        "prints": [form for form in map(documents.get, PRINTS) if form and form.applies(batch)],
        "requisition": RequisitionForm(initial={"spare": asked.spare if asked else 1}),
        "receipt": ReceiptForm(lines=supply.open_lines(asked)),
        "decision": DecisionForm(),
        "dispose": DisposalForm(),
        **bound,
    }
    return render_office(request, "office/exams/supply.html", context, status=status)


@office_view((Act.EXAM_VIEW, Act.CUSTODY, Act.PAPER_APPROVE), methods=("GET", "HEAD"))
def supply_page(request: HttpRequest, code: str) -> HttpResponse:
    """What was asked for, what came in which state, and what is still open."""
    return _page(request, batch_by_code(code))


@office_view(Act.CUSTODY, methods=("POST",))
def ask(request: HttpRequest, code: str) -> HttpResponse:
    batch, form = batch_by_code(code), RequisitionForm(request.POST)
    if not form.is_valid():
        return _page(request, batch, status=UNPROCESSABLE, requisition=form)
    return act(
        request,
        lambda: services.request_papers(
            actor=actor_of(request), batch=batch, spare=form.cleaned_data["spare"]
        ),
        done=lambda made: _("已提出第 %(n)s 次试卷需求，可以打印需求单。") % {"n": made.number},
        back=supply_url(batch),
    )


def _receipt(data: dict[str, Any]) -> services.Receipt:
    return services.Receipt(
        number=data["number"],
        count=data["count"],
        giver=data["giver"],
        receiver=data["receiver"],
        second=data["second"],
        at=data["at"],
        seal_intact=not data["seal_broken"],
        note=data["note"],
    )


def _received(parcel: PaperParcel) -> str:
    if parcel.is_sound:
        return _("袋号 %(number)s 已入库。") % {"number": parcel.number}
    return _("袋号 %(number)s 有异常，已登记突发事件，待主任决定。") % {"number": parcel.number}


@office_view(Act.CUSTODY, methods=("POST",))
def receive(request: HttpRequest, code: str) -> HttpResponse:
    """One bag, looked at by two."""
    batch = batch_by_code(code)
    form = ReceiptForm(request.POST, lines=supply.open_lines(supply.asked_of(batch)))
    if not form.is_valid():
        return _page(request, batch, status=UNPROCESSABLE, receipt=form)
    line: RequisitionLine = form.cleaned_data["line"]
    return act(
        request,
        lambda: services.receive_parcel(
            actor=actor_of(request), line=line, receipt=_receipt(form.cleaned_data)
        ),
        done=_received,
        back=supply_url(batch),
    )


@office_view(Act.PAPER_APPROVE, methods=("POST",))
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The head's word on a bag with a fault."""
    parcel = get_object_or_404(PaperParcel.objects.select_related("batch"), pk=pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, parcel.batch, status=UNPROCESSABLE, decision=form)
    return act(
        request,
        lambda: services.decide_parcel(
            actor=actor_of(request),
            parcel=parcel,
            accept="accept" in request.POST,
            decision=form.cleaned_data["decision"],
        ),
        done=lambda one: f"{one.number}：{one.get_state_display()}",
        back=supply_url(parcel.batch),
    )


@office_view(Act.CUSTODY, methods=("POST",))
def dispose(request: HttpRequest, code: str) -> HttpResponse:
    """Where all papers went; the counts must add up."""
    batch, form = batch_by_code(code), DisposalForm(request.POST)
    if not form.is_valid():
        return _page(request, batch, status=UNPROCESSABLE, dispose=form)
    data = form.cleaned_data
    return act(
        request,
        lambda: services.dispose_papers(
            actor=actor_of(request),
            batch=batch,
            sent_back=data["sent_back"],
            destroyed=data["destroyed"],
            hands=services.Hands(data["first"], data["second"], data["at"], note=data["note"]),
            taker=data["taker"],
        ),
        done=_("试卷清退已登记。"),
        back=supply_url(batch),
    )
