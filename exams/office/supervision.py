"""The supervision of a batch: its reports, what was found, and who was sent and did not come."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import batch_by_code
from assessment_center.office import act, actor_of, office_view, render_office, see
from exams import services
from exams.enums import SupervisionKind
from exams.models import SupervisionFinding, SupervisionReport
from exams.selectors import sitting_by_id, sitting_days
from exams.supervision_forms import AnswerForm, CloseForm, FindingForm, SupervisionForm
from exams.supervision_reading import reports_of, supervisors_of, uncovered


def page_url(batch: AssessmentBatch) -> str:
    return reverse("exams_office:supervision", args=[batch.code])


def _new_form(batch: AssessmentBatch) -> SupervisionForm:
    today = timezone.localdate()
    last = min(sitting_days(batch)[1], today)
    return SupervisionForm(batch=batch, initial={"ended_on": last, "submitted_on": today})


def _page(
    request: HttpRequest, batch: AssessmentBatch, form: SupervisionForm | None = None
) -> HttpResponse:
    today = timezone.localdate()
    settings = batch.rules.settings
    begun, bare = uncovered(batch)
    context = {
        "batch": batch,
        "reports": reports_of(batch),
        "supervisors": supervisors_of(batch),
        "due": settings.supervision_report_due,
        "coverage": settings.internal_supervision_coverage,
        "begun": begun,
        "bare": bare,
        "form": form or _new_form(batch),
        "finding": FindingForm(),
        "close": CloseForm(initial={"on": today}),
        "today": today,
    }
    return render_office(request, "office/exams/supervision.html", context)


@office_view(Act.EXAM_VIEW, methods=("GET", "HEAD"))
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Reports with their findings, and the form for a new one."""
    return _page(request, batch_by_code(code))


@office_view(Act.EXAM_RECORD, methods=("POST",))
def submit(request: HttpRequest, code: str) -> HttpResponse:
    batch = batch_by_code(code)
    form = SupervisionForm(request.POST, batch=batch)
    if not form.is_valid():
        messages.error(request, _("请改正标出的各项。"))
        return _page(request, batch, form)
    given = form.cleaned_data
    seen = services.Seen(
        given["text"], given["ended_on"], given["submitted_on"], given["proposals"]
    )
    return act(
        request,
        lambda: services.submit_supervision(
            actor=actor_of(request),
            batch=batch,
            kind=SupervisionKind(given["kind"]),
            signed_by=list(given["signed_by"]),
            seen=seen,
        ),
        done=_("督导报告已登记。"),
        back=page_url(batch),
    )


def _faults(form: forms.Form) -> str:
    return "；".join(f"{form.fields[k].label}：{v[0]}" for k, v in form.errors.items())


@office_view(Act.EXAM_RECORD, methods=("POST",))
def finding(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a finding to a report."""
    report = get_object_or_404(SupervisionReport.objects.select_related("batch"), pk=pk)
    form, back = FindingForm(request.POST), page_url(report.batch)
    if not form.is_valid():
        messages.error(request, _faults(form))
        return see(back)
    return act(
        request,
        lambda: services.add_finding(actor=actor_of(request), report=report, **form.cleaned_data),
        done=_("已登记，到期提醒。"),
        back=back,
    )


@office_view(Act.EXAM_RECORD, methods=("POST",))
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note how a finding was put right."""
    row = get_object_or_404(SupervisionFinding.objects.select_related("report__batch"), pk=pk)
    form, back = CloseForm(request.POST), page_url(row.report.batch)
    if not form.is_valid():
        messages.error(request, _faults(form))
        return see(back)
    return act(
        request,
        lambda: services.close_finding(actor=actor_of(request), finding=row, **form.cleaned_data),
        done=_("整改已登记。"),
        back=back,
    )


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that somebody who was sent to a sitting did not come."""
    sitting = sitting_by_id(pk)
    form, back = AnswerForm(request.POST), reverse("exams_office:duties", args=[pk])
    if not form.is_valid():
        messages.error(request, _faults(form))
        return see(back)
    return act(
        request,
        lambda: services.record_answer(
            actor=actor_of(request), sitting=sitting, **form.cleaned_data
        ),
        done=_("派遣情况已登记。"),
        back=back,
    )
