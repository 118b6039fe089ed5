"""What every page of the office stands on: who may see it, how it is drawn, how an act is done."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from assessment_center.accounts.enums import Act, Role
from assessment_center.accounts.labels import ROLE_LABELS
from assessment_center.accounts.rules.role_matrix import ROLE_MATRIX
from assessment_center.accounts.templatetags.office import chip
from assessment_center.registry import Actor, OpenSet, RefusedError
from assessment_center.registry.entries import Line
from assessment_center.why import cited_box

__all__ = [
    "UNPROCESSABLE",
    "BatchCard",
    "HomeChart",
    "MenuLink",
    "act",
    "actor_of",
    "batch_cards",
    "chip",
    "forbidden",
    "home_charts",
    "menu_links",
    "next_url",
    "office_view",
    "post_required",
    "refusal_text",
    "render_office",
    "see",
]

UNPROCESSABLE = 422  # the form is shown again with its errors
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class MenuLink:
    """A page under a section of the menu; `url_name` that does not resolve is left out."""

    section: str
    label: str | Promise
    url_name: str
    act: str


@dataclass(frozen=True, slots=True)
class HomeChart:
    """A chart of the year: `rows(actor)` yields (label, value); drawn as bars and as a table."""

    key: str
    title: str | Promise
    rows: Callable[[Actor], Sequence[tuple[str, float]]]
    unit: str | Promise = ""
    permission: str = ""


@dataclass(frozen=True, slots=True)
class BatchCard:
    """A card in the right column of the batch page, e.g. conformance; `lines(batch, actor)`."""

    key: str
    title: str | Promise
    lines: Callable[[Any, Actor], Sequence[Line]]
    permission: str = ""
    url: Callable[[Any], str] | None = None


menu_links: OpenSet[MenuLink] = OpenSet("menu_links")
home_charts: OpenSet[HomeChart] = OpenSet("home_charts")
batch_cards: OpenSet[BatchCard] = OpenSet("batch_cards")

post_required = require_POST


def actor_of(request: HttpRequest) -> Actor:
    """Who acts in this request; only inside views that let nobody in unsigned."""
    return request.user.as_actor()  # type: ignore[union-attr]


def roles_with(acts: Iterable[Act]) -> list[str]:
    """The names of the roles that may do one of `acts`, for the page that says so."""
    wanted = set(acts)
    return [str(ROLE_LABELS[role]) for role in Role if ROLE_MATRIX[role] & wanted]


def office_view(
    act: Act | tuple[Act, ...], *, methods: Sequence[str] = ("GET", "HEAD", "POST")
) -> Callable[[View[P]], View[P]]:
    """Let in staff who may do `act` (or one of them); send the unsigned to the sign-in page.

    Staff without the act see which roles have it; candidates are told where their pages are.
    """
    wanted = act if isinstance(act, tuple) else (act,)

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), reverse(settings.LOGIN_URL))
            if not admin.site.has_permission(request) or not (set(wanted) & request.user.acts):
                return forbidden(request, wanted)
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            return view(request, *args, **kwargs)

        return cast("View[P]", guarded)

    return decorate


def forbidden(request: HttpRequest, acts: Iterable[Act] = ()) -> HttpResponse:
    """The page that says who may see what was asked for."""
    return render(request, "403.html", {"roles": roles_with(acts)}, status=403)


def render_office(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Draw a page of the office; `actor` and the menu are in every context."""
    return render(request, template, {"actor": actor_of(request), **(context or {})}, status=status)


def refusal_text(refused: RefusedError) -> SafeString:
    """A refusal as one message: why, what to do, and the articles to open."""
    refusal = refused.refusal
    parts = (refusal.reason, refusal.remedy, cited_box(refusal.citations))
    return format_html_join(" ", "{}", ((part,) for part in parts if part))


def act(
    request: HttpRequest,
    do: Callable[[], Any],
    *,
    done: str | Callable[[Any], str],
    back: str | Callable[[Any], str],
    otherwise: str = "",
) -> HttpResponse:
    """Do one posted act in a transaction, say how it went, and lead on.

    `done` and `back` may be functions of the service's answer. A refusal becomes a message on
    the page the user came from (`otherwise`, or `back`); nothing of the act remains.
    """
    try:
        with transaction.atomic():
            answer = do()
    except RefusedError as refused:
        messages.error(request, refusal_text(refused))
    except ValidationError as faults:
        messages.error(request, " ".join(faults.messages))
    else:
        if text := done(answer) if callable(done) else done:
            messages.success(request, text)
        return see(back(answer) if callable(back) else back)
    return see(otherwise or (request.path if callable(back) else back))


def see(url: str) -> HttpResponseRedirect:
    """Lead to another page after a post (303, so that a reload does not post again)."""
    return HttpResponseRedirect(url, status=303)


def next_url(request: HttpRequest, default: str) -> str:
    """The page named by `next`, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else default


def dashboard(_request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """The theme's hook stays empty: `OfficeSite.index` fills the home page."""
    return context


def navigation(_request: HttpRequest) -> list[dict[str, Any]]:
    """The theme's own menu stays empty: the office draws its menu itself (`office_sections`)."""
    return []


def stylesheet(_request: HttpRequest) -> str:
    """The palette, ahead of the theme; `css/registers.css` is laid over it by the base template."""
    return static("css/tokens.css")
