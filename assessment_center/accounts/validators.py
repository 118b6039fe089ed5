"""What a password must be; staff answer for more than candidates."""

from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Kind

LONGEST = 128  # a longer one costs the hash more than it adds


def classes_of(password: str) -> int:
    """How many of lower case, upper case, digits and others occur."""
    return (
        any(c.islower() for c in password)
        + any(c.isupper() for c in password)
        + any(c.isdigit() for c in password)
        + any(not c.isalnum() for c in password)
    )


class LengthValidator(MinimumLengthValidator):
    """Django's own, in our words: its Chinese catalogue lacks this sentence."""

    def get_error_message(self) -> str:
        return _("密码至少 %(n)d 个字符。") % {"n": self.min_length}


class UncommonValidator(CommonPasswordValidator):
    """Django's own, with what to do."""

    def get_error_message(self) -> str:
        return _("这个密码太常见，容易被猜中，请换一个。")


class UnlikeOwnerValidator(UserAttributeSimilarityValidator):
    """Django's own, with what to do."""

    def get_error_message(self) -> str:
        return _("密码与姓名、手机号或邮箱太像，请换一个。")


class StaffPasswordValidator:
    """Length for staff, and the mixture of characters where the college's rules ask for it."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) > LONGEST:
            raise ValidationError(_("密码不能超过 128 位。"), "too_long")
        if user is None or user.kind != Kind.STAFF:
            return
        if len(password) < settings.STAFF_PASSWORD_LENGTH:
            raise ValidationError(
                _("工作人员的密码至少 %(n)d 位。") % {"n": settings.STAFF_PASSWORD_LENGTH},
                "too_short",
            )
        if classes_of(password) < settings.STAFF_PASSWORD_CLASSES:
            raise ValidationError(
                _("密码须包含小写字母、大写字母、数字、符号中的至少 %(n)d 种。")
                % {"n": settings.STAFF_PASSWORD_CLASSES},
                "too_plain",
            )

    def get_help_text(self) -> str:
        if settings.STAFF_PASSWORD_CLASSES:
            return _(
                "工作人员的密码至少 %(n)d 位，包含小写字母、大写字母、数字、符号中的至少 %(k)d 种。"
            ) % {"n": settings.STAFF_PASSWORD_LENGTH, "k": settings.STAFF_PASSWORD_CLASSES}
        return _("工作人员的密码至少 %(n)d 位；几个不相干的词连在一起既好记又难猜。") % {
            "n": settings.STAFF_PASSWORD_LENGTH
        }
