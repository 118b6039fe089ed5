"""One step: its template, its file shown before it is written, one record typed by hand."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from assessment_center.accounts.enums import Act
from assessment_center.first_day import services
from assessment_center.first_day.forms import RecordForm, SheetForm
from assessment_center.first_day.models import SheetUpload
from assessment_center.first_day.selectors import chosen_rules, waits_for
from assessment_center.office import (
    UNPROCESSABLE,
    act,
    actor_of,
    forbidden,
    office_view,
    post_required,
    refusal_text,
    render_office,
    see,
)
from assessment_center.registry import RefusedError
from assessment_center.registry.entries import setup_steps
from assessment_center.registry.setup import SetupStep
from assessment_center.spreadsheets import (
    WORKBOOK_TYPE,
    CellError,
    ReadResult,
    RecordOutcome,
    error_report,
    template,
)

SHOWN = 100


def _step(key: str) -> SetupStep:
    step = setup_steps.get(key)
    if step is None or step.sheet is None:
        raise Http404
    return step


def workbook(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=WORKBOOK_TYPE)
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    return response


@office_view(Act.CENTRE_VIEW)
def step(request: HttpRequest, key: str) -> HttpResponse:
    """Upload a sheet; it is judged and shown first."""
    found = _step(key)
    actor = actor_of(request)
    if not actor.may(found.permission):
        return forbidden(request, (Act(found.permission),))
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        return act(
            request,
            lambda: services.upload_sheet(
                actor=actor, key=key, file_name=given.name, content=given.read()
            ),
            done="",
            back=lambda made: reverse("first_day:upload", args=[made.pk]),
            otherwise=request.path,
        )
    context = {
        "step": found,
        "form": form,
        "waits_for": waits_for(found),
        "columns": found.sheet.spec(chosen_rules()).columns,
        "notes": found.sheet.spec(chosen_rules()).notes,
        "uploads": SheetUpload.objects.filter(step=key, uploaded_by=request.user.pk)[:10],
    }
    status = UNPROCESSABLE if form.errors else 200
    return render_office(request, "office/first_day/step.html", context, status=status)


@office_view(Act.CENTRE_VIEW, methods=("GET", "HEAD"))
def sheet_template(request: HttpRequest, key: str) -> HttpResponse:  # noqa: ARG001
    """The sheet to fill in, with the choices of now."""
    spec = _step(key).sheet.spec(chosen_rules())
    return workbook(template(spec), f"{spec.title}.xlsx")


def _upload(request: HttpRequest, pk: UUID) -> SheetUpload:
    mine = SheetUpload.objects.select_related("job").filter(uploaded_by=request.user.pk)
    return get_object_or_404(mine, pk=pk)


@never_cache
@office_view(Act.CENTRE_VIEW, methods=("GET", "HEAD"))
def upload(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the file would do, row by row, then the button that does it."""
    found = _upload(request, pk)
    job = found.job
    outcome = found.outcome
    running = job is not None and job.status in {"queued", "running"}
    ready = bool(outcome) and not outcome["problem_count"] and not found.written_at
    context = {
        "upload": found,
        "step": _step(found.step),
        "job": job,
        "running": running,
        "failed": job is not None and job.status == "failed",
        "outcome": outcome,
        "changes": outcome.get("changes", [])[:SHOWN],
        "problems": outcome.get("problems", [])[:SHOWN],
        "writes": ready and bool(outcome["new"] or outcome["changed"]),
        "kept": found.sealed is not None,
    }
    part = "upload_state" if request.headers.get("HX-Request") else "upload"
    return render_office(request, f"office/first_day/{part}.html", context)


@office_view(Act.CENTRE_VIEW)
@post_required
def apply(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _upload(request, pk)
    here = reverse("first_day:upload", args=[pk])
    return act(
        request,
        lambda: services.apply_upload(actor=actor_of(request), upload=found),
        done=lambda made: _told(made) if made.written_at else "",
        back=lambda made: reverse("first_day:guide") if made.written_at else here,
        otherwise=here,
    )


def _told(upload: SheetUpload) -> str:
    counts = {key: upload.outcome[key] for key in ("new", "changed", "unchanged")}
    return _("已导入：新增 %(new)d，更改 %(changed)d，未变 %(unchanged)d。") % counts


@office_view(Act.CENTRE_VIEW, methods=("GET", "HEAD"))
def problems(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The problems as a workbook, to hand back to whoever filled it in."""
    found = _upload(request, pk)
    spec = _step(found.step).sheet.spec(chosen_rules())
    letters = {c.header: chr(ord("A") + i) for i, c in enumerate(spec.columns)}
    listed = ReadResult(
        errors=[
            CellError(one["row"], letters.get(one["header"], ""), one["header"], one["message"])
            for one in found.outcome.get("problems", [])
        ]
    )
    return workbook(error_report(listed, spec), _("问题清单－%(name)s") % {"name": found.file_name})


@never_cache
@sensitive_post_parameters("id_number")
@sensitive_variables("form")
@office_view(Act.CENTRE_VIEW)
def record(request: HttpRequest, key: str) -> HttpResponse:
    """One record by hand, under the rules of the sheet; changes are shown before they are made."""
    found = _step(key)
    actor = actor_of(request)
    if not actor.may(found.permission):
        return forbidden(request, (Act(found.permission),))
    spec = found.sheet.spec(chosen_rules())
    form = RecordForm(request.POST or None, spec=spec)
    outcome: RecordOutcome | None = None
    if request.method == "POST" and form.is_valid():
        try:
            outcome = services.enter_record(
                actor=actor, key=key, cells=form.cells(), seen=form.cleaned_data["seen"]
            )
        except RefusedError as refused:
            form.add_error(None, refusal_text(refused))
        else:
            if outcome.written or (outcome.ok and not outcome.writes):
                words = _("已登记。") if outcome.written else _("库中已有，没有变化。")
                messages.success(request, words)
                return see(_onward(request, key))
            for problem in outcome.problems:
                form.tell(problem.header, problem.message)
    context = {
        "step": found,
        "form": form,
        "outcome": outcome,
        "waits_for": waits_for(found),
        "many": found.key != "centre",
    }
    status = UNPROCESSABLE if form.errors else 200
    return render_office(request, "office/first_day/record.html", context, status=status)


def _onward(request: HttpRequest, key: str) -> str:
    """The next record of the same kind, or back to the guide."""
    match request.POST.get("then", "guide"):
        case "another":
            return reverse("first_day:record", args=[key])
        case "guide":
            return reverse("first_day:guide")
    raise BadRequest
