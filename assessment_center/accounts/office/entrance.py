"""Pages at the door: name and password, the code, a new password."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from assessment_center.accounts import passwords, second_factor, sessions
from assessment_center.accounts.addresses import address_of
from assessment_center.accounts.forms import CodeForm, OwnPasswordForm, RedeemForm
from assessment_center.accounts.models import User
from assessment_center.accounts.sign_in import (
    PENDING,
    StaffSignInForm,
    awaited,
    enter,
    wait_for_code,
)
from assessment_center.office import next_url, refusal_text, see
from assessment_center.registry import RefusedError


@never_cache
@csrf_protect
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest, site: AdminSite, extra: dict[str, Any]) -> HttpResponse:
    """The first step; whoever has a second factor is led to the page that asks for a code."""
    target = next_url(request, reverse("admin:index"))
    if request.method == "GET" and site.has_permission(request):
        return see(target)
    form = StaffSignInForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.get_user()
        if user.second_factor_since is not None:
            wait_for_code(request, user, target)
            return see(reverse("accounts_office:code"))
        enter(request, user, factor=False)
        return see(target)
    context = {
        **site.each_context(request),
        "title": _("登录"),
        "form": form,
        "app_path": request.get_full_path(),
        "next": target,
        **extra,
    }
    return TemplateResponse(request, site.login_template or "", context)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The second step; a session whose user switched it on elsewhere takes it here as well."""
    waiting = awaited(request)
    if waiting is None and request.user.is_authenticated and request.user.is_staff:
        user = request.user
        if user.second_factor_since is None or sessions.mark_of(request).get("factor"):
            return see(reverse("admin:index"))
        waiting = (user, reverse("admin:index"))
    if waiting is None:
        return see(reverse("admin:login"))
    user, target = waiting
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            second_factor.check(
                user=user, code=form.cleaned_data["code"], address=address_of(request)
            )
        except RefusedError as refused:
            form.add_error(None, refusal_text(refused))
        else:
            request.session.pop(PENDING, None)
            enter(request, user, factor=True)
            return see(target)
    return render(request, "registration/office_code.html", {"form": form})


@never_cache
@sensitive_post_parameters("code", "password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def redeem(request: HttpRequest) -> HttpResponse:
    """A new password by the one-time code that the administrator read out."""
    form = RedeemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            passwords.redeem(
                username=given["username"],
                code=given["code"],
                password=given["password"],
                address=address_of(request),
            )
        except RefusedError as refused:
            form.add_error(None, refusal_text(refused))
        else:
            messages.success(request, _("新密码已设置，请用它登录。"))
            return see(reverse("admin:login"))
    return render(request, "registration/office_redeem.html", {"form": form})


@never_cache
@sensitive_post_parameters()
def change_password(request: HttpRequest, site: AdminSite, extra: dict[str, Any]) -> HttpResponse:
    """One's own new password; the other sessions end with the old one."""
    user = cast("User", request.user)
    form = OwnPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            passwords.confirm_password(
                user=user, password=given["present"], address=address_of(request)
            )
            passwords.change(user=user, password=given["password"])
        except RefusedError as refused:
            form.add_error(None, refusal_text(refused))
        else:
            update_session_auth_hash(request, user)
            sessions.renew_key(request)
            row = sessions.mark_of(request).get("row")
            sessions.end_all(user, why="password_changed", spare=row)
            return see(reverse("admin:password_change_done"))
    context = {**site.each_context(request), "title": _("修改密码"), "form": form, **extra}
    return TemplateResponse(request, site.password_change_template or "", context)
