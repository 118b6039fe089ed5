"""Out to the campus and back: one state for one way, and nothing is believed without it."""

import hmac
import logging
import secrets
import time
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from assessment_center.accounts.addresses import address_of
from assessment_center.accounts.sign_in import BACKEND, enter, wait_for_code
from assessment_center.audit.services import record
from assessment_center.campus import cas, oidc
from assessment_center.campus.config import Campus, Protocol
from assessment_center.campus.errors import CampusError
from assessment_center.campus.services import Who, number_of, user_of
from assessment_center.office import next_url, refusal_text, see
from assessment_center.registry import RefusedError

logger = logging.getLogger(__name__)
KEPT = "campus_sign_on"
SECONDS = 600
DOORS = {Who.STAFF: ("admin:login", "admin:index"), Who.STUDENT: ("portal:sign_in", "portal:home")}


def _campus() -> Campus:
    campus: Campus | None = settings.CAMPUS
    if campus is None:
        raise Http404
    return campus


def _back() -> str:
    """Our own address as it was told to the campus; never taken from the request."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse('campus:callback')}"


@never_cache
@require_GET
def begin(request: HttpRequest, who: str) -> HttpResponse:
    """Send the browser to the campus; the session keeps what its answer must fit."""
    campus = _campus()
    if who not in set(Who):
        raise Http404
    door, home = DOORS[Who(who)]
    adapter = oidc if campus.protocol is Protocol.OIDC else cas
    state = secrets.token_urlsafe(32)
    try:
        url, kept = adapter.start(campus, state=state, back=_back())
    except CampusError as fault:
        logger.warning("campus sign-on: %s", fault)
        messages.error(request, _("统一身份认证暂时连不上，请稍后再试，或用本系统的密码登录。"))
        return see(reverse(door))
    target = next_url(request, reverse(home))
    request.session[KEPT] = {
        "state": state, "who": who, "next": target, "at": int(time.time()), **kept,
    }  # fmt: skip
    return HttpResponseRedirect(url)


@never_cache
@require_GET
def callback(request: HttpRequest) -> HttpResponse:
    """Back from the campus: the kept state is spent whatever the answer is."""
    campus = _campus()
    kept: dict[str, Any] = request.session.pop(KEPT, None) or {}
    who = Who(kept.get("who", Who.STUDENT))
    try:
        claims = _answered(campus, kept, request)
        user = user_of(campus=campus, who=who, number=number_of(campus, who, claims))
    except CampusError as fault:
        logger.warning("campus sign-on refused: %s", fault)
        messages.error(request, _("统一身份认证没有成功，请从登录页重新开始。"))
        return see(reverse(DOORS[who][0]))
    except RefusedError as refused:
        messages.error(request, refusal_text(refused))
        return see(reverse(DOORS[who][0]))
    if who is Who.STUDENT:
        login(request, user, backend=BACKEND)
        payload = {"address": address_of(request) or ""}
        record(actor=user.as_actor(), verb="account.sign_in", subject=user.subject, payload=payload)
        return see(kept["next"])
    if user.second_factor_since is not None:
        wait_for_code(request, user, kept["next"])
        return see(reverse("accounts_office:code"))
    enter(request, user, factor=False)
    return see(kept["next"])


def _answered(campus: Campus, kept: dict[str, Any], request: HttpRequest) -> dict[str, Any]:
    """What the campus says of who came back; `CampusError` where it was not asked just now."""
    query = {key: request.GET[key] for key in request.GET}
    if not kept or int(time.time()) - kept["at"] > SECONDS:
        raise CampusError("nobody was sent out, or too long ago")
    if not hmac.compare_digest(query.get("state", "").encode(), kept["state"].encode()):
        raise CampusError("another state than the one sent out")
    if campus.protocol is Protocol.OIDC:
        return oidc.finish(campus, kept=kept, query=query, back=_back())
    return cas.finish(campus, state=kept["state"], query=query, back=_back())
