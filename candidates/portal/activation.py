"""Opening one's account with the code on a slip, where neither SMS nor mail reaches students."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from assessment_center.accounts.addresses import address_of
from assessment_center.first_day import services
from assessment_center.office import UNPROCESSABLE, refusal_text
from assessment_center.registry import RefusedError
from candidates.portal.account_forms import ActivationForm
from candidates.portal.entrance import BACKEND


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def activate(request: HttpRequest) -> HttpResponse:
    """Student number, code, a password of one's own; then one is signed in."""
    form = ActivationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            user = services.activate(
                number=given["number"],
                code=given["code"],
                password=given["password"],
                address=address_of(request),
            )
        except RefusedError as refused:
            form.add_error(None, refusal_text(refused))
        else:
            login(request, user, backend=BACKEND)
            messages.success(request, _("账号已激活。以后用证件号码和这个密码登录。"))
            return redirect("portal:home")
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "portal/activate.html", {"form": form}, status=status)
