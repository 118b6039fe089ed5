"""How somebody is reached: where a code goes, and the code."""

import re
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from assessment_center.notices.channels import Channel

MOBILE = r"^1[3-9]\d{9}$"
CHANNEL_LABELS = {Channel.SMS: _("手机短信"), Channel.EMAIL: _("电子邮件")}


class AskCodeForm(forms.Form):
    """Where to send a code; only the channels the office has."""

    channel = forms.ChoiceField(label=_("验证方式"), widget=forms.RadioSelect)
    target = forms.CharField(
        label=_("手机号码或邮箱"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocapitalize": "none"}),
    )

    def __init__(self, *args: Any, channels: tuple[Channel, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["channel"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.value, CHANNEL_LABELS[each]) for each in channels]
        field.initial = channels[0].value
        if len(channels) == 1:
            field.widget = forms.HiddenInput()
            sms = channels[0] is Channel.SMS
            target = self.fields["target"]
            target.label = _("手机号码") if sms else _("电子邮箱")
            target.widget.attrs["autocomplete"] = "tel" if sms else "email"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        target = str(given.get("target", "")).strip()
        if given.get("channel") == Channel.SMS and not re.fullmatch(MOBILE, target):
            self.add_error("target", _("请填写 11 位手机号码。"))
        if given.get("channel") == Channel.EMAIL:
            try:
                validate_email(target)
            except forms.ValidationError:
                self.add_error("target", _("邮箱地址不完整，请核对。"))
        return {**given, "target": target}


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("验证码"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
