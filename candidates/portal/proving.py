"""Proving a phone number or an e-mail address: send a code, type it, go on."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessment_center.accounts.addresses import address_of
from assessment_center.notices.channels import configured
from assessment_center.office import UNPROCESSABLE, refusal_text
from assessment_center.registry import RefusedError
from candidates.portal.contact_forms import AskCodeForm, CodeForm
from candidates.services import contact_codes
from candidates.services.contact_codes import Proof

SENT, PROVEN = "portal_code", "portal_proof"
PURPOSES = ("register", "forgotten", "profile")


def proof_in(request: HttpRequest) -> Proof | None:
    """The address proven in this session, while that holds."""
    return contact_codes.proof_of(request.session.get(PROVEN))


def to_prove(purpose: str) -> HttpResponse:
    """First the code, then the page that needs it."""
    return redirect(f"{reverse('portal:prove')}?{urlencode({'for': purpose})}")


def forget(request: HttpRequest) -> None:
    """The proof is used once."""
    request.session.pop(PROVEN, None)


def _purpose(request: HttpRequest) -> str:
    purpose = request.POST.get("for") or request.GET.get("for") or PURPOSES[0]
    if purpose not in PURPOSES:
        raise Http404
    return purpose


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    status = UNPROCESSABLE if context["form"].errors else 200
    return render(request, f"portal/{name}.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest) -> HttpResponse:
    """Where the code is to go."""
    purpose = _purpose(request)
    if not configured():
        return redirect("portal:register")
    form = AskCodeForm(request.POST or None, channels=configured())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            request.session[SENT] = contact_codes.send_code(
                channel=given["channel"],
                target=given["target"],
                address=address_of(request),
            )
        except RefusedError as refused:
            form.add_error("target", refusal_text(refused))
        else:
            return redirect(f"{reverse('portal:prove_code')}?{urlencode({'for': purpose})}")
    return _page(request, "prove", {"form": form, "for": purpose})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def prove_code(request: HttpRequest) -> HttpResponse:
    """The code that came."""
    purpose = _purpose(request)
    if not configured():
        return redirect("portal:register")
    sent = request.session.get(SENT)
    if sent is None:
        return to_prove(purpose)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            request.session[PROVEN] = contact_codes.check_code(
                kept=sent, code=form.cleaned_data["code"], address=address_of(request)
            )
        except RefusedError as refused:
            form.add_error("code", refusal_text(refused))
        else:
            del request.session[SENT]
            return redirect(f"portal:{purpose}")
    return _page(request, "prove_code", {"form": form, "for": purpose, "target": sent["target"]})
