"""The pages of the first day: checklist, one page a kind, signatures, the sheet on paper."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.step_up import stepped_up
from assessment_center.jobs.enums import JobStatus
from assessment_center.jobs.models import Job
from assessment_center.office import (
    UNPROCESSABLE,
    act,
    actor_of,
    office_view,
    refusal_text,
    render_office,
)
from assessment_center.opening import services
from assessment_center.opening.book import OpeningBook
from assessment_center.opening.enums import Beginning, DeclarationState
from assessment_center.opening.forms import ReasonForm, SheetForm
from assessment_center.opening.lifecycle import OPENING
from assessment_center.opening.models import OpeningDeclaration, OpeningSheet
from assessment_center.opening.ordering import IMPORT, SIGN, latest, sign_or_order, take_in
from assessment_center.opening.preview import shown_rows
from assessment_center.opening.printing import TITLE, confirmation
from assessment_center.opening.selectors import checklist, declaration_of
from assessment_center.organization.models import AssessmentCentre
from assessment_center.organization.selectors import active_centre
from assessment_center.registry import RefusedError
from assessment_center.registry.entries import OpeningBalance
from assessment_center.spreadsheets import WORKBOOK_TYPE, ImportOutcome, template
from assessment_center.workflow import check

PER_PAGE = 50
RUNNING = frozenset({JobStatus.QUEUED, JobStatus.RUNNING})
READ = ("GET", "HEAD")
POST = ("POST",)


def home() -> str:
    return reverse("opening_office:index")


def _kind_url(key: str) -> str:
    return reverse("opening_office:kind", args=[key])


def _centre() -> AssessmentCentre:
    centre = active_centre()
    if centre is None:
        raise RefusedError(_("还没有登记机构。"), remedy=_("请先在“机构与人员”登记本机构。"))
    return centre


def _declaration() -> OpeningDeclaration:
    found = declaration_of(_centre())
    if found is None:
        raise RefusedError(_("还没有选择期初情况。"), remedy=_("请先选择新机构或已在运行。"))
    return found


def _kind(key: str) -> OpeningBalance:
    try:
        return services.kind_of(_centre(), key)
    except RefusedError as unknown:
        raise Http404 from unknown


@office_view(Act.CENTRE_VIEW, methods=READ)
def index(request: HttpRequest) -> HttpResponse:
    """Where the declaration stands and what each kind has been answered with."""
    centre = active_centre()
    found = declaration_of(centre) if centre else None
    job = latest(found, SIGN) if found else None
    if request.headers.get("HX-Request"):
        return _job_part(request, job)
    context: dict[str, Any] = {"centre": centre, "declaration": found, "reason": ReasonForm()}
    if job is not None and job.status in RUNNING:
        context["job"] = job
    elif job is not None and found is not None and found.status == DeclarationState.PREPARED:
        context["fault"] = job.error
    if found is not None:
        working = found.kind == Beginning.WORKING
        actor = actor_of(request)
        context |= {
            "working": working,
            "items": list(checklist(found)) if working else [],
            "draft": found.status == DeclarationState.DRAFT,
            "signed": found.status == DeclarationState.SIGNED,
            "moves": {
                move.name: check(machine=OPENING, subject=found, move=move.name, actor=actor)
                for move in OPENING.moves
                if found.status in move.sources and actor.may(move.permission)
            },
        }
    return render_office(request, "office/opening/index.html", context)


@office_view(Act.CENTRE_MANAGE, methods=POST)
def begin(request: HttpRequest) -> HttpResponse:
    """New or working; may be changed until it is handed over."""
    kind = request.POST.get("kind", "")
    if kind not in set(Beginning):
        raise Http404
    return act(
        request,
        lambda: services.begin(actor=actor_of(request), centre=_centre(), kind=Beginning(kind)),
        done=_("已选择期初情况。"),
        back=home(),
    )


@office_view(Act.CENTRE_MANAGE)
def kind(request: HttpRequest, key: str) -> HttpResponse:
    """One kind: its template, an upload that is judged at once, and what has been kept."""
    found = _kind(key)
    declaration = declaration_of(_centre())
    if declaration is None:
        raise Http404
    if request.headers.get("HX-Request"):
        return _job_part(request, latest(declaration, IMPORT, key))
    form = SheetForm(request.POST or None, request.FILES or None)
    outcome = None
    if request.method == "POST" and form.is_valid():
        made = _take(request, declaration, key, form)
        outcome = made if isinstance(made, ImportOutcome) else None
        if isinstance(made, Job) or (outcome is not None and outcome.written):
            return act(request, lambda: made, done=_taken(made), back=_kind_url(key))
    status = UNPROCESSABLE if request.method == "POST" else 200
    context = _kind_context(request, declaration, found)
    context |= {"form": form} | _told(outcome, latest(declaration, IMPORT, key), context["sheet"])
    return render_office(request, "office/opening/kind.html", context, status=status)


def _taken(made: ImportOutcome | Job | None) -> str:
    if isinstance(made, ImportOutcome):
        return _("已导入 %(n)s 行，签署后生效。") % {"n": made.rows}
    return _("正在后台核对，可以离开本页。")


def _told(
    outcome: ImportOutcome | None, job: Job | None, sheet: OpeningSheet | None
) -> dict[str, Any]:
    """What is wrong with the file just sent, or with the last that a job has read."""
    if outcome is not None:
        told = outcome.as_json()
        return {"count": told["problem_count"], "problems": told["problems"]}
    if job is None or (sheet is not None and sheet.created_at > job.created_at):
        return {}
    if job.status in RUNNING:
        return {"job": job}
    found = job.result
    return {
        "fault": job.error,
        "count": found.get("problem_count", 0),
        "problems": found.get("problems", []),
    }


def _job_part(request: HttpRequest, job: Job | None) -> HttpResponse:
    """The progress alone; once the job has ended the whole page is asked for anew."""
    if job is None or job.status not in RUNNING:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render_office(request, "office/opening/job.html", {"job": job})


def _take(
    request: HttpRequest, declaration: OpeningDeclaration, key: str, form: SheetForm
) -> ImportOutcome | Job | None:
    upload = form.cleaned_data["file"]
    try:
        return take_in(
            actor=actor_of(request),
            declaration=declaration,
            key=key,
            content=upload.read(),
            file_name=upload.name,
        )
    except RefusedError as refused:
        form.add_error(None, refusal_text(refused))
    return None


def _kind_context(
    request: HttpRequest, declaration: OpeningDeclaration, found: OpeningBalance
) -> dict[str, Any]:
    book = OpeningBook(declaration)
    page = Paginator(book.rows(found.key), PER_PAGE).get_page(request.GET.get("page"))
    return {
        "declaration": declaration,
        "draft": declaration.status == DeclarationState.DRAFT,
        "kind": found,
        "sheet": book.sheets.get(found.key),
        "page": page,
        "rows": shown_rows(list(page), found.sheet),
    }


@office_view(Act.CENTRE_MANAGE, methods=READ)
def sheet_template(_request: HttpRequest, key: str) -> HttpResponse:
    found = _kind(key)
    return _file(template(found.sheet), WORKBOOK_TYPE, f"期初数据－{found.sheet.title}.xlsx")


def _file(content: bytes, media_type: str, name: str, *, inline: bool = False) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    disposition = content_disposition_header(as_attachment=not inline, filename=name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _do(
    request: HttpRequest, service: Callable[..., Any], done: str, back: str = ""
) -> HttpResponse:
    """One act on the declaration of the centre."""
    return act(
        request,
        lambda: service(actor=actor_of(request), declaration=_declaration()),
        done=done,
        back=back or home(),
    )


@office_view(Act.CENTRE_MANAGE, methods=POST)
def none(request: HttpRequest, key: str) -> HttpResponse:
    """The centre has nothing of this kind."""
    service = partial(services.answer_none, key=_kind(key).key)
    return _do(request, service, _("已填报：没有此类数据。"))


@office_view(Act.CENTRE_MANAGE, methods=POST)
def drop(request: HttpRequest, key: str) -> HttpResponse:
    """Take back what was said of a kind."""
    service = partial(services.drop_sheet, key=_kind(key).key)
    return _do(request, service, _("已移除。"), _kind_url(key))


@office_view(Act.CENTRE_MANAGE, methods=POST)
def prepare(request: HttpRequest) -> HttpResponse:
    return _do(request, services.prepare, _("已提交，请另一名人员复核签署。"))


@office_view(Act.CENTRE_MANAGE, methods=POST)
@stepped_up
def sign(request: HttpRequest) -> HttpResponse:
    """The second signature; from here on numbers may be given."""
    return act(
        request,
        lambda: sign_or_order(actor=actor_of(request), declaration=_declaration()),
        done=lambda made: (
            _("正在后台核对并写入，可以离开本页。")
            if isinstance(made, Job)
            else _("已签署，期初数据已生效。")
        ),
        back=home(),
    )


@office_view(Act.CENTRE_MANAGE, methods=POST)
def give_back(request: HttpRequest) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return _do(request, partial(services.give_back, reason=reason), _("已退回修改。"))


@office_view(Act.CENTRE_MANAGE, methods=POST)
@stepped_up
def reopen(request: HttpRequest) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return _do(request, partial(services.reopen, reason=reason), _("已撤回，可以修改后重新提交。"))


@office_view(Act.CENTRE_VIEW, methods=READ)
def protocol(request: HttpRequest) -> HttpResponse:
    """The confirmation on paper, once it has been handed over."""
    centre = active_centre()
    found = declaration_of(centre) if centre else None
    if found is None or not found.digest:
        raise Http404
    content = confirmation(found, actor_of(request))
    return _file(content, "application/pdf", f"{TITLE}.pdf", inline=True)
