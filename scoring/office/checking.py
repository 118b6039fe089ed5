"""The overview of a batch, differences, the check, compiling and the report."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.batches.services import decide_report
from assessment_center.office import act, actor_of, office_view, render_office
from exams.selectors import missing_records
from scoring import policies, recognition, selectors, services
from scoring.models import ScoreReport
from scoring.office.common import (
    RESULT_ACTS,
    download,
    find_batch,
    find_sheet,
    sees_results,
    sheet_frame,
)
from scoring.overview import SheetState, sheet_states


def batch_url(code: str) -> str:
    return reverse("scoring_office:batch", args=[code])


@office_view(Act.SCORE_VIEW, methods=("GET",))
def home(request: HttpRequest) -> HttpResponse:
    """Every batch whose examination was held, with how far its results are."""
    batches = (
        AssessmentBatch.objects.filter(
            Q(sittings__isnull=False) | Q(applications__recognition__isnull=False)
        )
        .annotate(
            total=Count("results", distinct=True),
            final=Count("results", filter=Q(results__status="final"), distinct=True),
            published=Count("results", filter=Q(results__status="published"), distinct=True),
            entries=Count("applications__score_entries", distinct=True),
        )
        .distinct()
        .prefetch_related("offerings")
        .order_by("-exam_starts")
    )
    return render_office(request, "office/scoring/home.html", {"batches": batches})


@office_view(Act.SCORE_VIEW, methods=("GET",))
def overview(request: HttpRequest, code: str) -> HttpResponse:
    """The matrix of offerings and subjects, and what comes next."""
    batch = find_batch(code)
    states, told = sheet_states(batch), recognition.counts(batch)
    context = {
        "batch": batch,
        "states": states,
        "all_checked": _all_decided(states, told),
        "recognition": told if told["total"] else None,
        "counts": selectors.result_counts(batch),
        "open_rooms": missing_records(batch).count(),
        "report": selectors.results_report(batch),
        "reported": selectors.reported_now(batch),
        "report_due": policies.report_due(batch),
        "publicity": selectors.publicity_of(batch),
        "waiting": selectors.waiting_reviews(batch).count(),
        "sees_results": sees_results(request),
    }
    return render_office(request, "office/scoring/batch.html", context)


def _all_decided(states: list[SheetState], told: dict[str, int]) -> bool:
    """Whether nothing is left to check or to decide, and there is something to compile."""
    if not all(state.is_checked for state in states) or told["confirmed"] < told["total"]:
        return False
    return bool(states) or bool(told["total"])


@office_view(Act.SCORE_CHECK)
def check_page(request: HttpRequest, code: str, offering: UUID, subject: str) -> HttpResponse:
    """What still differs or is missing, and the button of the check."""
    batch, found = find_sheet(code, offering, subject)
    if request.method == "POST":
        return _post_check(request, batch, found, subject)
    context = {
        **sheet_frame(batch, found, subject),
        "faults": services.faults(batch=batch, offering=found, subject=subject),
        "state": next(
            (s for s in sheet_states(batch) if s.offering == found and s.subject == subject), None
        ),
        "counts": selectors.result_counts(batch),
    }
    return render_office(request, "office/scoring/check.html", context)


def _post_check(
    request: HttpRequest, batch: AssessmentBatch, offering: Offering, subject: str
) -> HttpResponse:
    actor = actor_of(request)
    common: dict[str, Any] = {
        "actor": actor,
        "batch": batch,
        "offering": offering,
        "subject": subject,
    }
    if request.POST.get("do") == "reopen":
        reason = request.POST.get("reason", "")
        return act(
            request,
            lambda: services.reopen_subject(**common, reason=reason),
            done=_("已退回核分，可以更正登分后重新核分。"),
            back=request.path,
        )
    return act(
        request,
        lambda: services.check_subject(**common),
        done=lambda n: _("已核分 %(n)s 人。") % {"n": n},
        back=lambda _n: batch_url(batch.code),
        otherwise=request.path,
    )


@office_view(Act.SCORE_CHECK, methods=("POST",))
def compile_now(request: HttpRequest, code: str) -> HttpResponse:
    batch = find_batch(code)
    return act(
        request,
        lambda: services.compile_results(actor=actor_of(request), batch=batch),
        done=lambda n: (
            (_("已汇总 %(n)s 人的成绩。") if batch.examined else _("已汇总 %(n)s 人的认定结果。"))
            % {"n": n}
        ),
        back=lambda _n: batch_url(code),
        otherwise=batch_url(code),
    )


@office_view(Act.REPORT, methods=("POST",))
def report(request: HttpRequest, code: str) -> HttpResponse:
    """Report the results, or record the authority's answer."""
    batch, actor = find_batch(code), actor_of(request)
    sent = selectors.results_report(batch)
    if request.POST.get("do") == "decide":
        if sent is None:
            raise Http404
        return act(
            request,
            lambda: decide_report(
                actor=actor,
                report=sent,
                approved=request.POST.get("approved") == "1",
                receipt_number=request.POST.get("receipt_number", ""),
                note=request.POST.get("note", ""),
            ),
            done=_("已登记主管部门的答复。"),
            back=batch_url(code),
        )
    late = request.POST.get("late_reason", "")
    return act(
        request,
        lambda: services.report_results(actor=actor, batch=batch, late_reason=late),
        done=_("成绩已上报。") if batch.examined else _("认定结果已上报。"),
        back=batch_url(code),
    )


@office_view(Act.REPORT, methods=("GET",))
def report_file(request: HttpRequest, code: str) -> HttpResponse:
    """The workbook as it was reported."""
    batch = find_batch(code)
    package = ScoreReport.objects.filter(report__batch=batch).order_by("-created_at").first()
    if package is None:
        raise Http404
    content = services.open_score_report(actor=actor_of(request), package=package)
    return download(f"{batch.code} 考生成绩数据.xlsx", content)


@office_view(RESULT_ACTS, methods=("GET",))
def results(request: HttpRequest, code: str) -> HttpResponse:
    """The compiled results; for those who check, publish and report only."""
    batch = find_batch(code)
    context = {
        "batch": batch,
        "rows": list(selectors.results_of(batch)),
        "counts": selectors.result_counts(batch),
    }
    return render_office(request, "office/scoring/results.html", context)
