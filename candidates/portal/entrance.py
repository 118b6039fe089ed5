"""Opening an account, signing in and out."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from assessment_center.accounts.addresses import address_of
from assessment_center.notices.channels import configured
from assessment_center.office import UNPROCESSABLE, next_url, refusal_text
from assessment_center.registry import RefusedError
from candidates.portal.account_forms import SignInForm
from candidates.portal.proving import forget, proof_in, to_prove
from candidates.portal.register_form import RegisterForm
from candidates.services import accounts

BACKEND = "django.contrib.auth.backends.ModelBackend"


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    status = UNPROCESSABLE if context["form"].errors else 200
    return render(request, f"portal/{name}.html", context, status=status)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Name, document and password; with a code before it where the office can send one."""
    proof = proof_in(request)
    if configured() and proof is None:
        return to_prove("register")
    known = proof.as_phone() if proof else ""
    form = RegisterForm(request.POST or None, known_phone=known)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        facts = {key: given[key] for key in ("name", "id_kind", "id_number", "password")}
        try:
            user = accounts.open_account(
                **facts, phone=known or given["phone"], proof=proof, address=address_of(request)
            )
        except RefusedError as refused:
            form.add_error(None, refusal_text(refused))
        else:
            login(request, user, backend=BACKEND)
            forget(request)
            messages.success(request, _("账号已开通。"))
            return redirect(next_url(request, reverse("portal:home")))
    return _page(request, "register", {"form": form, "proof": proof})


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST or None)
    target = next_url(request, reverse("portal:home"))
    if request.method == "POST" and form.is_valid():
        try:
            user = accounts.sign_in(**form.cleaned_data, address=address_of(request))
        except RefusedError as refused:
            form.add_error(None, refusal_text(refused))
        else:
            login(request, user, backend=BACKEND)
            return redirect(target)
    context = {"form": form, "next": target, "codes": bool(configured())}
    return _page(request, "sign_in", context)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("public:home")
