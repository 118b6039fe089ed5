"""Opening an account, signing in and out."""

from django.contrib import messages
from django.contrib.auth import login, logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from assessment_center.accounts.addresses import address_of
from assessment_center.office import next_url, refusal_text
from assessment_center.registry import RefusedError
from candidates.forms import RegisterForm, SignInForm
from candidates.services import accounts

BACKEND = "django.contrib.auth.backends.ModelBackend"


def _enter(request: HttpRequest, form: SignInForm | RegisterForm) -> bool:
    """Let the candidate of a valid form in; False with the refusal beside the form."""
    given = form.cleaned_data
    try:
        if isinstance(form, RegisterForm):
            facts = {k: given[k] for k in ("name", "id_kind", "id_number", "phone", "password")}
            with transaction.atomic():
                user = accounts.register_account(**facts)
        else:
            user = accounts.sign_in(**given, address=address_of(request))
    except RefusedError as refused:
        form.add_error(None, refusal_text(refused))
        return False
    login(request, user, backend=BACKEND)
    return True


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _enter(request, form):
        messages.success(request, _("账号已开通。"))
        return redirect(next_url(request, reverse("portal:home")))
    return render(request, "portal/register.html", {"form": form})


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST or None)
    target = next_url(request, reverse("portal:home"))
    if request.method == "POST" and form.is_valid() and _enter(request, form):
        return redirect(target)
    return render(request, "portal/sign_in.html", {"form": form, "next": target})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("public:home")
