"""Forms of coming in: with a slip, with a password, with a new one."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.models import User
from candidates.plain_form import PlainForm


class OwnPassword(PlainForm):
    """A password of one's own choice, typed twice."""

    password = forms.CharField(
        label=_("密码"),
        max_length=128,
        help_text=_("至少 8 个字符，不要与姓名、手机号相同。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("再输入一次密码"),
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def owner(self) -> User | None:
        """Whose password it will be, as far as the form knows."""
        return None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("password"):
            try:
                validate_password(given["password"], self.owner())
            except forms.ValidationError as faults:
                self.add_error("password", faults.messages)
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _("两次输入的密码不一样。"))
        return given


class ForgottenForm(OwnPassword):
    id_number = forms.CharField(
        label=_("证件号码"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    field_order = ("id_number", "password", "again")


class PasswordForm(OwnPassword):
    old = forms.CharField(
        label=_("现在的密码"),
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("old", "password", "again")


class ActivationForm(OwnPassword):
    """What stands on a slip, and the password that is chosen with it."""

    number = forms.CharField(
        label=_("学号"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    code = forms.CharField(
        label=_("激活码"),
        max_length=40,
        help_text=_("激活条上的 12 位字母和数字，不分大小写，横线可不输。"),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )
    field_order = ("number", "code", "password", "again")


class SignInForm(PlainForm):
    id_number = forms.CharField(
        label=_("证件号码"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("密码"),
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
