"""A password that was forgotten: a new one for the owner of the registered address."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from assessment_center.accounts.addresses import address_of
from assessment_center.notices.channels import configured
from assessment_center.office import UNPROCESSABLE, refusal_text
from assessment_center.registry import RefusedError
from candidates.portal.account_forms import ForgottenForm
from candidates.portal.proving import forget, proof_in, to_prove
from candidates.services import accounts


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """A new password, proven by the registered phone or mail; without channels, what serves."""
    proof = proof_in(request)
    if not configured():
        return render(request, "portal/forgotten.html", {"form": None})
    if proof is None:
        return to_prove("forgotten")
    form = ForgottenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            accounts.set_forgotten_password(
                id_number=given["id_number"],
                password=given["password"],
                proof=proof,
                address=address_of(request),
            )
        except RefusedError as refused:
            form.add_error(None, refusal_text(refused))
        else:
            forget(request)
            messages.success(request, _("新密码已设好，请登录。"))
            return redirect("portal:sign_in")
    status = UNPROCESSABLE if form.errors else 200
    context = {"form": form, "proof": proof}
    return render(request, "portal/forgotten.html", context, status=status)
