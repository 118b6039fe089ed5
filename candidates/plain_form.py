"""Forms of the portal speak the candidate's words: which field, what is wrong, what to do."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

MOBILE = r"^1[3-9]\d{9}$"
COUNTRY = re.compile(r"^(?:\+|00)?86(?=1)")
SEPARATORS = re.compile("[\\s()\\-\u2010-\u2015]")
STRANGE = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]")
CHOSEN = (forms.ChoiceField, forms.FileField, forms.DateField)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend: the field's words and the place to go, both "" for the whole form."""

    label: str
    target: str
    words: str

    @property
    def whole(self) -> bool:
        """Whether the sentence alone says where to go."""
        if not self.target or isinstance(self.words, SafeString):
            return False
        return self.label in self.words


def mobile(text: str) -> str:
    """A telephone number as it is kept: half-width digits without blanks, hyphens and +86."""
    plain = SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    return COUNTRY.sub("", plain)


def told_plainly(field: forms.Field) -> None:
    """Give a field sentences that name it instead of “this field”."""
    words = {"label": field.label or ""}
    told = field.error_messages
    if told.get("required") == forms.Field.default_error_messages["required"]:
        chosen = isinstance(field, CHOSEN)
        told["required"] = (_("请选择%(label)s。") if chosen else _("请填写%(label)s。")) % words
    told["max_length"] = _("最多 %(limit_value)d 个字，现在有 %(show_value)d 个。")
    told["null_characters_not_allowed"] = _("含有无法保存的字符，请重新输入。")
    if isinstance(field, forms.ChoiceField):
        told["invalid_choice"] = _("请从列表中选择%(label)s。") % words
    elif isinstance(field, forms.DateField):
        told["invalid"] = _("日期不完整，请按年、月、日选择。")
    elif isinstance(field, forms.FileField):
        told["invalid"] = _("请选择%(label)s。") % words


class PlainForm(forms.Form):
    """Base of the portal's forms: plain sentences, nothing invisible, a list of what to mend."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tell_plainly()

    def tell_plainly(self) -> None:
        """Once more after fields were added."""
        for field in self.fields.values():
            told_plainly(field)

    @property
    def tells_faults(self) -> bool:
        """A form of one field says beside it what is wrong; more need a list at the top."""
        return bool(self.errors) and (len(self.fields) > 1 or bool(self.non_field_errors()))

    def faults(self) -> Iterator[Fault]:
        """Everything to mend, in the order of the page, each with the place it is at."""
        for words in self.non_field_errors():
            yield Fault("", "", str(words))
        for bound in self:
            target = bound.id_for_label or f"div_{bound.auto_id}"
            for words in bound.errors:
                yield Fault(str(bound.label), target, str(words))


class PlainCharField(forms.CharField):
    """A line of text without control characters or turned writing direction."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return STRANGE.sub("", text) if isinstance(text, str) else text


class MobileField(forms.RegexField):
    """A mobile number, however it is written."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"})
        told = {"invalid": _("请填写 11 位手机号码。")}
        defaults = {"label": _("手机号码"), "widget": widget, "error_messages": told}
        super().__init__(MOBILE, max_length=30, **{**defaults, **kwargs})

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return mobile(text) if isinstance(text, str) else text


def day_field(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, **more)
