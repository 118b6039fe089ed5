"""One application, side by side: the form, the evidence, the verdict with its articles."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.office import act, actor_of, office_view, post_required, render_office
from assessment_center.registry import RefusedError
from assessment_center.workflow import open_moves
from candidates import documents, selectors
from candidates.enums import ApplicationStatus as S
from candidates.enums import Finding
from candidates.forms import ReasonForm, ReturnForm
from candidates.labels import PART_LABELS
from candidates.lifecycle import APPLICATION
from candidates.models import Application, Evidence
from candidates.portal.files import evidence_response
from candidates.portal.status import CHIPS, file_response
from candidates.recognition import check_claim
from candidates.rules.declaration import Declaration
from candidates.services import registration
from candidates.services import review as services
from candidates.verdicts import judged

FINDING_CHIPS = {
    Finding.ELIGIBLE: "done",
    Finding.UNPROVEN: "due",
    Finding.INELIGIBLE: "bad",
}
NAMES = {"return_first": "return", "return_second": "return"}


def _one(request: HttpRequest, pk: UUID) -> Application:
    """The application, if the actor may see it; another department's is not there."""
    rows = selectors.visible(actor_of(request), selectors.applications())
    return get_object_or_404(rows, pk=pk)


@office_view(Act.APPLICATION_VIEW)
def page(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = _one(request, pk)
    actor = actor_of(request)
    verdict = selectors.verdict_of(row)
    before, after = selectors.neighbours(row)
    moves = [
        {
            "name": NAMES.get(move.name, move.name),
            "label": move.label,
            "outcome": outcome,
            "danger": move.danger,
        }
        for move, outcome in open_moves(machine=APPLICATION, subject=row, actor=actor)
        if move.name not in {"submit", "enter", "withdraw"}
    ]
    context = {
        "application": row,
        "chip_state": CHIPS[S(row.status)],
        "finding_state": FINDING_CHIPS[verdict.finding],
        "judged": judged(row),
        "evidence": row.evidence.all(),
        "reviews": row.reviews.all(),
        "declared": Declaration.from_json(row.declaration),
        "student": selectors.student_of(row.person),
        "claimed": check_claim(row),
        "signed": getattr(row, "commitment", None),
        "moves": moves,
        "parts": PART_LABELS.items(),
        "before": before,
        "after": after,
    }
    return render_office(request, "office/candidates/review.html", context)


def _decide(
    request: HttpRequest, pk: UUID, do: Callable[[Application], object], done: str
) -> HttpResponse:
    """One decision; after it the next application of the same queue opens."""
    row = _one(request, pk)
    _before, after = selectors.neighbours(row)
    here = reverse("candidates_office:application", args=[pk])
    forward = reverse("candidates_office:application", args=[after]) if after else here
    return act(request, lambda: do(row), done=done, back=forward, otherwise=here)


def _note(request: HttpRequest) -> str:
    return request.POST.get("note", "").strip()


@office_view(Act.APPLICATION_FIRST_REVIEW)
@post_required
def first_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor, note = actor_of(request), _note(request)
    return _decide(
        request,
        pk,
        lambda row: services.first_review(actor=actor, application=row, note=note),
        _("初审已通过。"),
    )


@office_view(Act.APPLICATION_CONFIRM)
@post_required
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor, note = actor_of(request), _note(request)
    return _decide(
        request,
        pk,
        lambda row: services.confirm(actor=actor, application=row, note=note),
        _("复核已通过。"),
    )


def _reason(request: HttpRequest) -> str:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise RefusedError(_("请写明原因。"))
    return str(form.cleaned_data["reason"])


@office_view((Act.APPLICATION_FIRST_REVIEW, Act.APPLICATION_CONFIRM))
@post_required
def send_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    form = ReturnForm(request.POST)

    def do(row: Application) -> Application:
        if not form.is_valid():
            raise RefusedError(_("请选择要补正的部分并写明原因。"))
        return services.return_application(
            actor=actor_of(request),
            application=row,
            reason=form.cleaned_data["reason"],
            part=form.cleaned_data["part"],
        )

    return _decide(request, pk, do, _("已退回考生修改。"))


@office_view(Act.APPLICATION_CONFIRM)
@post_required
def refuse(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _decide(
        request,
        pk,
        lambda row: services.refuse(
            actor=actor_of(request), application=row, reason=_reason(request)
        ),
        _("已判为不通过，考生会看到原因。"),
    )


@office_view(Act.APPLICATION_CONFIRM)
@post_required
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _decide(
        request,
        pk,
        lambda row: registration.withdraw_application(
            actor=actor_of(request), application=row, reason=_reason(request)
        ),
        _("报名资格已取消。"),
    )


@office_view(Act.APPLICATION_VIEW)
def form(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = _one(request, pk)
    content = documents.application_form(row, actor_of(request))
    return file_response(content, "application/pdf", f"{_('申报表')} {row.number}.pdf")


@office_view(Act.APPLICATION_VIEW)
def photo(request: HttpRequest, pk: UUID) -> HttpResponse:
    content = documents.photo_bytes(_one(request, pk))
    if content is None:
        raise Http404
    return file_response(content, "image/jpeg", "photo.jpg", inline=True)


@office_view(Act.APPLICATION_VIEW)
def evidence(request: HttpRequest, pk: UUID) -> HttpResponse:
    rows = selectors.visible(actor_of(request), Evidence.objects.all(), "application__department")
    return evidence_response(get_object_or_404(rows, pk=pk))
