"""The candidate's own score and request for a recount, and the public list."""

from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessment_center.batches.models import AssessmentBatch
from assessment_center.catalog.labels import SUBJECT_LABELS
from assessment_center.office import refusal_text, see
from assessment_center.registry import RefusedError
from candidates.portal.access import candidate_view
from scoring import policies, selectors, services
from scoring.forms import RequestForm
from scoring.models import FinalResult, RecognitionDecision
from scoring.public import public_list
from scoring.sheets import fact_words, outcome_word


def _own(request: HttpRequest, application: UUID) -> FinalResult:
    found = selectors.own_result(request.user, application)  # type: ignore[arg-type]
    if found is None or found.batch.publicity.starts_on > timezone.localdate():
        raise Http404
    return found


def _lines(result: FinalResult) -> list[dict[str, object]]:
    reviews = {each.subject: each for each in result.reviews.all()}
    now = timezone.now()
    return [
        {
            "subject": fact["subject"],
            "label": SUBJECT_LABELS[fact["subject"]],
            "score": fact_words(fact),
            "passed": fact["passed"],
            "review": reviews.get(fact["subject"]),
            "allowed": policies.may_request(result, fact["subject"], at=now),
        }
        for fact in result.subjects
    ]


@candidate_view
@require_safe
def score(request: HttpRequest, application: UUID) -> HttpResponse:
    """The score of each subject, until when a recount may be asked for, and the answers."""
    result = _own(request, application)
    context = {
        "result": result,
        "word": _(outcome_word(result)),
        "lines": _lines(result),
        "decision": RecognitionDecision.objects.filter(application=application).first(),
        "publicity": result.batch.publicity,
        "deadline": policies.review_deadline(result.batch.publicity),
    }
    return render(request, "portal/scoring/score.html", context)


@candidate_view
def request_review(request: HttpRequest, application: UUID, subject: str) -> HttpResponse:
    """Ask for a recount of one subject; a refusal keeps what was written."""
    result = _own(request, application)
    if subject not in {fact["subject"] for fact in result.subjects}:
        raise Http404
    form = RequestForm(request.POST or None)
    refusal = None
    allowed = policies.may_request(result, subject, at=timezone.now())
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                services.request_review(
                    actor=request.user.as_actor(),  # type: ignore[union-attr]
                    result=result,
                    subject=subject,
                    reason=form.cleaned_data["reason"],
                )
        except RefusedError as refused:
            refusal = refusal_text(refused)
        else:
            return see(f"/portal/scoring/{application}/?asked={subject}")
    context = {
        "result": result,
        "label": SUBJECT_LABELS[subject],
        "form": form,
        "refusal": refusal,
        "allowed": allowed,
        "deadline": policies.review_deadline(result.batch.publicity),
        "scope": result.batch.rules.settings.review_scope,
        "reply": result.batch.rules.settings.review_reply_workdays,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "portal/scoring/review.html", context, status=status)


@require_safe
def publicity(request: HttpRequest, code: str) -> HttpResponse:
    """The list everybody may read while publicity is open; before and after it is not there."""
    batch = AssessmentBatch.objects.select_related("centre", "rulebook_version").filter(code=code)
    found = batch.first()
    told = selectors.publicity_of(found) if found else None
    if found is None or told is None or not policies.is_public(told, on=timezone.localdate()):
        raise Http404(_("现在没有这个批次的成绩公示。"))
    context = {
        "batch": found,
        "publicity": told,
        "table": public_list(found),
        "deadline": policies.review_deadline(told),
    }
    response = render(request, "portal/scoring/publicity.html", context)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
