"""The rule-by-rule page of a batch, and the page on which one rule is confirmed by hand."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.labels import ROLE_LABELS
from assessment_center.accounts.models import User
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import batch_by_code
from assessment_center.conformance import matrix, services
from assessment_center.conformance.declarations import Declaration, declarations
from assessment_center.conformance.enums import Outcome, State
from assessment_center.conformance.forms import ConfirmForm, RevokeForm
from assessment_center.conformance.labels import KEPT_LABELS, STATE_LABELS, STATE_TONES
from assessment_center.conformance.models import ManualConfirmation
from assessment_center.conformance.running import confirmers, is_manual, run, run_one, strongest
from assessment_center.conformance.showing import Asked, areas_of, chips_of, tiles_of
from assessment_center.jobs.services import enqueue
from assessment_center.office import act, actor_of, office_view, post_required, render_office
from assessment_center.registry import RefusedError

TYPES = {"png": "image/png", "jpg": "image/jpeg", "pdf": "application/pdf"}


def _batch(code: str) -> AssessmentBatch:
    try:
        return batch_by_code(code)
    except RefusedError as refused:
        raise Http404(str(refused)) from refused


def _row(batch: AssessmentBatch, rule: str) -> matrix.RuleRow:
    try:
        return matrix.row(rule)
    except KeyError as error:
        raise Http404(f"{batch.code} {rule}") from error


def rule_url(batch: AssessmentBatch, rule: str) -> str:
    return reverse("conformance_office:rule", args=[batch.code, rule])


@office_view(Act.CONFORMANCE_VIEW, methods=("GET",))
def batch_report(request: HttpRequest, code: str) -> HttpResponse:
    """Every rule by area; `state`, `area` and `q` narrow it."""
    batch = _batch(code)
    results = run(batch)
    asked = Asked.read(request.GET)
    context = {
        "batch": batch,
        "asked": asked,
        "tiles": tiles_of(results),
        "chips": chips_of(results, asked),
        "areas": areas_of(results, asked),
        "all_areas": matrix.areas(),
        "failed": [each for each in results if each.state == State.FAILED],
        "total": len(results),
    }
    return render_office(request, "office/conformance/batch.html", context)


@office_view(Act.CONFORMANCE_VIEW, methods=("GET",))
def rule_page(request: HttpRequest, code: str, rule: str) -> HttpResponse:
    """One rule: what it says, how it is kept and proved, who confirmed it and when."""
    batch = _batch(code)
    return _rule_page(request, batch, _row(batch, rule))


def _rule_page(
    request: HttpRequest,
    batch: AssessmentBatch,
    row: matrix.RuleRow,
    *,
    status: int = 200,
    form: ConfirmForm | None = None,
) -> HttpResponse:
    result, declared = run_one(batch, row.id), declarations.get(row.id, [])
    kept = batch.confirmations.filter(rule=row.id)
    history = list(kept.select_related("confirmed_by", "revoked_by"))
    live = next((each for each in history if each.revoked_at is None), None)
    may = _may_confirm(request, row.id)
    asked = is_manual(row.id) and result.state != State.NOT_APPLICABLE
    context: dict[str, Any] = {
        "batch": batch,
        "row": row,
        "result": result,
        "label": STATE_LABELS[result.state],
        "tone": STATE_TONES[result.state],
        "kept": _kept_words(declared),
        "declared": declared,
        "history": history,
        "live": live,
        "may": may,
        "who": [ROLE_LABELS[role] for role in sorted(confirmers(row.id))] if asked else [],
        "form": (form or ConfirmForm()) if asked and may and live is None else None,
        "revoke_form": RevokeForm() if may and live is not None else None,
    }
    return render_office(request, "office/conformance/rule.html", context, status=status)


def _kept_words(declared: list[Declaration]) -> str:
    return str(KEPT_LABELS[strongest(declared).kept]) if declared else ""


def _may_confirm(request: HttpRequest, rule: str) -> bool:
    user = request.user
    return isinstance(user, User) and bool(user.roles & confirmers(rule))


@office_view(Act.CONFORMANCE_VIEW)
@post_required
def confirm(request: HttpRequest, code: str, rule: str) -> HttpResponse:
    """Record what was found by hand; a faulty form stays with what was typed."""
    batch = _batch(code)
    row = _row(batch, rule)
    form = ConfirmForm(request.POST, request.FILES)
    if not form.is_valid():
        return _rule_page(request, batch, row, status=400, form=form)
    given = form.cleaned_data
    attached = given["attachment"].read() if given["attachment"] else b""
    return act(
        request,
        lambda: services.confirm_rule(
            actor=actor_of(request),
            batch=batch,
            rule=rule,
            outcome=Outcome(given["outcome"]),
            note=given["note"],
            attachment=attached,
        ),
        done=_("已记录您的确认。"),
        back=rule_url(batch, rule),
    )


@office_view(Act.CONFORMANCE_VIEW)
@post_required
def revoke(request: HttpRequest, code: str, rule: str) -> HttpResponse:
    """Take back the confirmation that stands."""
    batch = _batch(code)
    _row(batch, rule)
    live = get_object_or_404(batch.confirmations, rule=rule, revoked_at=None)
    return act(
        request,
        lambda: services.revoke_confirmation(
            actor=actor_of(request), confirmation=live, reason=request.POST.get("reason", "")
        ),
        done=_("已撤回，原来的确认仍可查阅。"),
        back=rule_url(batch, rule),
    )


@office_view(Act.CONFORMANCE_VIEW, methods=("GET",))
def attachment(request: HttpRequest, code: str, rule: str, pk: Any) -> FileResponse:
    """The file kept with a confirmation; the look is recorded."""
    kept = get_object_or_404(ManualConfirmation, batch=_batch(code), rule=rule, pk=pk)
    if not kept.attachment:
        raise Http404
    record(actor=actor_of(request), verb="conformance.open_file", subject=kept.subject)
    suffix = str(kept.attachment.name).rpartition(".")[2]
    return FileResponse(
        kept.attachment.open("rb"),
        content_type=TYPES.get(suffix, "application/octet-stream"),
        as_attachment=True,
        filename=f"{code} {rule} 附件.{suffix}",
    )


@office_view(Act.CONFORMANCE_VIEW)
@post_required
def order_report(request: HttpRequest, code: str) -> HttpResponse:
    """Order the printed report; the job looks at every rule anew and keeps the file."""
    batch = _batch(code)
    return act(
        request,
        lambda: enqueue(
            "conformance.report",
            actor=actor_of(request),
            label=_("规程符合性报告"),
            subject=batch.subject,
            batch=batch.code,
        ),
        done=_("正在生成报告，完成后可在后台任务中下载。"),
        back=reverse("batches_office:batch", args=[batch.code]),
    )
