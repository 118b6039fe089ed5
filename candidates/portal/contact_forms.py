"""How somebody is reached: where a code goes, and the code."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from assessment_center.notices.channels import Channel
from candidates.plain_form import MOBILE, PlainForm, mobile

LABELS = {Channel.SMS: _("手机号码"), Channel.EMAIL: _("电子邮箱")}
HINTS = {Channel.SMS: "tel", Channel.EMAIL: "email"}
WRONG = {
    Channel.SMS: _("请填写 11 位手机号码。"),
    Channel.EMAIL: _("邮箱地址不完整，请核对。"),
}


class AskCodeForm(PlainForm):
    """Where to send a code; what is typed tells by which of the office's channels."""

    target = forms.CharField(
        label=_("手机号码或邮箱"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, channels: tuple[Channel, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.channels = channels
        target = self.fields["target"]
        if len(channels) == 1:
            target.label = LABELS[channels[0]]
            target.widget.attrs["autocomplete"] = HINTS[channels[0]]
            self.tell_plainly()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        typed = unicodedata.normalize("NFKC", str(given.get("target", ""))).strip()
        if not typed:
            return given
        wanted = Channel.EMAIL if "@" in typed else Channel.SMS
        channel = wanted if wanted in self.channels else self.channels[0]
        target = mobile(typed) if channel is Channel.SMS else typed
        if not _fits(channel, target):
            self.add_error("target", WRONG[channel])
        return {**given, "channel": channel, "target": target}


def _fits(channel: Channel, target: str) -> bool:
    if channel is Channel.SMS:
        return re.fullmatch(MOBILE, target) is not None
    try:
        validate_email(target)
    except forms.ValidationError:
        return False
    return True


class CodeForm(PlainForm):
    code = forms.CharField(
        label=_("验证码"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        return "".join(unicodedata.normalize("NFKC", self.cleaned_data["code"]).split())
