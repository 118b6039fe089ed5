"""The page of a batch: who may get a certificate, numbers, issue, printing, data, completion."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch, AuthorityReport
from assessment_center.batches.selectors import batch_by_code
from assessment_center.batches.services import complete_batch, decide_report
from assessment_center.jobs.models import Job
from assessment_center.jobs.services import enqueue
from assessment_center.office import act, actor_of, office_view, render_office, see
from assessment_center.registry import RefusedError
from assessment_center.registry.entries import documents
from assessment_center.registry.outcomes import require
from assessment_center.spreadsheets import WORKBOOK_TYPE
from certificates import services, tasks
from certificates.forms import DayForm, DeliveryForm, ReceiptForm, RequestForm, UploadForm
from certificates.policies import (
    all_issued,
    numbering_faults,
    printed_outside,
    request_faults,
)
from certificates.selectors import (
    awaited,
    certificates_of,
    counts,
    deliveries_of,
    own_files,
    requests_of,
    results_approved,
    results_final,
    unnumbered,
    unrequested,
    upload_of,
)
from certificates.sheets import data_workbook
from scoring.selectors import results_report

PER_PAGE = 50
READ = ("GET", "HEAD")
PRINTS = (
    "certificate-request",
    "certificate-roll",
    "certificate-collection",
    "certificate-ledger",
    "number-ledger",
)


def batch_url(batch: AssessmentBatch) -> str:
    return reverse("certificates_office:batch", args=[batch.code])


def _job_url(job: Job) -> str:
    return reverse("jobs_office:job", args=[job.pk])


def _waiting_report(batch: AssessmentBatch) -> AuthorityReport | None:
    report = results_report(batch)
    return report if report is not None and report.status == "submitted" else None


@office_view(Act.CERTIFICATE_VIEW, methods=READ)
def batch_page(request: HttpRequest, code: str) -> HttpResponse:
    """What stands, what forbids the next step by which article, and every certificate."""
    return draw(request, batch_by_code(code))


def draw(
    request: HttpRequest, batch: AssessmentBatch, *, status: int = 200, **bound: Any
) -> HttpResponse:
    """The page; `bound` are forms that came back with errors, and what a sheet was found to be."""
    told = counts(batch)
    outside = printed_outside(batch)
    faults = list(
        request_faults(batch) if outside else numbering_faults(batch, timezone.localdate())
    )
    rows = Paginator(certificates_of(batch), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "batch": batch,
        "counts": told,
        "faults": faults if told["numbered"] < told["passed"] else [],
        "outside": outside,
        "final": results_final(batch),
        "approved": results_approved(batch),
        "waiting_report": _waiting_report(batch),
        "complete": all_issued(batch),
        "upload": upload_of(batch),
        "prints": [form for form in map(documents.get, PRINTS) if form and form.applies(batch)],
        "left": unnumbered(batch)[:10] if told["numbered"] < told["passed"] else [],
        "own": own_files(batch).exists(),
        "page": rows,
        "day": DayForm(),
        "receipt": ReceiptForm(),
        "upload_form": UploadForm(),
        **(_outside(batch) if outside else {}),
        **bound,
    }
    return render_office(request, "office/certificates/batch.html", context, status=status)


def _outside(batch: AssessmentBatch) -> dict[str, Any]:
    """Lists sent to the authority, what came back, and the forms for both."""
    waiting = awaited(batch).count()
    return {
        "requests": requests_of(batch),
        "deliveries": deliveries_of(batch),
        "to_ask": unrequested(batch).count(),
        "waiting": waiting,
        "request_form": RequestForm(),
        "delivery": DeliveryForm(initial={"count": waiting, "dry_run": True}),
    }


@office_view(Act.CERTIFICATE_ISSUE, methods=("POST",))
def number(request: HttpRequest, code: str) -> HttpResponse:
    batch, form = batch_by_code(code), DayForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请填写发证日期。"))
        return see(batch_url(batch))
    return act(
        request,
        lambda: services.assign_numbers(
            actor=actor_of(request), batch=batch, on=form.cleaned_data["on"]
        ),
        done=lambda made: _("已生成 %(n)s 个证书编号。") % {"n": len(made)},
        back=batch_url(batch),
    )


@office_view(Act.CERTIFICATE_ISSUE, methods=("POST",))
def issue(request: HttpRequest, code: str) -> HttpResponse:
    """Order the issue as a job; what is forbidden already is said at once."""
    batch, form = batch_by_code(code), DayForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请填写发证日期。"))
        return see(batch_url(batch))
    on = form.cleaned_data["on"]

    def order() -> Job:
        services.assign_numbers(actor=actor_of(request), batch=batch, on=on)
        told = counts(batch)
        left = told["numbered"] - told["issued"]
        if not left:
            raise RefusedError(_("没有待发的证书。"))
        return enqueue(
            tasks.ISSUE,
            actor=actor_of(request),
            label=_("%(batch)s 发证") % {"batch": batch.name},
            subject=batch.subject,
            total=left,
            batch=batch.code,
            on=on.isoformat(),
        )

    return act(request, order, done="", back=_job_url, otherwise=batch_url(batch))


@office_view(Act.CERTIFICATE_ISSUE, methods=("POST",))
def print_all(request: HttpRequest, code: str) -> HttpResponse:
    batch = batch_by_code(code)
    return act(
        request,
        lambda: enqueue(
            tasks.PRINT,
            actor=actor_of(request),
            label=_("%(batch)s 打印证书") % {"batch": batch.name},
            subject=batch.subject,
            total=counts(batch)["issued"],
            batch=batch.code,
        ),
        done="",
        back=_job_url,
        otherwise=batch_url(batch),
    )


@office_view(Act.CERTIFICATE_ISSUE, methods=("POST",))
def data(request: HttpRequest, code: str) -> HttpResponse:
    """The workbook for the national query system; it holds full ID numbers, so it is recorded."""
    batch = batch_by_code(code)
    content = data_workbook(batch)
    record(
        actor=actor_of(request),
        verb="certificate.export_data",
        subject=batch.subject,
        payload={"certificates": counts(batch)["issued"]},
    )
    return file_answer(f"{batch.code} 证书数据.xlsx", content, WORKBOOK_TYPE)


def file_answer(name: str, content: bytes, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _receipt(request: HttpRequest, form_of: type[ReceiptForm] = ReceiptForm) -> dict[str, Any]:
    form = form_of(request.POST)
    return form.cleaned_data if form.is_valid() else {"receipt_number": ""}


@office_view(Act.REPORT, methods=("POST",))
def approve(request: HttpRequest, code: str) -> HttpResponse:
    """Register the authority's approval of the reported results."""
    batch = batch_by_code(code)

    def decide() -> AuthorityReport:
        report = _waiting_report(batch)
        if report is None:
            raise RefusedError(_("成绩还没有上报，或已登记审核结果。"))
        return decide_report(
            actor=actor_of(request), report=report, approved=True, **_receipt(request)
        )

    return act(request, decide, done=_("成绩审核结果已登记。"), back=batch_url(batch))


@office_view(Act.REPORT, methods=("POST",))
def upload(request: HttpRequest, code: str) -> HttpResponse:
    batch = batch_by_code(code)
    return act(
        request,
        lambda: services.record_upload(
            actor=actor_of(request), batch=batch, **_receipt(request, UploadForm)
        ),
        done=_("已登记证书数据上传。"),
        back=batch_url(batch),
    )


@office_view(Act.BATCH_PLAN, methods=("POST",))
def complete(request: HttpRequest, code: str) -> HttpResponse:
    """Close the batch once everybody who passed has the certificate."""
    batch = batch_by_code(code)

    def finish() -> AssessmentBatch:
        require(all_issued(batch))
        return complete_batch(actor=actor_of(request), batch=batch)

    return act(request, finish, done=_("批次已完成，可以归档。"), back=batch_url(batch))
