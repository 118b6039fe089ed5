"""The last pages of an application: the undertaking, and everything once more before it is sent."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.accounts.addresses import address_of
from assessment_center.office import UNPROCESSABLE, refusal_text, see
from assessment_center.registry import RefusedError
from candidates import policies
from candidates.deadline_words import until_words
from candidates.enums import IN_HAND
from candidates.enums import ApplicationStatus as S
from candidates.labels import EDUCATION_LABELS
from candidates.models import Application
from candidates.portal.access import actor_of, candidate_view, own_or_404, person_of
from candidates.portal.step_forms import CommitmentForm
from candidates.portal.steps import next_page, open_or_away, page, tried
from candidates.portal.tasks import task_list, unmended
from candidates.recognition import check_claim
from candidates.services import registration
from candidates.signature import outdated, signature_of, undertaking_of
from candidates.told import told
from candidates.verdicts import judged


@candidate_view
def commitment(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _to_sign(request, pk)
    if isinstance(found, HttpResponse):
        return found
    row = found
    form = CommitmentForm(request.POST or None)

    def sign() -> object:
        return registration.sign_commitment(
            actor=actor_of(request),
            application=row,
            typed_name=form.cleaned_data["typed_name"],
            address=address_of(request),
        )

    valid = request.method == "POST" and form.is_valid()
    if valid and tried(request, form, "typed_name", sign, done=_("承诺书已签署。")):
        return see(next_page(row, "commitment"))
    signed = getattr(row, "commitment", None)
    context = {
        "application": row,
        "form": form,
        "undertaking": undertaking_of(row),
        "signed": signed,
        "outdated": signed is not None and outdated(row),
        "citations": row.batch.rules.settings.double_commitment.citations,
    }
    return page(request, "commitment", context)


def _hand_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Submit one's own application, reading no more than that takes: hundreds do so at once."""
    mine = Application.objects.filter(pk=pk, person=person_of(request))
    row = mine.only("batch_id", "status").first()
    if row is None:
        raise Http404
    if row.status in {S.DRAFT, S.RETURNED}:
        try:
            registration.submit_application(actor=actor_of(request), application=row)
        except RefusedError:
            if not mine.filter(status=S.SUBMITTED).exists():
                raise
    elif row.status != S.SUBMITTED:
        return redirect("portal:application", pk=pk)
    return redirect("portal:receipt", pk=pk)


def _to_sign(request: HttpRequest, pk: UUID) -> Application | HttpResponse:
    """The application whose undertaking may be signed now, or signed anew after a correction."""
    row = own_or_404(request, pk)
    if row.status in IN_HAND and outdated(row):
        return row
    return open_or_away(request, pk, "commitment")


@candidate_view
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """“核对并提交”: everything on one page, then the receipt; pressed twice it is sent once."""
    refusal = None
    if request.method == "POST":
        try:
            return _hand_in(request, pk)
        except RefusedError as refused:
            refusal = refusal_text(refused)
    row = own_or_404(request, pk)
    if row.status not in {S.DRAFT, S.RETURNED}:
        return redirect("portal:application", pk=row.pk)
    context = {
        "application": row,
        "tasks": {task.key: task for task in task_list(row)},
        "missing": [
            (reverse(f"portal:{part}", args=[row.pk]), words)
            for part, words in policies.missing_parts(row)
        ],
        "told": list(told(row)),
        "unmended": unmended(row),
        "due": until_words(row),
        "refusal": refusal,
        "pieces": row.evidence.all(),
        "signed": signature_of(row),
        "outdated": outdated(row),
        "judged": judged(row),
        "claimed": check_claim(row),
        "education": EDUCATION_LABELS.get(row.education, ""),
    }
    return render(request, "portal/check.html", context, status=UNPROCESSABLE if refusal else 200)
