"""The two steps by which staff enter the office."""

from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from assessment_center.accounts import passwords, sessions
from assessment_center.accounts.addresses import address_of
from assessment_center.accounts.models import User
from assessment_center.audit.services import record
from assessment_center.office import refusal_text
from assessment_center.registry import RefusedError

BACKEND = "django.contrib.auth.backends.ModelBackend"
PENDING = "sign_in_pending"
PENDING_SECONDS = 600


class StaffSignInForm(AdminAuthenticationForm):
    """The first step: name and password, checked under the brake; candidates have their own."""

    def clean(self) -> dict[str, Any]:
        name = self.cleaned_data.get("username")
        password = self.cleaned_data.get("password")
        if not name or not password:
            return self.cleaned_data
        try:
            self.user_cache = passwords.check_staff(
                username=name,
                password=password,
                address=address_of(self.request) if self.request else None,
            )
        except RefusedError as refused:
            raise ValidationError(refusal_text(refused), "refused") from refused
        return self.cleaned_data


def enter(request: HttpRequest, user: User, *, factor: bool) -> None:
    """Let the user in with a session of a new key; `factor`: the second step was taken."""
    login(request, user, backend=BACKEND)
    sessions.renew_key(request)
    sessions.set_mark(request, factor=factor)
    record(
        actor=user.as_actor(),
        verb="account.sign_in",
        subject=user.subject,
        payload={"address": address_of(request) or "", "second_factor": factor},
    )


def wait_for_code(request: HttpRequest, user: User, target: str) -> None:
    """Keep in mind, for ten minutes, whose password was right; nobody is signed in yet."""
    request.session.cycle_key()
    request.session[PENDING] = {"user": str(user.pk), "at": sessions.now(), "next": target}


def awaited(request: HttpRequest) -> tuple[User, str] | None:
    """Who is to show a code, and where he was going; None when nobody is or too late."""
    pending = request.session.get(PENDING)
    if not pending or sessions.now() - pending["at"] > PENDING_SECONDS:
        return None
    user = User.objects.filter(pk=pending["user"], is_active=True).first()
    return (user, pending["next"]) if user and user.second_factor_since else None
