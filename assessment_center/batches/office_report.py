"""Pages of closing registration, of the reports to the authority and of its answers."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.batches import documents, policies, services
from assessment_center.batches.deadline_sources import REPORT_LABELS as DUE_LABELS
from assessment_center.batches.enums import BatchStatus
from assessment_center.batches.forms import DecisionForm, ReceiptForm
from assessment_center.batches.labels import REPORT_KIND_LABELS
from assessment_center.batches.models import AssessmentBatch, AuthorityReport
from assessment_center.batches.seams import paper_makers, report_makers
from assessment_center.batches.selectors import (
    NOTICE,
    batch_by_code,
    paper_basis,
    paper_kinds,
    paper_reported,
    reports_of,
)
from assessment_center.office import act, actor_of, office_view, post_required, render_office
from assessment_center.registry import Actor, RefusedError

CLOSED = BatchStatus.REGISTRATION_CLOSED


def _here(code: str) -> str:
    return reverse("batches_process:report", args=[code])


@office_view(Act.BATCH_VIEW)
def report(request: HttpRequest, code: str) -> HttpResponse:
    """The last days of reporting, the reports so far with their log, and what can be done now."""
    batch = batch_by_code(code)
    faults, warnings = policies.report_lead(batch, timezone.localdate())
    double = batch.rules.settings.double_commitment
    notice = batch.rules.form(NOTICE)
    now = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    context = {
        "batch": batch,
        "days": [
            {"label": DUE_LABELS[kind], "due": due, "citations": citations}
            for kind, (due, citations) in policies.report_days(batch).items()
        ],
        "reports": [
            (each, REPORT_KIND_LABELS.get(each.kind, each.kind), policies.outdated_papers(each))
            for each in reports_of(batch)
        ],
        "arrangement": batch.rules.settings.report_arrangement,
        "papers": [_paper(batch, kind) for kind in paper_kinds(batch)],
        "gaps": policies.report_gaps(batch) if batch.status == CLOSED else [],
        "faults": faults,
        "warnings": warnings,
        "double": double if double.value else None,
        "pledge": documents.PLEDGE,
        "notice": notice,
        "form": DecisionForm(notice=notice.name if notice else ""),
        "receipt": ReceiptForm(initial={"happened_at": now}, auto_id="receipt_%s"),
    }
    return render_office(request, "office/plan/report.html", context)


def _paper(batch: AssessmentBatch, kind: str) -> dict[str, Any]:
    label, citations = paper_basis(batch, kind)
    return {
        "kind": kind,
        "label": label,
        "citations": citations,
        "reported": paper_reported(batch, kind),
    }


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
    given = {name: request.POST.get(name, "").strip() for name in ("late_reason", "pledged_by")}
    return act(
        request,
        lambda: _made(report_makers, actor=actor_of(request), batch=batch, **given),
        done=_("已登记上报。请把材料提交主管部门，收到批复后登记。"),
        back=_here(code),
    )


@office_view(Act.REPORT)
@post_required
def papers(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Report one paper by itself: the plan of the batch, or its venue."""
    batch = batch_by_code(code)
    return act(
        request,
        lambda: _made(paper_makers, actor=actor_of(request), batch=batch, kind=kind),
        done=_("已登记报送。收到批复后请登记。"),
        back=_here(code),
    )


def _made(makers: Any, **given: Any) -> AuthorityReport:
    maker = next(iter(makers), None)
    if maker is None:
        raise RefusedError(_("没有可上报的材料。"))
    made: AuthorityReport = maker(**given)
    return made


def _report(key: UUID) -> AuthorityReport:
    return get_object_or_404(AuthorityReport.objects.select_related("batch"), pk=key)


@office_view(Act.REPORT)
@post_required
def receive(request: HttpRequest, key: UUID) -> HttpResponse:
    """Log the number the platform gave when it took the report in."""
    found, form = _report(key), ReceiptForm(request.POST)
    return act(
        request,
        lambda: _receive(actor_of(request), found, form),
        done=_("回执已登记。"),
        back=_here(found.batch.code),
    )


def _receive(actor: Actor, found: AuthorityReport, form: ReceiptForm) -> object:
    if not form.is_valid():
        raise RefusedError(_("请填写平台回执号和收到时间。"))
    data = form.cleaned_data
    return services.log_receipt(
        actor=actor,
        report=found,
        number=data["number"],
        note=data["note"],
        at=data["happened_at"],
    )


@office_view(Act.REPORT)
@post_required
def decide(request: HttpRequest, key: UUID) -> HttpResponse:
    found, form = _report(key), DecisionForm(request.POST)
    return act(
        request,
        lambda: _decide(actor_of(request), found, form),
        done=_("批复已登记。"),
        back=_here(found.batch.code),
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
