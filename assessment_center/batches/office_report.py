"""Pages of closing registration, of the report to the authority and of its answer."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.batches import policies, services
from assessment_center.batches.forms import DecisionForm
from assessment_center.batches.models import AssessmentBatch, AuthorityReport
from assessment_center.batches.seams import report_makers
from assessment_center.batches.selectors import batch_by_code
from assessment_center.office import act, actor_of, office_view, post_required, render_office
from assessment_center.registry import Actor, RefusedError


def _here(code: str) -> str:
    return reverse("batches_process:report", args=[code])


@office_view(Act.BATCH_VIEW)
def report(request: HttpRequest, code: str) -> HttpResponse:
    """The last days of reporting, the reports so far, and what can be done now."""
    batch = batch_by_code(code)
    faults, warnings = policies.report_lead(batch, timezone.localdate())
    context = {
        "batch": batch,
        "days": [
            {"kind": kind, "due": due, "citations": citations}
            for kind, (due, citations) in policies.report_days(batch).items()
        ],
        "reports": batch.reports.order_by("created_at"),
        "faults": faults,
        "warnings": warnings,
        "form": DecisionForm(),
    }
    return render_office(request, "office/plan/report.html", context)


@office_view(Act.BATCH_PLAN)
@post_required
def close(request: HttpRequest, code: str) -> HttpResponse:
    batch = batch_by_code(code)
    return act(
        request,
        lambda: services.close_registration(actor=actor_of(request), batch=batch),
        done=_("报名已截止。"),
        back=reverse("batches_office:batch", args=[code]),
    )


@office_view(Act.REPORT)
@post_required
def submit(request: HttpRequest, code: str) -> HttpResponse:
    """Let the app of the candidates build the package and submit it."""
    batch = batch_by_code(code)
    reason = request.POST.get("late_reason", "").strip()
    return act(
        request,
        lambda: _submit(actor_of(request), batch, reason),
        done=_("已登记上报。请把材料提交主管部门，收到批复后登记。"),
        back=_here(code),
    )


def _submit(actor: Actor, batch: AssessmentBatch, late_reason: str) -> AuthorityReport:
    maker = next(iter(report_makers), None)
    if maker is None:
        raise RefusedError(_("没有可上报的考生数据。"))
    return maker(actor=actor, batch=batch, late_reason=late_reason)


@office_view(Act.REPORT)
@post_required
def decide(request: HttpRequest, key: UUID) -> HttpResponse:
    found = get_object_or_404(AuthorityReport.objects.select_related("batch"), pk=key)
    form = DecisionForm(request.POST)
    back = _here(found.batch.code)
    return act(
        request,
        lambda: _decide(actor_of(request), found, form),
        done=_("批复已登记。"),
        back=back,
    )


def _decide(actor: Actor, found: AuthorityReport, form: DecisionForm) -> AuthorityReport:
    if not form.is_valid():
        raise RefusedError(_("请选择批复结果。"))
    data = form.cleaned_data
    return services.decide_report(
        actor=actor,
        report=found,
        approved=data["decision"] == "approve",
        receipt_number=data["receipt_number"],
        note=data["note"],
    )
