"""One application, side by side: the form, the evidence, the verdict with its articles."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.office import act, actor_of, office_view, post_required, render_office
from assessment_center.registry import Actor, RefusedError
from assessment_center.workflow import open_moves
from candidates import content, documents, policies, selectors
from candidates.enums import ApplicationStatus as S
from candidates.enums import Finding
from candidates.forms import ReasonForm
from candidates.labels import EVIDENCE_LABELS
from candidates.lifecycle import APPLICATION
from candidates.models import Application
from candidates.office import desk
from candidates.office.forms import CorrectForm, RefuseForm, ReturnForm
from candidates.office.papers import papers_of
from candidates.portal.status import CHIPS, file_response
from candidates.queues import neighbours
from candidates.recognition import check_claim
from candidates.rules.declaration import Declaration
from candidates.rules.eligibility import Verdict
from candidates.services import originals, registration, reopening
from candidates.services import review as services
from candidates.signature import outdated, signature_of
from candidates.verdicts import judged

FINDING_CHIPS = {
    Finding.ELIGIBLE: "done",
    Finding.UNPROVEN: "due",
    Finding.INELIGIBLE: "bad",
}
RETURNS = {"return_first", "return_second", "return_confirmed"}
PASSES = {"first_review", "confirm"}
ELSEWHERE = {"submit", "enter", "withdraw", "reopen"}


@office_view(Act.APPLICATION_VIEW)
def page(request: HttpRequest, pk: UUID) -> HttpResponse:
    row, actor = desk.one(request, pk), actor_of(request)
    verdict = selectors.verdict_of(row)
    before, after = neighbours(row, actor, desk.narrowed(request, row.batch))
    context = {
        "application": row,
        "chip_state": CHIPS[S(row.status)],
        "declared": Declaration.from_json(row.declaration),
        "student": selectors.student_of(row.person),
        "related": selectors.related_names(row.offering),
        "signed": signature_of(row),
        "outdated": outdated(row),
        "papers": papers_of(row),
        "before": before,
        "after": after,
        "opened": desk.opened(row),
        **_judgement(row, verdict),
        **_acts(row, verdict, actor),
    }
    return render_office(request, "office/candidates/review.html", context)


def _judgement(row: Application, verdict: Verdict) -> dict[str, Any]:
    """What the rules say, what the candidate claims, and what changed since the last look."""
    steps = list(row.reviews.all())
    baseline = content.baseline_of(steps)
    waiting = row.status in {S.SUBMITTED, S.FIRST_REVIEWED}
    changed = content.differences(baseline, row) if baseline and waiting else []
    return {
        "finding_state": FINDING_CHIPS[verdict.finding],
        "judged": judged(row),
        "claimed": check_claim(row),
        "reviews": steps,
        "baseline": baseline if waiting else None,
        "changed": changed,
        "new_papers": {each.key for each in changed if each.key and each.before == ""},
    }


def _acts(row: Application, verdict: Verdict, actor: Actor) -> dict[str, Any]:
    """The moves out of this state, each with its outcome, and the forms of the lesser acts."""
    moves = [
        {
            "name": "return" if move.name in RETURNS else move.name,
            "label": move.label,
            "outcome": outcome,
            "danger": move.danger,
        }
        for move, outcome in open_moves(machine=APPLICATION, subject=row, actor=actor)
        if move.name not in ELSEWHERE
    ]
    return {
        "moves": sorted(moves, key=lambda move: move["name"] not in PASSES),
        "return_form": ReturnForm(),
        "articles": [str(one) for one in policies.refusal_articles(row, verdict)],
        "sees": bool(policies.looks_at_papers(row, actor)),
        "originals": [each for each in row.originals.all() if each.evidence_id is None],
        "kinds": EVIDENCE_LABELS.items(),
        "correct_form": CorrectForm(instance=row) if policies.correctable(row, actor) else None,
    }


def _decide(
    request: HttpRequest, pk: UUID, do: Callable[[Application], object], done: str
) -> HttpResponse:
    """One decision; after it the next application of the same queue opens, then the queue."""
    row = desk.one(request, pk)
    _before, after = neighbours(row, actor_of(request), desk.narrowed(request, row.batch))
    here = reverse("candidates_office:application", args=[pk])
    queue = f"{reverse('candidates_office:queue', args=[row.batch.code])}?state={row.status}"
    forward = reverse("candidates_office:application", args=[after.pk]) if after else queue
    return act(request, lambda: do(row), done=done, back=forward, otherwise=here)


def _note(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    note = request.POST.get("note", "").strip()
    return {"note": note, **desk.look(request, pk)}


@office_view(Act.APPLICATION_FIRST_REVIEW)
@post_required
def first_review(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor, facts = actor_of(request), _note(request, pk)
    return _decide(
        request,
        pk,
        lambda row: services.first_review(actor=actor, application=row, **facts),
        _("初审已通过。"),
    )


@office_view(Act.APPLICATION_CONFIRM)
@post_required
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    actor, facts = actor_of(request), _note(request, pk)
    return _decide(
        request,
        pk,
        lambda row: services.confirm(actor=actor, application=row, **facts),
        _("复核已通过。"),
    )


@office_view((Act.APPLICATION_FIRST_REVIEW, Act.APPLICATION_CONFIRM))
@post_required
def send_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    form = ReturnForm(request.POST)

    def do(row: Application) -> Application:
        if not form.is_valid():
            raise RefusedError(_("请勾选退回的原因，或写明原因。"))
        return services.return_application(
            actor=actor_of(request),
            application=row,
            **desk.look(request, pk),
            **form.cleaned_data,
        )

    return _decide(request, pk, do, _("已退回考生修改。"))


@office_view(Act.APPLICATION_CONFIRM)
@post_required
def refuse(request: HttpRequest, pk: UUID) -> HttpResponse:
    form = RefuseForm(request.POST)

    def do(row: Application) -> Application:
        if not form.is_valid():
            raise RefusedError(_("请写明原因。"))
        return services.refuse(
            actor=actor_of(request),
            application=row,
            **desk.look(request, pk),
            **form.cleaned_data,
        )

    return _decide(request, pk, do, _("已判为不通过，考生会看到原因和依据。"))


@office_view(Act.APPLICATION_CONFIRM)
@post_required
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    form = ReasonForm(request.POST)

    def do(row: Application) -> Application:
        if not form.is_valid():
            raise RefusedError(_("请写明原因。"))
        return registration.withdraw_application(
            actor=actor_of(request), application=row, **form.cleaned_data
        )

    return _decide(request, pk, do, _("报名资格已取消。"))


@office_view((Act.APPLICATION_FIRST_REVIEW, Act.APPLICATION_CONFIRM))
@post_required
def original(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The original of a paper was seen, beside its copy or where only paper was brought."""
    row, actor = desk.one(request, pk), actor_of(request)
    key = request.POST.get("evidence", "")
    piece = next((each for each in row.evidence.all() if str(each.pk) == key), None)
    if key and piece is None:
        raise Http404
    kind = piece.kind if piece else request.POST.get("kind", "")
    return act(
        request,
        lambda: originals.see_original(actor=actor, application=row, kind=kind, evidence=piece),
        done=_("已登记验看原件。"),
        back=reverse("candidates_office:application", args=[pk]) + "#papers",
    )


@office_view(Act.APPLICATION_ENTER)
@post_required
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Facts the office puts right; a reviewed application is reviewed anew for what changed."""
    row, actor = desk.one(request, pk), actor_of(request)
    form = CorrectForm(request.POST, instance=row)

    def do() -> Application:
        if not form.is_valid():
            raise RefusedError("；".join(str(e) for errors in form.errors.values() for e in errors))
        return reopening.correct(
            actor=actor, application=desk.one(request, pk), **form.cleaned_data
        )

    here = reverse("candidates_office:application", args=[pk])
    return act(request, do, done=_("已更正。已审核过的，会重新审核改动的部分。"), back=here)


@office_view(Act.APPLICATION_VIEW)
def form(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = desk.one(request, pk)
    made = documents.application_form(row, actor_of(request))
    return file_response(made, "application/pdf", f"{_('申报表')} {row.number}.pdf")


@office_view(Act.APPLICATION_VIEW)
def photo(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = documents.photo_bytes(desk.one(request, pk))
    if found is None:
        raise Http404
    return file_response(found, "image/jpeg", "photo.jpg", inline=True)
