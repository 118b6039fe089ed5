"""Entering fees: one by one, or a pasted list of application and receipt numbers."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.batches.selectors import batch_by_code
from assessment_center.office import act, actor_of, office_view, post_required, render_office
from assessment_center.registry import RefusedError
from candidates import selectors
from candidates.enums import ApplicationStatus as S
from candidates.enums import FeeState
from candidates.forms import FeeForm, FeeListForm
from candidates.models import Application, FeePayment
from candidates.services import fees as services


@office_view(Act.FEE_RECORD)
def page(request: HttpRequest, code: str) -> HttpResponse:
    batch = batch_by_code(code)
    if services.takes_no_fee(batch):
        context = {"batch": batch, "citations": services.fee_citations(batch)}
        return render_office(request, "office/candidates/no_fee.html", context)
    here = reverse("candidates_office:fees", args=[code])
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
    confirmed = selectors.queue(batch, state=S.CONFIRMED).order_by("number")
    context = {
        "batch": batch,
        "due": confirmed.filter(fee_state=FeeState.DUE),
        "settled": FeePayment.objects.filter(application__batch=batch).select_related(
            "application__person"
        )[:100],
        "counts": selectors.counts_by_fee(batch),
        "form": form,
        "citations": services.fee_citations(batch),
    }
    return render_office(request, "office/candidates/fees.html", context)


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
        lambda: services.waive_fee(
            actor=actor_of(request), application=row, reason=request.POST.get("reason", "")
        ),
        done=_("减免已登记。"),
        back=_list(row),
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


def _list(row: Application) -> str:
    return reverse("candidates_office:fees", args=[row.batch.code])
