"""The forms at the door and of the accounts' pages."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Kind
from assessment_center.accounts.models import User
from assessment_center.accounts.validators import StaffPasswordValidator


def _secret(label: Any, complete: str, **more: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": complete})
    return forms.CharField(label=label, strip=False, max_length=256, widget=widget, **more)


class CodeForm(forms.Form):
    """Six digits of the telephone, or a recovery code."""

    code = forms.CharField(
        label=_("验证码"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}
        ),
    )


class _NewPassword(forms.Form):
    """A new password, typed twice; what it must be stands below it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = _rules_of_passwords()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("password") and given["password"] != given.get("again", given["password"]):
            self.add_error("again", _("两次输入的新密码不同。"))
        return given


def _rules_of_passwords() -> str:
    return " ".join(
        (StaffPasswordValidator().get_help_text(), str(_("不能是常见密码，也不能像登录名。")))
    )


class OwnPasswordForm(_NewPassword):
    present = _secret(_("原密码"), "current-password")
    password = _secret(_("新密码"), "new-password")
    again = _secret(_("再输一次新密码"), "new-password")


class RedeemForm(_NewPassword):
    username = forms.CharField(
        label=_("登录名"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    code = forms.CharField(
        label=_("一次性代码"),
        max_length=40,
        help_text=_("由系统管理员提供，24 小时内有效。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    password = _secret(_("新密码"), "new-password")
    again = _secret(_("再输一次新密码"), "new-password")


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("原因"), max_length=120)


class DeputyForm(forms.Form):
    """Who stands in for whom, from the morning of one day to the end of another."""

    principal = forms.ModelChoiceField(label=_("谁离岗"), queryset=User.objects.none())
    deputy = forms.ModelChoiceField(label=_("由谁代理"), queryset=User.objects.none())
    first_day = forms.DateField(
        label=_("自"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_day = forms.DateField(
        label=_("至"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(label=_("事由"), max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(kind=Kind.STAFF, is_active=True)
        for name in ("principal", "deputy"):
            self.fields[name].queryset = staff  # type: ignore[attr-defined]

    def period(self) -> dict[str, datetime]:
        """The two days as moments of the office's clock, both days included."""
        zone = timezone.get_current_timezone()
        given = self.cleaned_data
        return {
            "starts": datetime.combine(given["first_day"], time.min, zone),
            "ends": datetime.combine(given["last_day"], time.max, zone),
        }
