"""Certificates that the authority makes: asked for by a list, registered from its answer."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import batch_by_code
from assessment_center.office import UNPROCESSABLE, act, actor_of, office_view
from assessment_center.registry import RefusedError
from assessment_center.spreadsheets import WORKBOOK_TYPE
from certificates import services
from certificates.forms import DeliveryForm, RequestForm
from certificates.models import CertificateRequest
from certificates.office.batch import batch_url, draw, file_answer
from certificates.sheets import request_workbook


@office_view(Act.CERTIFICATE_ISSUE, methods=("POST",))
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Put everybody who passed and is not asked for on a list for the authority."""
    batch, form = batch_by_code(code), RequestForm(request.POST)
    invoice = form.cleaned_data["invoice"] if form.is_valid() else ""
    return act(
        request,
        lambda: services.request_certificates(
            actor=actor_of(request), batch=batch, invoice=invoice
        ),
        done=lambda made: _("已生成第 %(n)s 次申领名册。") % {"n": made.number},
        back=batch_url(batch),
        otherwise=batch_url(batch),
    )


@office_view(Act.CERTIFICATE_ISSUE, methods=("POST",))
def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The list as a workbook; it holds full ID numbers, so each look is recorded."""
    one = get_object_or_404(CertificateRequest.objects.select_related("batch__centre"), pk=pk)
    content = request_workbook(one)
    record(actor=actor_of(request), verb="certificate.export_request", subject=one.subject)
    return file_answer(f"{one} 证书申领名册.xlsx", content, WORKBOOK_TYPE)


@office_view(Act.CERTIFICATE_ISSUE, methods=("POST",))
def receive(request: HttpRequest, code: str) -> HttpResponse:
    """The authority's answer: tried first, then registered as a whole; problems stand by row."""
    batch = batch_by_code(code)
    form = DeliveryForm(request.POST, request.FILES)
    if not form.is_valid():
        return draw(request, batch, status=UNPROCESSABLE, delivery=form)
    data = form.cleaned_data
    try:
        report = services.receive_certificates(
            actor=actor_of(request),
            batch=batch,
            content=data["file"].read(),
            delivered=services.Delivered(data["count"], data["giver"], data["received_on"]),
            dry_run=data["dry_run"],
        )
    except RefusedError as refused:
        form.add_error(None, str(refused))
        return draw(request, batch, status=UNPROCESSABLE, delivery=form)
    if not report.written:
        status = 200 if report.ok else UNPROCESSABLE
        return draw(request, batch, status=status, delivery=form, report=report)
    return _registered(request, batch, report)


def _registered(
    request: HttpRequest, batch: AssessmentBatch, report: services.DeliveryReport
) -> HttpResponse:
    done: Any = _("已登记 %(n)s 份证书。") % {"n": report.matched}
    return act(request, lambda: report, done=done, back=batch_url(batch))
