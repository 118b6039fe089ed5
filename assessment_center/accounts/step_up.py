"""Proving once more who sits there, before the gravest acts."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from assessment_center.accounts import passwords, second_factor, sessions
from assessment_center.accounts.addresses import address_of
from assessment_center.accounts.models import User
from assessment_center.office import next_url, refusal_text, render_office, see
from assessment_center.registry import RefusedError

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
FIELD = "_proof"
SECRET = ("pass", "secret", "code", "first", "second")


def prove(request: HttpRequest, proof: str) -> None:
    """Check the password, or the code where a second factor is on; refuses a wrong one."""
    user = cast("User", request.user)
    digits = proof.replace(" ", "")
    if user.second_factor_since is not None and digits.isdecimal():
        second_factor.check(user=user, code=digits, address=address_of(request))
    else:
        passwords.confirm_password(user=user, password=proof, address=address_of(request))
    sessions.renew_key(request)
    sessions.set_mark(request, confirmed=sessions.now())


def stepped_up(view: View[P]) -> View[P]:
    """Let a posted act through only when the user has just proved who he is.

    Otherwise a page asks for the proof and then does the act with what was filled in. A form that
    holds passwords or files is not carried over: it is filled in again after the proof.
    """

    @sensitive_post_parameters(FIELD)
    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        if FIELD not in request.POST:
            if sessions.is_confirmed(request):
                return view(request, *args, **kwargs)
            return ask(request)
        try:
            prove(request, request.POST[FIELD])
        except RefusedError as refused:
            return ask(request, str(refusal_text(refused)))
        if "_refill" in request.POST:
            messages.success(request, _("身份已确认，请再办理一次。"))
            return see(next_url(request, request.path))
        return view(request, *args, **kwargs)

    return cast("View[P]", guarded)


def ask(request: HttpRequest, fault: str = "") -> HttpResponseBase:
    """The page that asks who sits there, carrying what was filled in."""
    own = {FIELD, "csrfmiddlewaretoken", "_refill", "next"}
    names = [name for name in request.POST if name not in own]
    secret = bool(request.FILES) or any(part in name for name in names for part in SECRET)
    refill = secret or "_refill" in request.POST
    carried = [] if refill else [(n, v) for n in names for v in request.POST.getlist(n)]
    back = request.POST.get("next") or request.headers.get("Referer") or ""
    context = {
        "carried": carried,
        "refill": refill,
        "next": _path_of(request, back),
        "fault": fault,
        "with_code": cast("User", request.user).second_factor_since is not None,
    }
    return render_office(request, "office/account/confirm.html", context)


def _path_of(request: HttpRequest, address: str) -> str:
    """A page of ours without its host, for the way back."""
    host = f"{request.scheme}://{request.get_host()}"
    return address.removeprefix(host) if address.startswith((host + "/", "/")) else ""
