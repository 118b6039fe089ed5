"""The pages about others' accounts: help with sign-in, who is blocked, who stands in for whom."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from assessment_center.accounts import deputies, guard, passwords, second_factor, sessions
from assessment_center.accounts.enums import Act, Kind
from assessment_center.accounts.forms import DeputyForm, ReasonForm
from assessment_center.accounts.models import Deputyship, SignInGuard, User
from assessment_center.accounts.step_up import stepped_up
from assessment_center.audit.services import record
from assessment_center.office import (
    UNPROCESSABLE,
    act,
    actor_of,
    office_view,
    refusal_text,
    render_office,
    see,
)
from assessment_center.registry import Actor, RefusedError

HELPERS = (Act.ACCOUNT_MANAGE, Act.SECOND_FACTOR_RESET)


def _member(pk: UUID) -> User:
    user = User.objects.filter(pk=pk, kind=Kind.STAFF).first()
    if user is None:
        raise Http404
    return user


def member_url(user: User) -> str:
    return reverse("accounts_office:member", args=[user.pk])


@never_cache
@office_view(HELPERS, methods=("GET", "HEAD"))
def safety(request: HttpRequest) -> HttpResponse:
    """Everybody's second factor, and what the brake holds back now."""
    staff = User.objects.filter(kind=Kind.STAFF, is_active=True).prefetch_related("role_grants")
    rows = [(user, second_factor.is_demanded(user)) for user in staff]
    context = {"rows": rows, "blocked": guard.blocked(), "window": guard.WINDOW}
    return render_office(request, "office/account/safety.html", context)


@never_cache
@office_view(HELPERS, methods=("GET", "HEAD"))
def member(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One account: its sessions, its second factor, and the help that may be given."""
    user = _member(pk)
    context = {
        "member": user,
        "sign_ins": sessions.open_sign_ins(user),
        "demanded": second_factor.is_demanded(user),
        "codes_left": user.recovery_codes.filter(used_at=None).count(),
    }
    return render_office(request, "office/account/member.html", context)


@never_cache
@office_view(Act.ACCOUNT_MANAGE, methods=("POST",))
@stepped_up
def reset_password(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close the password and show, once, the code for a new one."""
    user = _member(pk)
    try:
        code = passwords.issue_reset(actor=actor_of(request), user=user)
    except RefusedError as refused:
        messages.error(request, refusal_text(refused))
        return see(member_url(user))
    return render_office(request, "office/account/reset.html", {"member": user, "code": code})


@office_view(Act.SECOND_FACTOR_RESET, methods=("POST",))
@stepped_up
def reset_factor(request: HttpRequest, pk: UUID) -> HttpResponse:
    user = _member(pk)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    return act(
        request,
        lambda: second_factor.reset(actor=actor_of(request), user=user, reason=reason),
        done=_("第二验证已重设，%(name)s下次登录时重新启用。") % {"name": user},
        back=member_url(user),
    )


@office_view(Act.ACCOUNT_MANAGE, methods=("POST",))
def end_sessions(request: HttpRequest, pk: UUID) -> HttpResponse:
    user = _member(pk)
    return act(
        request,
        lambda: _end_sessions(actor_of(request), user),
        done=lambda ended: _("已结束 %(n)d 个登录。") % {"n": ended},
        back=member_url(user),
    )


def _end_sessions(actor: Actor, user: User) -> int:
    ended = sessions.end_all(user, why="ended_by_office")
    record(actor=actor, verb="account.end_session", subject=user.subject, payload={"count": ended})
    return ended


@office_view(Act.ACCOUNT_MANAGE, methods=("POST",))
def lift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let a blocked account or address try again."""
    found = SignInGuard.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return act(
        request,
        lambda: guard.lift(actor=actor_of(request), guard=found),
        done=_("已解除限制，现在可以再次登录。"),
        back=reverse("accounts_office:safety"),
    )


@office_view((Act.DEPUTY_APPOINT, Act.ACCOUNT_MANAGE))
def deputy_list(request: HttpRequest) -> HttpResponse:
    """Who is away and who stands in; the head names deputies here."""
    actor = actor_of(request)
    form = DeputyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            deputies.appoint(
                actor=actor,
                principal=given["principal"],
                deputy=given["deputy"],
                reason=given["reason"],
                **form.period(),
            )
        except RefusedError as refused:
            form.add_error(None, refusal_text(refused))
        else:
            messages.success(request, _("已指定代理人。"))
            return see(request.path)
    rows = Deputyship.objects.select_related("principal", "deputy")[:200]
    context = {"form": form, "rows": rows, "now": timezone.now()}
    status = UNPROCESSABLE if form.errors else 200
    return render_office(request, "office/account/deputies.html", context, status=status)


@office_view(Act.HOME, methods=("POST",))
def deputy_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = Deputyship.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    listed = actor_of(request).may(Act.DEPUTY_APPOINT)
    return act(
        request,
        lambda: deputies.end(actor=actor_of(request), deputyship=found),
        done=_("代理已结束。"),
        back=reverse("accounts_office:deputies" if listed else "accounts_office:mine"),
    )
