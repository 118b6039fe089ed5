"""Money beside single payments: the finance list, refunds, expenses, the fee of a second copy."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import batch_by_code
from assessment_center.office import act, actor_of, office_view, post_required, render_office
from assessment_center.organization.models import AssessmentCentre
from assessment_center.organization.selectors import rules_on
from assessment_center.registry import RefusedError
from assessment_center.rulebooks import Rulebook
from assessment_center.spreadsheets import WORKBOOK_TYPE, template
from candidates.fee_forms import ExpenseForm, FinanceForm, ReissueForm
from candidates.fee_sheets import FINANCE
from candidates.labels import REFUND_GROUND_LABELS
from candidates.models import (
    Application,
    FeeExpense,
    FeePayment,
    FeeRefund,
    FinanceLine,
    HeldCertificate,
    ReissueFee,
)
from candidates.office.fees import no_fee
from candidates.portal.status import file_response
from candidates.services import accounts_of_batch, finance, refunds
from candidates.services.fees import takes_no_fee

MAX_BYTES = 5 * 1024 * 1024
SHOWN = 200
GONE = ("withdrawn", "refused")


def _here(name: str, batch: AssessmentBatch) -> str:
    return reverse(f"candidates_office:{name}", args=[batch.code])


@office_view(Act.FEE_RECORD)
def lines(request: HttpRequest, code: str) -> HttpResponse:
    """The finance office's list: take it, and work off what could not be matched."""
    batch = batch_by_code(code)
    if takes_no_fee(batch):
        return no_fee(request, batch, _("财务到账"))
    form = FinanceForm(request.POST or None, request.FILES or None)
    report = None
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            report = _taken(request, batch, upload)
        except RefusedError as refused:
            form.add_error("file", str(refused))
    rows = FinanceLine.objects.filter(batch=batch)
    context = {
        "batch": batch,
        "form": form,
        "report": report,
        "unmatched": rows.filter(state="unmatched"),
        "settled": rows.exclude(state="unmatched").select_related("application")[:SHOWN],
    }
    return render_office(request, "office/candidates/finance.html", context)


def _taken(request: HttpRequest, batch: AssessmentBatch, upload: object) -> finance.FinanceReport:
    if (getattr(upload, "size", 0) or 0) > MAX_BYTES:
        raise RefusedError(_("文件超过 5 MB，请分成几个文件上传。"))
    content: bytes = upload.read()  # type: ignore[attr-defined]
    return finance.take_finance_list(actor=actor_of(request), batch=batch, content=content)


