"""The forms of the guide; a record's form is made of its sheet's own columns."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.validators import StaffPasswordValidator
from assessment_center.rulebooks.models import RulebookVersion
from assessment_center.spreadsheets import ColumnSpec, Kind, SheetSpec

EMPTY = ("", "——")
INPUTS = {Kind.PHONE: "tel", Kind.INTEGER: "numeric", Kind.ID_NUMBER: "text"}


class SheetForm(forms.Form):
    file = forms.FileField(
        label=_("填好的 Excel 文件（.xlsx）"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=_("不超过 5 MB。先核对、不写入；没有问题并由您确认后才导入。"),
    )


class RulebookForm(forms.Form):
    code = forms.ChoiceField(label=_("规程"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, versions: list[RulebookVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(version.code, version.name) for version in versions]
        self.fields["code"].choices = names  # type: ignore[attr-defined]


class RecordForm(forms.Form):
    """One record: texts as a cell of the sheet holds them, judged by the sheet's own rules.

    `seen` is the fingerprint of changes that were shown.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, spec: SheetSpec, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headers = {column.header: column.key for column in spec.columns}
        for column in spec.columns:
            self.fields[column.key] = _field(column)

    def cells(self) -> dict[str, str]:
        return {key: str(value) for key, value in self.cleaned_data.items() if key != "seen"}

    def tell(self, header: str, message: str) -> None:
        """A problem beside its field."""
        key = self.headers.get(header)
        self.add_error(key if key in self.fields else None, message)


def _field(column: ColumnSpec) -> forms.Field:
    kind = Kind(column.kind)
    label, shown = column.header, column.help
    if kind == Kind.BOOLEAN:
        choices = [EMPTY, ("是", _("是")), ("否", _("否"))]
        return forms.ChoiceField(label=label, required=False, choices=choices, help_text=shown)
    if column.choices:
        choices = [EMPTY, *((str(text), str(text)) for _value, text in column.choices)]
        return forms.ChoiceField(
            label=label, required=column.required, choices=choices, help_text=shown
        )
    if kind == Kind.ID_NUMBER:
        shown = str(_("加密保存，只显示首尾几位"))
    elif kind == Kind.DATE and not shown:
        shown = str(_("如 2026-03-01、2026/3/1、20260301"))
    widget = forms.TextInput(attrs={"autocomplete": "off", "placeholder": column.example})
    if kind in INPUTS:
        widget.attrs["inputmode"] = INPUTS[kind]
    return forms.CharField(
        label=label,
        required=column.required,
        max_length=max(column.max_length, 40),
        widget=widget,
        help_text=shown,
    )


def _secret(label: Any, **more: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(label=label, strip=False, max_length=256, widget=widget, **more)


class BeginForm(forms.Form):
    """The first account: who, by which name, and the code of the console."""

    code = forms.CharField(
        label=_("首次启用码"),
        max_length=40,
        help_text=_("写在服务器的控制台上；没有看到的，在服务器上运行 manage.py first_run。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    display_name = forms.CharField(label=_("您的姓名"), max_length=80)
    username = forms.RegexField(
        r"^[a-z][a-z0-9._-]{1,31}$",
        label=_("登录名"),
        max_length=32,
        help_text=_("小写字母开头，如姓名拼音。"),
        error_messages={
            "invalid": _("登录名用小写字母开头，只含字母、数字、点、横线，2 至 32 位。")
        },
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = _secret(_("密码"))
    again = _secret(_("再输一次密码"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = StaffPasswordValidator().get_help_text()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("password") and given["password"] != given.get("again", given["password"]):
            self.add_error("again", _("两次输入的密码不同。"))
        return given


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("原因"), max_length=80)
