"""Who may see a page of the portal: a candidate, and of applications only his own."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.models import User
from assessment_center.office import forbidden, refusal_text, see
from assessment_center.people.models import Person
from assessment_center.registry import Actor, RefusedError
from candidates import selectors
from candidates.models import Application
from candidates.portal import kept_text

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def candidate_view(view: View[P]) -> View[P]:
    """Send the unsigned to the sign-in page; staff have no business here."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        user = request.user
        if not user.is_authenticated:
            return _to_sign_in(request)
        if Act.PORTAL not in user.acts or not hasattr(user, "person"):
            return forbidden(request)
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return guarded  # type: ignore[return-value]


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in and back; who was sending something is told what became of it."""
    if request.method == "POST":
        if kept_text.keep(request):
            words = _("登录已过期。请重新登录，刚才填的内容还在，核对后再保存。")
        else:
            words = _("登录已过期，刚才的操作没有完成。请重新登录后再做一次。")
        messages.warning(request, words)
    asked = urlencode({"next": kept_text.page_of(request)})
    return redirect(f"{reverse('portal:sign_in')}?{asked}")


def user_of(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def actor_of(request: HttpRequest) -> Actor:
    return user_of(request).as_actor()


def person_of(request: HttpRequest) -> Person:
    person: Person = user_of(request).person
    return person


def own_or_404(request: HttpRequest, pk: UUID) -> Application:
    """One's own application; another's does not exist here."""
    found = selectors.own_applications(user_of(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def attempt(
    request: HttpRequest, do: Callable[[], object], *, done: str, back: str, otherwise: str
) -> HttpResponse:
    """Do one act; a refusal or a bad file becomes a message on the page one came from."""
    try:
        with transaction.atomic():
            do()
    except RefusedError as refused:
        messages.error(request, refusal_text(refused))
        return see(otherwise)
    except ValidationError as faults:
        messages.error(request, " ".join(faults.messages))
        return see(otherwise)
    if done:
        messages.success(request, done)
    return see(back)