@office_view(Act.FEE_RECORD)
def list_template(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view's signature
    return file_response(template(FINANCE), WORKBOOK_TYPE, f"{FINANCE.title}.xlsx")


@office_view(Act.FEE_RECORD)
@post_required
def line(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Work one receipt off: match it to an application, or say where the money goes."""
    row = get_object_or_404(FinanceLine.objects.select_related("batch"), pk=pk)
    number, note = request.POST.get("number", ""), request.POST.get("note", "")

    def do() -> FinanceLine:
        if number.strip():
            return finance.match_line(actor=actor_of(request), line=row, number=number)
        return finance.dismiss_line(actor=actor_of(request), line=row, note=note)

    return act(request, do, done=_("已处理。"), back=_here("finance", row.batch))


@office_view(Act.FEE_RECORD)
@post_required
def ask_refund(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = get_object_or_404(Application.objects.select_related("batch"), pk=pk)
    return act(
        request,
        lambda: refunds.ask_refund(
            actor=actor_of(request),
            application=row,
            ground=request.POST.get("ground", ""),
            reason=request.POST.get("reason", ""),
        ),
        done=_("退费申请已登记，等另一人办理。"),
        back=_here("accounts", row.batch),
    )


@office_view(Act.CENTRE_MANAGE)
@post_required
def decide_refund(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Pay out with a voucher, or decline with a reason."""
    row = get_object_or_404(FeeRefund.objects.select_related("payment__application__batch"), pk=pk)
    voucher, decision = request.POST.get("voucher", ""), request.POST.get("decision", "")

    def do() -> FeeRefund:
        if voucher.strip():
            return refunds.pay_refund(actor=actor_of(request), refund=row, voucher=voucher)
        return refunds.decline_refund(actor=actor_of(request), refund=row, decision=decision)

    back = _here("accounts", row.payment.application.batch)
    return act(request, do, done=_("退费已办结。"), back=back)


@office_view((Act.FEE_RECORD, Act.CENTRE_MANAGE))
def accounts(request: HttpRequest, code: str) -> HttpResponse:
    """Income, refunds and expenses of a batch against the caps of its rulebook."""
    batch = batch_by_code(code)
    form = ExpenseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return act(
            request,
            lambda: accounts_of_batch.enter_expense(
                actor=actor_of(request), batch=batch, **form.cleaned_data
            ),
            done=_("支出已登记。"),
            back=_here("accounts", batch),
        )
    paid = FeePayment.objects.filter(application__batch=batch, kind="payment", refund=None)
    gone = paid if batch.status == "cancelled" else paid.filter(application__status__in=GONE)
    settings = batch.rules.settings
    context = {
        "batch": batch,
        "form": form,
        "capped": bool(settings.expense_cap_inside or settings.expense_cap_outside),
        "account": accounts_of_batch.account_of(batch),
        "expenses": FeeExpense.objects.filter(batch=batch).select_related("struck_by"),
        "refundable": gone.select_related("application__person")[:SHOWN],
        "refunds": FeeRefund.objects.filter(payment__application__batch=batch).select_related(
            "payment__application__person"
        ),
        "grounds": REFUND_GROUND_LABELS.items(),
    }
    return render_office(request, "office/candidates/accounts.html", context)


@office_view(Act.FEE_RECORD)
@post_required
def place(request: HttpRequest, code: str) -> HttpResponse:
    """Where the batch was held: the cap on its spending hangs on it."""
    batch = batch_by_code(code)
    return act(
        request,
        lambda: accounts_of_batch.say_place(
            actor=actor_of(request),
            batch=batch,
            outside=request.POST.get("outside") == "yes",
            reason=request.POST.get("reason", ""),
        ),
        done=_("举办地点已登记。"),
        back=_here("accounts", batch),
    )


@office_view(Act.FEE_RECORD)
def reissue(request: HttpRequest) -> HttpResponse:
    """The fee for a second copy of a certificate (FEE-08)."""
    form = ReissueForm(request.POST or None)
    rules = _rules_today()
    if request.method == "POST" and form.is_valid():
        return act(
            request,
            lambda: _record_reissue(request, form.cleaned_data),
            done=_("补证工本费已登记。"),
            back=reverse("candidates_office:reissue_fees"),
        )
    fee = rules.settings.reissue_fee if rules else None
    context = {
        "form": form,
        "fee": fee,
        "rows": ReissueFee.objects.select_related("certificate__person")[:SHOWN],
    }
    return render_office(request, "office/candidates/reissue_fees.html", context)


def _rules_today() -> Rulebook | None:
    centre = AssessmentCentre.objects.first()
    return rules_on(centre, timezone.localdate()) if centre else None


def _record_reissue(request: HttpRequest, data: dict[str, object]) -> ReissueFee:
    number = str(data["number"]).strip()
    found = HeldCertificate.objects.filter(number=number).first()
    rules = _rules_today()
    if found is None or rules is None:
        raise RefusedError(_("没有这个证书编号，请核对。"))
    return accounts_of_batch.record_reissue_fee(
        actor=actor_of(request),
        certificate=found,
        rules=rules,
        amount_cents=int(str(data["amount_cents"])),
        receipt_number=str(data["receipt_number"]),
    )


@office_view(Act.FEE_RECORD)
@post_required
def strike(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An expense entered wrongly counts no more."""
    row = get_object_or_404(FeeExpense.objects.select_related("batch"), pk=pk)
    return act(
        request,
        lambda: accounts_of_batch.strike_expense(
            actor=actor_of(request), expense=row, reason=request.POST.get("reason", "")
        ),
        done=_("支出已作废，不再计入。"),
        back=_here("accounts", row.batch),
    )
