"""The ledger of all certificates, and the page of one: file, handing out, revoking."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.step_up import stepped_up
from assessment_center.audit.services import record
from assessment_center.catalog.labels import SUBJECT_LABELS
from assessment_center.office import act, actor_of, office_view, render_office, see
from assessment_center.sealing import SealBrokenError, open_value, seal_value
from assessment_center.workflow import open_moves
from certificates import services
from certificates.forms import HandOutForm, ReasonForm
from certificates.lifecycle import CERTIFICATE
from certificates.models import Certificate
from certificates.selectors import all_certificates, ledger

PER_PAGE = 50
READ = ("GET", "HEAD")
SEARCH = "certificates.search"
# The browser's own viewer is an embedded object with styles of its own.
SHOWN_BY_BROWSER = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
)


def page_url(certificate: Certificate) -> str:
    return reverse("certificates_office:certificate", args=[certificate.pk])


@office_view(Act.CERTIFICATE_VIEW)
def index(request: HttpRequest) -> HttpResponse:
    """Search by number, name, initials or ID number; the words are kept off the address."""
    return searched(request, ledger)


def searched(
    request: HttpRequest, found: Callable[[str], QuerySet[Any]], **more: object
) -> HttpResponse:
    """The page of a ledger: words that were posted are kept, words that are kept narrow it."""
    if request.method == "POST":
        keep_words(request, request.POST.get("words", "").strip()[:80])
        return see(request.path)
    words = kept_words(request)
    page = Paginator(found(words), PER_PAGE).get_page(request.GET.get("page"))
    context = {"words": words, "page": page, **more}
    return render_office(request, "office/certificates/ledger.html", context)


def keep_words(request: HttpRequest, words: str) -> None:
    """Sealed, since they may be an ID number and sessions lie in the database."""
    request.session[SEARCH] = (
        seal_value(words, row_id=actor_of(request).ref.uuid).hex() if words else ""
    )


def kept_words(request: HttpRequest) -> str:
    kept = request.session.get(SEARCH, "")
    try:
        return open_value(bytes.fromhex(kept), row_id=actor_of(request).ref.uuid) if kept else ""
    except (SealBrokenError, ValueError):
        return ""


def _one(pk: UUID) -> Certificate:
    return get_object_or_404(all_certificates(), pk=pk)


@office_view(Act.CERTIFICATE_VIEW, methods=READ)
def certificate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The face as it was issued, its basis, and what may be done with it."""
    one = _one(pk)
    actor = actor_of(request)
    context = {
        "certificate": one,
        "face": one.face,
        "marks": [
            {"label": SUBJECT_LABELS[fact["subject"]], "score": fact["score"]}
            for fact in one.basis.subjects
        ],
        "decision": getattr(one.application, "recognition", None),
        "moves": {
            move.name for move, _ok in open_moves(machine=CERTIFICATE, subject=one, actor=actor)
        },
        "hand_out": HandOutForm(initial={"to": one.application.person.name}),
    }
    return render_office(request, "office/certificates/certificate.html", context)


@office_view(Act.CERTIFICATE_VIEW, methods=READ)
def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The issued file itself; it shows the full ID number, so each look is recorded."""
    one = _one(pk)
    if not one.pdf:
        raise Http404
    with one.pdf.open("rb") as kept:
        content = kept.read()
    record(actor=actor_of(request), verb="certificate.open_file", subject=one.subject)
    response = HttpResponse(content, content_type="application/pdf")
    name = content_disposition_header(as_attachment=False, filename=f"{one.number}.pdf")
    response.headers["Content-Disposition"] = name or "inline"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = SHOWN_BY_BROWSER
    return response


@office_view(Act.CERTIFICATE_HAND_OUT, methods=("POST",))
def hand_out(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = _one(pk)
    return act(
        request,
        lambda: services.hand_out(
            actor=actor_of(request), certificate=one, to=request.POST.get("to", "")
        ),
        done=_("已登记领取。"),
        back=page_url(one),
    )


@office_view(Act.SCORE_FINALISE)
@stepped_up
def revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """First the reason and what follows from it, then the confirmation: two steps."""
    one = _one(pk)
    form = ReasonForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render_office(
            request, "office/certificates/revoke.html", {"certificate": one, "form": form}
        )
    reason = form.cleaned_data["reason"]
    if "sure" not in request.POST:
        context = {"certificate": one, "form": form, "reason": reason}
        return render_office(request, "office/certificates/revoke.html", context)
    return act(
        request,
        lambda: services.revoke(actor=actor_of(request), certificate=one, reason=reason),
        done=_("证书已注销，查验页面已显示。"),
        back=page_url(one),
    )
