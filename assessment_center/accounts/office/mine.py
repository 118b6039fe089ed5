"""The pages of one's own account: sessions, second factor, names one may act in."""

from typing import cast
from uuid import UUID

import qrcode
import qrcode.image.svg
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from assessment_center.accounts import deputies, second_factor, sessions
from assessment_center.accounts.enums import Act
from assessment_center.accounts.forms import CodeForm
from assessment_center.accounts.gate import ACTING
from assessment_center.accounts.models import Deputyship, User
from assessment_center.accounts.step_up import stepped_up
from assessment_center.audit.services import record
from assessment_center.office import (
    UNPROCESSABLE,
    act,
    office_view,
    refusal_text,
    render_office,
    see,
)
from assessment_center.registry import RefusedError


def mine_url() -> str:
    return reverse("accounts_office:mine")


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)


@never_cache
@office_view(Act.HOME, methods=("GET", "HEAD"))
def mine(request: HttpRequest) -> HttpResponse:
    """Where one is signed in, how one signs in, and for whom one may act."""
    user = _user(request)
    context = {
        "here": sessions.mark_of(request).get("row"),
        "sign_ins": sessions.open_sign_ins(user),
        "codes_left": user.recovery_codes.filter(used_at=None).count(),
        "demanded": second_factor.is_demanded(user),
        "held": deputies.held_by(user),
        "acting": user.acting_for,
        "given": deputies.live().filter(principal=user),
    }
    return render_office(request, "office/account/mine.html", context)


@never_cache
@sensitive_post_parameters("code")
@office_view(Act.HOME)
def factor(request: HttpRequest) -> HttpResponse:
    """Switch the second factor on: scan, type the first code, keep the recovery codes."""
    user = _user(request)
    form = CodeForm(request.POST or None)
    if user.second_factor_since is not None:
        return render_office(request, "office/account/factor_on.html", {})
    if request.method == "POST" and form.is_valid():
        try:
            fresh = second_factor.confirm(user=user, code=form.cleaned_data["code"])
        except RefusedError as refused:
            form.add_error(None, refusal_text(refused))
        else:
            row = sessions.mark_of(request).get("row")
            sessions.end_all(user, why="factor_on", spare=row)
            sessions.renew_key(request)
            sessions.set_mark(request, factor=True)
            return render_office(request, "office/account/recovery.html", {"codes": fresh})
    secret = second_factor.begin(user=user)
    spaced = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
    context = {"form": form, "secret": spaced, "picture": _qr(second_factor.address(user, secret))}
    status = UNPROCESSABLE if form.errors else 200
    return render_office(request, "office/account/factor.html", context, status=status)


def _qr(text: str) -> SafeString:
    """The code as an inline drawing: the secret never becomes a file or an address."""
    image = qrcode.make(text, image_factory=qrcode.image.svg.SvgPathImage, box_size=12, border=2)
    return mark_safe(image.to_string(encoding="unicode"))  # noqa: S308 - drawn here from squares


@never_cache
@office_view(Act.HOME, methods=("POST",))
@stepped_up
def recovery(request: HttpRequest) -> HttpResponse:
    """Ten fresh recovery codes, shown once."""
    try:
        fresh = second_factor.renew_recovery_codes(user=_user(request))
    except RefusedError as refused:
        messages.error(request, refusal_text(refused))
        return see(mine_url())
    return render_office(request, "office/account/recovery.html", {"codes": fresh})


@office_view(Act.HOME, methods=("POST",))
def end_others(request: HttpRequest) -> HttpResponse:
    row = UUID(sessions.mark_of(request)["row"])
    return act(
        request,
        lambda: sessions.end_others(user=_user(request), spare=row),
        done=lambda ended: _("已在其他 %(n)d 处退出登录。") % {"n": ended},
        back=mine_url(),
    )


@office_view(Act.HOME, methods=("POST",))
def end_one(request: HttpRequest, pk: UUID) -> HttpResponse:
    return act(
        request,
        lambda: sessions.end_one(user=_user(request), row_id=pk),
        done=_("已退出那个登录。"),
        back=mine_url(),
    )


@office_view(Act.HOME, methods=("POST",))
def act_for(request: HttpRequest) -> HttpResponse:
    """Act in the name of somebody on leave from here on, or for oneself again."""
    user = _user(request)
    return act(
        request,
        lambda: _take_name(request, user, request.POST.get("deputyship", "")),
        done=lambda found: (
            _("您现在代%(name)s办理；每一步都会记为代办。") % {"name": found.principal}
            if found
            else _("您现在以本人身份办理。")
        ),
        back=mine_url(),
    )


def _take_name(request: HttpRequest, user: User, key: str) -> Deputyship | None:
    user.lend_name(None)
    if not key:
        request.session.pop(ACTING, None)
        return None
    found = deputies.chosen(user, key)
    if found is None:
        raise RefusedError(_("您没有这项代理，或者代理已经结束。"))
    sessions.renew_key(request)
    request.session[ACTING] = key
    record(actor=user.as_actor(), verb="deputy.act", subject=found.subject)
    return found
