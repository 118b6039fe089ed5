"""The gate before the office: sessions that ran out, steps not yet taken, names acted in."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from assessment_center.accounts import deputies, second_factor, sessions
from assessment_center.accounts.models import User

Handler = Callable[[HttpRequest], HttpResponse]
OFFICE = "/admin/"
ACTING = "acting_for"

# What stays open to somebody who has still to take a step.
ALWAYS = frozenset(
    {"admin:login", "admin:logout", "accounts_office:code", "accounts_office:redeem"}
)
OPEN_FOR = {
    "accounts_office:code": frozenset({"accounts_office:code"}),
    "admin:password_change": frozenset({"admin:password_change", "admin:password_change_done"}),
    "accounts_office:factor": frozenset({"accounts_office:factor"}),
}


def staff_gate(get_response: Handler) -> Handler:
    """Ask of every request of the office: is the session alive, and is every step taken?"""

    def handle(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(OFFICE):
            return get_response(request)
        user = request.user
        turned = None
        if user.is_authenticated and user.is_staff:
            turned = _turned_away(request, user)
        return turned or get_response(request)

    return handle


def _turned_away(request: HttpRequest, user: User) -> HttpResponse | None:
    """Where a request is sent instead of the page it asks for; None lets it through."""
    mark = sessions.mark_of(request)
    if not mark or sessions.has_run_out(mark):
        return _ended(request)
    sessions.keep(request, user)
    name = _name(request)
    step = "" if name in ALWAYS else _step(user, mark)
    if step and name not in OPEN_FOR[step]:
        return _to(request, step)
    if not step:
        _act_in_name(request, user)
    return None


def _step(user: User, mark: dict[str, Any]) -> str:
    """The page of the step that is still to be taken; empty when all are."""
    if user.second_factor_since is not None and not mark["factor"]:
        return "accounts_office:code"
    if user.must_change_password:
        return "admin:password_change"
    if user.second_factor_since is None and second_factor.is_demanded(user):
        return "accounts_office:factor"
    return ""


def _ended(request: HttpRequest) -> HttpResponse:
    logout(request)
    if _name(request) in ALWAYS:
        return HttpResponseRedirect(request.path)
    messages.warning(request, _("登录已超时，为保护数据已自动退出。请重新登录。"))
    back = request.get_full_path() if request.method == "GET" else reverse("admin:index")
    return redirect_to_login(back, reverse("admin:login"))


def _to(request: HttpRequest, name: str) -> HttpResponse:
    """Lead to the step that is still to be taken, and say why."""
    words = {
        "admin:password_change": _("请先设置您自己的密码。"),
        "accounts_office:factor": _("请先启用第二验证，再进入办公区。"),
    }
    if name in words:
        messages.warning(request, words[name])
    return HttpResponseRedirect(reverse(name))


def _name(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""


def _act_in_name(request: HttpRequest, user: User) -> None:
    """Take up the name chosen for this session; one that has ended is put down and said so."""
    key = request.session.get(ACTING)
    if not key:
        return
    found = deputies.chosen(user, key)
    if found is None:
        del request.session[ACTING]
        messages.warning(request, _("代理已经结束，您现在以本人身份办理。"))
        return
    user.lend_name(found)
