"""Certificates of the time before the first day: found, looked at, revoked."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.step_up import stepped_up
from assessment_center.office import act, actor_of, office_view, render_office
from assessment_center.workflow import open_moves
from certificates import services
from certificates.forms import ReasonForm
from certificates.lifecycle import EARLIER
from certificates.models import EarlierCertificate
from certificates.office.ledger import READ, searched
from certificates.selectors import earlier_certificates, earlier_ledger

REVOKE = "office/certificates/earlier_revoke.html"


def page_url(certificate: EarlierCertificate) -> str:
    return reverse("certificates_office:earlier", args=[certificate.pk])


@office_view(Act.CERTIFICATE_VIEW)
def index(request: HttpRequest) -> HttpResponse:
    """The same search as in the ledger of our own; the words are kept off the address."""
    return searched(request, earlier_ledger, earlier=True)


@office_view(Act.CERTIFICATE_VIEW, methods=READ)
def certificate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What it says, whose declaration brought it, and whether it may be revoked."""
    one = get_object_or_404(earlier_certificates(), pk=pk)
    moves = open_moves(machine=EARLIER, subject=one, actor=actor_of(request))
    context = {"one": one, "face": one.face, "moves": {move.name for move, _ok in moves}}
    return render_office(request, "office/certificates/earlier.html", context)


@office_view(Act.SCORE_FINALISE)
@stepped_up
def revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """First the reason and what follows from it, then the confirmation: two steps."""
    one = get_object_or_404(earlier_certificates(), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render_office(request, REVOKE, {"one": one, "form": form})
    reason = form.cleaned_data["reason"]
    if "sure" not in request.POST:
        return render_office(request, REVOKE, {"one": one, "form": form, "reason": reason})
    return act(
        request,
        lambda: services.revoke_earlier(actor=actor_of(request), certificate=one, reason=reason),
        done=_("证书已注销，查验页面已显示。"),
        back=page_url(one),
    )
