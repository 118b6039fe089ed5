"""Lists of applications: by batch, by state, searched without an ID number in any address."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import batch_by_code
from assessment_center.office import act, actor_of, office_view, render_office, see
from assessment_center.people.reach import reach_of
from candidates import selectors
from candidates.enums import ApplicationStatus as S
from candidates.enums import Finding
from candidates.forms import SearchForm
from candidates.labels import STATUS_LABELS
from candidates.portal.status import CHIPS
from candidates.services import review

A_PAGE = 50
WORDS = "candidates.words"


@office_view(Act.APPLICATION_VIEW)
def home(request: HttpRequest) -> HttpResponse:
    """All batches with how many applications stand where."""
    reach = reach_of(actor_of(request), Act.APPLICATION_VIEW)
    mine = Q() if reach.departments is None else Q(applications__department__in=reach.departments)

    def number(*states: S) -> Count:
        return Count("applications", filter=mine & Q(applications__status__in=states))

    rows = AssessmentBatch.objects.exclude(status="draft").annotate(
        total=number(*(state for state in S if state != S.DRAFT)),
        first=number(S.SUBMITTED),
        second=number(S.FIRST_REVIEWED),
        passed=number(S.CONFIRMED),
    )
    return render_office(request, "office/candidates/home.html", {"rows": rows})


@office_view(Act.APPLICATION_VIEW)
def queue(request: HttpRequest, code: str) -> HttpResponse:
    batch = batch_by_code(code)
    here = reverse("candidates_office:queue", args=[code])
    state = request.GET.get("state", "")
    state = state if state in STATUS_LABELS else ""
    if request.method == "POST":
        form = SearchForm(request.POST)
        request.session[WORDS] = form.cleaned_data["words"] if form.is_valid() else ""
        return see(here)
    words = request.session.get(WORDS, "")
    actor = actor_of(request)
    found = selectors.visible(actor, selectors.queue(batch, state=state, words=words))
    counts = selectors.counts_by_state(batch, actor)
    chips = [
        (key, label, CHIPS[S(key)], counts.get(key, 0), key == state)
        for key, label in STATUS_LABELS.items()
        if key != S.DRAFT
    ]
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = [(each, CHIPS[S(each.status)]) for each in page.object_list]
    context = {
        "batch": batch,
        "page": page,
        "rows": rows,
        "chips": chips,
        "words": words,
        "state": state,
        "homeless": selectors.homeless(actor),
    }
    return render_office(request, "office/candidates/queue.html", context)


@office_view((Act.APPLICATION_FIRST_REVIEW, Act.APPLICATION_CONFIRM))
def bulk(request: HttpRequest, code: str) -> HttpResponse:
    """Pass all whose verdict is clean: first shown, then done."""
    batch = batch_by_code(code)
    actor = actor_of(request)
    first = actor.may(Act.APPLICATION_FIRST_REVIEW)
    state = S.SUBMITTED if first else S.FIRST_REVIEWED
    act_of = Act.APPLICATION_FIRST_REVIEW if first else Act.APPLICATION_CONFIRM
    ready = selectors.queue(batch, state=state).filter(finding=Finding.ELIGIBLE)
    ready = selectors.visible(actor, ready, act=act_of)
    here = reverse("candidates_office:queue", args=[code])
    if request.method == "POST":
        only = request.POST.getlist("application")
        service = review.first_review_many if first else review.confirm_many
        return act(
            request,
            lambda: service(actor=actor, batch=batch, only=only),
            done=_told,
            back=here,
        )
    context = {"batch": batch, "rows": ready, "first": first}
    return render_office(request, "office/candidates/bulk.html", context)


def _told(answer: tuple[int, list[str]]) -> str:
    done, left = answer
    text = _("已通过 %(n)d 份。") % {"n": done}
    return text + ("　" + "；".join(left[:5]) if left else "")
