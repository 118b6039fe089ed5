"""Forms about single people."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NumberForm(forms.Form):
    """A full number to find somebody by; it travels in a posted form only."""

    number = forms.CharField(
        label=_("完整的证件号码"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
        help_text=_("居民身份证、护照、通行证等；不会写进网址和日志。"),
    )


class RevealForm(forms.Form):
    reason = forms.CharField(
        label=_("为什么需要看完整号码"),
        max_length=120,
        help_text=_("会和您的姓名、时间一起记录，主任和检查人员可以看到。"),
    )
