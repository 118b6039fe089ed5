"""Signing in of staff: every success and failure stands in the trail, guessing is slowed down."""

from datetime import timedelta
from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Kind
from assessment_center.accounts.models import User
from assessment_center.audit.models import AuditEntry
from assessment_center.audit.services import record
from assessment_center.registry import SYSTEM

FAILED = "account.sign_in_failed"
SIGNED_IN = "account.sign_in"
FORGIVING = (SIGNED_IN, "account.reset_password")
WINDOW = timedelta(minutes=15)
ALLOWED_FAILURES = 8


def is_blocked(user: User) -> bool:
    """Too many failures within the window, none forgiven since by a success or a new password."""
    about = AuditEntry.objects.filter(subject_kind=user.subject.kind, subject_id=user.pk)
    forgiven = about.filter(verb__in=FORGIVING).order_by("-id").values_list("id", flat=True).first()
    failures = about.filter(verb=FAILED, at__gt=timezone.now() - WINDOW, id__gt=forgiven or 0)
    return failures.count() >= ALLOWED_FAILURES


def record_sign_in(user: User) -> None:
    """Note a success."""
    record(actor=user.as_actor(), verb=SIGNED_IN, subject=user.subject)


class StaffSignInForm(AdminAuthenticationForm):
    """The sign-in of the office; candidates have their own."""

    def clean(self) -> dict[str, Any]:
        name = self.cleaned_data.get("username")
        user = User.objects.filter(username=name, kind=Kind.STAFF).first()
        if user is not None and is_blocked(user):
            raise ValidationError(
                _("密码错误次数过多。请 15 分钟后再试，或联系系统管理员重设密码。"), "blocked"
            )
        try:
            return super().clean()
        except ValidationError:
            if user is not None:
                record(actor=SYSTEM, verb=FAILED, subject=user.subject)
            raise
