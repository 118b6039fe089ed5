"""Entering fees: one by one, or a pasted list of application and receipt numbers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import batch_by_code
from assessment_center.catalog.labels import SUBJECT_LABELS
from assessment_center.office import act, actor_of, office_view, post_required, render_office, see
from assessment_center.registry import Citation, RefusedError
from candidates import selectors
from candidates.cancelled import free_now
from candidates.enums import ApplicationStatus as S
from candidates.enums import FeeState, WaiverGround
from candidates.forms import FeeForm, FeeListForm, SearchForm
from candidates.labels import WAIVER_GROUND_LABELS
from candidates.models import Application, FeePayment, FeeWaiver
from candidates.seams import CancelledSubject
from candidates.services import fees as services
from candidates.services import waivers

A_PAGE = 50
SHOWN = 100
SEARCHES = "candidates.fee_words"


@office_view(Act.FEE_RECORD)
def page(request: HttpRequest, code: str) -> HttpResponse:
    batch = batch_by_code(code)
    if services.takes_no_fee(batch):
        return no_fee(request, batch, _("登记缴费"))
    here = reverse("candidates_office:fees", args=[code])
    if "words" in request.POST:
        _search(request, batch)
        return see(here)
    form = FeeListForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return act(
            request,
            lambda: services.record_fees(
                actor=actor_of(request), batch=batch, receipts=form.receipts()
            ),
            done=_told,
            back=here,
        )
    words = request.session.get(SEARCHES, {}).get(code, "")
    confirmed = selectors.queue(batch, state=S.CONFIRMED, words=words).order_by("number")
    due = Paginator(confirmed.filter(fee_state=FeeState.DUE), A_PAGE).get_page(
        request.GET.get("page")
    )
    freed = free_now(list(due.object_list))
    settled = FeePayment.objects.filter(application__batch=batch)
    if words:
        settled = settled.filter(application__in=selectors.queue(batch, words=words))
    context = {
        "batch": batch,
        "words": words,
        "page": due,
        "due": [(row, _waivable(row, freed.get(row.pk, ()))) for row in due.object_list],
        "grounds": WAIVER_GROUND_LABELS.items(),
        "waivers": _waivers(batch),
        "free_by": batch.rules.settings.cancelled_subject_free,
        "settled": settled.select_related("application__person")[:SHOWN],
        "more": settled.count() > SHOWN,
        "shown": SHOWN,
        "counts": selectors.counts_by_fee(batch),
        "form": form,
        "citations": services.fee_citations(batch),
    }
    return render_office(request, "office/candidates/fees.html", context)


def _search(request: HttpRequest, batch: AssessmentBatch) -> None:
    """Keep the words in the session: an address never holds what may be an ID number."""
    form = SearchForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    request.session[SEARCHES] = {**request.session.get(SEARCHES, {}), batch.code: words}


def no_fee(request: HttpRequest, batch: AssessmentBatch, title: str) -> HttpResponse:
    """FEE-01: where the rulebook takes no fee, the pages of fees say so and by which article."""
    context = {"batch": batch, "citations": services.fee_citations(batch), "title": title}
    return render_office(request, "office/candidates/no_fee.html", context)


def _waivable(row: Application, freed: Sequence[CancelledSubject]) -> dict[str, Any]:
    """The subjects left to pay with their prices, and which of them were cancelled before."""
    before = {each.subject: each.told for each in freed}
    priced = [each for each in row.subjects if each not in row.waived and row.offering.fee_parts]
    return {
        "subjects": [
            (each, SUBJECT_LABELS[each], row.offering.fee_of([each]), each in before)
            for each in priced
        ],
        "cancelled": list(dict.fromkeys(before.values())),
    }


def _waivers(batch: AssessmentBatch) -> list[tuple[FeeWaiver, tuple[Citation, ...]]]:
    """What was waived and why; of what was waived as a whole, too."""
    rows = FeeWaiver.objects.filter(application__batch=batch)
    rows = rows.select_related("application__person", "given_by", "ended_by")[:100]
    cited = {key: waivers.cited(batch, key) for key in WAIVER_GROUND_LABELS}
    return [(row, cited[row.ground]) for row in rows]


def _told(answer: tuple[int, list[str]]) -> str:
    done, left = answer
    text = _("已登记 %(n)d 份。") % {"n": done}
    return text + ("　" + "；".join(left[:10]) if left else "")


@office_view(Act.FEE_RECORD)
@post_required
def record(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = get_object_or_404(selectors.applications(), pk=pk)
    form = FeeForm(request.POST)

    def do() -> FeePayment:
        if not form.is_valid():
            raise RefusedError(_("请填写票据号。"))
        return services.record_fee(
            actor=actor_of(request),
            application=row,
            receipt_number=form.cleaned_data["receipt_number"],
            amount_cents=row.fee_cents,
            paid_on=form.cleaned_data["paid_on"],
        )

    return act(request, do, done=_("缴费已登记。"), back=_list(row))


@office_view(Act.FEE_RECORD)
@post_required
def waive(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = get_object_or_404(selectors.applications(), pk=pk)
    return act(
        request,
        lambda: waivers.waive_fee(
            actor=actor_of(request),
            application=row,
            reason=request.POST.get("reason", ""),
            subjects=request.POST.getlist("subjects"),
            ground=request.POST.get("ground", WaiverGround.OTHER),
        ),
        done=_("减免已登记。"),
        back=_list(row),
    )


@office_view(Act.FEE_RECORD)
@post_required
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A waiver given by mistake: the subject costs its price again."""
    row = get_object_or_404(FeeWaiver.objects.select_related("application__batch"), pk=pk)
    return act(
        request,
        lambda: waivers.take_back_waiver(
            actor=actor_of(request), waiver=row, reason=request.POST.get("reason", "")
        ),
        done=_("减免已撤销，考生须按原价缴费。"),
        back=_list(row.application),
    )


@office_view(Act.FEE_RECORD)
@post_required
def subsidise(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who bears the fee in the candidate's stead, with the receipt."""
    row = get_object_or_404(selectors.applications(), pk=pk)
    return act(
        request,
        lambda: services.record_subsidy(
            actor=actor_of(request),
            application=row,
            payer=request.POST.get("payer", ""),
            receipt_number=request.POST.get("receipt_number", ""),
        ),
        done=_("补贴已登记。"),
        back=_list(row),
    )


@office_view(Act.FEE_RECORD)
@post_required
def correct_receipt(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A receipt typed wrongly gets its right number."""
    row = get_object_or_404(selectors.applications(), pk=pk)
    return act(
        request,
        lambda: services.correct_receipt(
            actor=actor_of(request),
            application=row,
            receipt_number=request.POST.get("receipt_number", ""),
            reason=request.POST.get("reason", ""),
        ),
        done=_("票据号已更正。"),
        back=_list(row),
    )


def _list(row: Application) -> str:
    return reverse("candidates_office:fees", args=[row.batch.code])
