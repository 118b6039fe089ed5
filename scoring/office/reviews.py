"""Requests for a recount: the list and the answer."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.office import act, actor_of, office_view, render_office
from assessment_center.workflow import check
from scoring import policies, selectors, services
from scoring.forms import AnswerForm
from scoring.lifecycle import REVIEW
from scoring.models import ScoreEntry, ScoreReview, SubjectResult
from scoring.office.common import RESULT_ACTS, find_batch


@office_view(RESULT_ACTS, methods=("GET",))
def review_list(request: HttpRequest, code: str) -> HttpResponse:
    batch = find_batch(code)
    reviews = [(each, policies.reply_due(each)) for each in selectors.reviews_of(batch)]
    context = {"batch": batch, "reviews": reviews}
    return render_office(request, "office/scoring/reviews.html", context)


@office_view(Act.SCORE_CHECK)
def answer_page(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """The marks as they were entered, to be counted again, and the answer."""
    batch = find_batch(code)
    review = selectors.reviews_of(batch).filter(pk=pk).first()
    if review is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _answer(request, review, form, code)
    result = review.result
    context = {
        "batch": batch,
        "review": review,
        "due": policies.reply_due(review),
        "score": SubjectResult.objects.filter(
            application_id=result.application_id, subject=review.subject
        ).first(),
        "entries": ScoreEntry.objects.filter(
            application_id=result.application_id, subject=review.subject
        ).select_related("entered_by"),
        "allowed": check(machine=REVIEW, subject=review, move="keep", actor=actor_of(request)),
        "scope": batch.rules.settings.review_scope,
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render_office(request, "office/scoring/review.html", context, status=status)


def _answer(request: HttpRequest, review: ScoreReview, form: AnswerForm, code: str) -> HttpResponse:
    data = form.cleaned_data
    return act(
        request,
        lambda: services.answer_review(
            actor=actor_of(request),
            review=review,
            answer=data["answer"],
            changed_to=data["changed_to"],
            rejected=data["outcome"] == "rejected",
        ),
        done=_("已答复，考生会收到通知。"),
        back=lambda _n: reverse("scoring_office:reviews", args=[code]),
        otherwise=request.path,
    )
