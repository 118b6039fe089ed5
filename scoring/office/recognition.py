"""The worklist of recognitions, and one candidate's facts beside the papers."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.office import act, actor_of, office_view, render_office
from assessment_center.registry import RefusedError
from assessment_center.workflow import check
from candidates.models import Application
from candidates.rules.eligibility import Truth
from candidates.selectors import visible
from scoring import recognition, services
from scoring.enums import RecognitionVerdict
from scoring.labels import RECOGNITION_LABELS, VERDICT_LABELS
from scoring.lifecycle import RECOGNITION
from scoring.models import RecognitionDecision
from scoring.office.common import find_batch

A_PAGE = 50
STATES = {"open": gettext_lazy("待提出"), **RECOGNITION_LABELS}
TRUTHS = {Truth.TRUE: "done", Truth.UNPROVEN: "due", Truth.FALSE: "bad"}


def _offering(batch: AssessmentBatch, key: str) -> Offering | None:
    routed = batch.offerings.exclude(route="exam")
    return next((each for each in routed if str(each.pk) == key), None)


@office_view(Act.APPLICATION_VIEW)
def worklist(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody to be recognised, by route: facts, papers, what the rules say, the decision."""
    batch = find_batch(code)
    if request.method == "POST":
        return _bulk(request, batch)
    state = request.GET.get("state", "")
    chosen = _offering(batch, request.GET.get("offering", ""))
    rows = recognition.candidates_of(batch, offering=chosen, state=state if state in STATES else "")
    rows = visible(actor_of(request), rows)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    found = recognition.assess_all(list(page.object_list))
    context = {
        "batch": batch,
        "page": page,
        "rows": [(each, getattr(each.application, "recognition", None)) for each in found],
        "told": recognition.counts(batch, actor_of(request)),
        "offerings": batch.offerings.exclude(route="exam").select_related("occupation", "job"),
        "chosen": chosen,
        "states": STATES.items(),
        "state": state,
        "clean": sum(each.clean and _open(each.application) for each in found),
        "record": recognition.record_citations(batch),
        "modes": batch.rules.settings.assessment_modes,
    }
    return render_office(request, "office/scoring/recognition.html", context)


def _open(application: Application) -> bool:
    decision = getattr(application, "recognition", None)
    return decision is None or decision.status == "returned"


def _bulk(request: HttpRequest, batch: AssessmentBatch) -> HttpResponse:
    actor, back = actor_of(request), request.get_full_path()
    if request.POST.get("do") == "propose":
        chosen = _offering(batch, request.POST.get("offering", ""))
        return act(
            request,
            lambda: services.propose_clean(actor=actor, batch=batch, offering=chosen),
            done=lambda n: _("已提出 %(n)s 人的认定，等待另一人确认。") % {"n": n},
            back=lambda _n: back,
            otherwise=back,
        )
    keys = set(request.POST.getlist("decision"))
    proposed = recognition.decisions_of(batch).filter(status="proposed")
    picked = [each for each in proposed if str(each.pk) in keys]
    meeting = request.POST.get("meeting", "")
    return act(
        request,
        lambda: services.confirm_recognitions(actor=actor, decisions=picked, meeting=meeting),
        done=lambda n: _("已确认 %(n)s 人的认定。") % {"n": n},
        back=lambda _n: back,
        otherwise=back,
    )


def _find(request: HttpRequest, batch: AssessmentBatch, pk: UUID) -> Application:
    found = visible(actor_of(request), recognition.candidates_of(batch)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@office_view(Act.APPLICATION_VIEW)
def one(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """One candidate: every fact beside its paper, then the decision in two steps."""
    batch = find_batch(code)
    row = _find(request, batch, pk)
    decision: RecognitionDecision | None = getattr(row, "recognition", None)
    if request.method == "POST":
        return _decide(request, batch, row, decision)
    found, actor = recognition.assess(row), actor_of(request)
    context: dict[str, Any] = {
        "batch": batch,
        "application": row,
        "found": found,
        "claimed": found.claimed,
        "truths": TRUTHS,
        "decision": decision,
        "verdicts": VERDICT_LABELS.items(),
        "open": _open(row) and actor.may(Act.RECOGNITION_PROPOSE),
        "confirm": decision
        and check(machine=RECOGNITION, subject=decision, move="confirm", actor=actor),
        "record": recognition.record_citations(batch),
    }
    return render_office(request, "office/scoring/recognition_one.html", context)


def _decide(
    request: HttpRequest,
    batch: AssessmentBatch,
    row: Application,
    decision: RecognitionDecision | None,
) -> HttpResponse:
    actor, text = actor_of(request), request.POST.get("reason", "")
    wanted = request.POST.get("do", "")
    acts: dict[str, tuple[Callable[[], Any], str]] = {}
    if wanted in set(RecognitionVerdict):
        verdict = RecognitionVerdict(wanted)
        acts[wanted] = (
            lambda: services.propose_recognition(
                actor=actor, application=row, verdict=verdict, reason=text
            ),
            _("已提出认定意见，等待另一人确认。"),
        )
    elif decision is not None:
        acts["confirm"] = (
            lambda: services.confirm_recognition(
                actor=actor, decision=decision, meeting=request.POST.get("meeting", "")
            ),
            _("认定已确认。"),
        )
        acts["return"] = (
            lambda: services.return_recognition(actor=actor, decision=decision, reason=text),
            _("已退回经办人。"),
        )
    if wanted not in acts:
        raise RefusedError(_("没有这种办理。"))
    do, done = acts[wanted]
    here = request.path
    back = reverse("scoring_office:recognition", args=[batch.code])
    return act(request, do, done=done, back=back, otherwise=here)
