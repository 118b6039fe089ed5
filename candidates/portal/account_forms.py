"""Forms of a candidate's account: opening it, coming in, proving an address, the profile."""

import re
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from assessment_center.notices.channels import Channel
from assessment_center.people.models import Person
from assessment_center.people.rules import id_document, names
from assessment_center.people.rules.id_document import IdDocumentError, IdKind, IdProblem
from candidates.labels import ID_KIND_LABELS

MOBILE = r"^1[3-9]\d{9}$"
CHANNEL_LABELS = {Channel.SMS: _("手机短信"), Channel.EMAIL: _("电子邮件")}


class _OwnPassword(forms.Form):
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

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _("两次输入的密码不一样。"))
        return given


class _Document(forms.Form):
    """A name and the document it stands on, judged field by field."""

    name = forms.CharField(
        label=_("姓名"),
        max_length=80,
        help_text=_("与证件上的姓名一致；姓名中的间隔号写作“·”。"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    id_kind = forms.ChoiceField(
        label=_("证件类型"), choices=ID_KIND_LABELS.items(), initial=IdKind.RESIDENT.value
    )
    id_number = forms.CharField(
        label=_("证件号码"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def clean_name(self) -> str:
        try:
            return names.validate(self.cleaned_data["name"])
        except names.PersonNameError as fault:
            raise forms.ValidationError(fault.message) from fault

    def clean_id_number(self) -> str:
        number = id_document.normalise(self.cleaned_data["id_number"])
        kind = self.cleaned_data.get("id_kind")
        if not kind:
            return number
        try:
            id_document.validate(number, kind, today=timezone.localdate())
        except IdDocumentError as fault:
            raise forms.ValidationError(_other_kind(number, fault) or fault.message) from fault
        return number


def _other_kind(number: str, fault: IdDocumentError) -> str:
    """What to tell somebody whose number is right but of another kind of document."""
    if fault.problem not in {IdProblem.REGION, IdProblem.FORM}:
        return ""
    for kind in IdKind:
        try:
            parsed = id_document.validate(number, kind, today=timezone.localdate())
        except IdDocumentError:
            continue
        if kind is not IdKind.PASSPORT:
            label = ID_KIND_LABELS[parsed.kind.value]
            return _now("这是“%(kind)s”的号码，请改选证件类型。") % {"kind": label}
    return ""


class RegisterForm(_Document, _OwnPassword):
    """`proven` is the address a code was sent to; without one the phone is only written down."""

    phone = forms.RegexField(
        label=_("手机号码"),
        regex=MOBILE,
        error_messages={"invalid": _("请填写 11 位手机号码。")},
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )
    field_order = ("name", "id_kind", "id_number", "phone", "password", "again")

    def __init__(self, *args: Any, known_phone: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known_phone:
            del self.fields["phone"]


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


class ForgottenForm(_OwnPassword):
    id_number = forms.CharField(
        label=_("证件号码"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    field_order = ("id_number", "password", "again")


class PasswordForm(_OwnPassword):
    old = forms.CharField(
        label=_("现在的密码"),
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("old", "password", "again")


class ProfileForm(forms.Form):
    """What the document does not tell, and how to be reached."""

    phone = forms.RegexField(
        label=_("手机号码"),
        regex=MOBILE,
        error_messages={"invalid": _("请填写 11 位手机号码。")},
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label=_("电子邮箱"),
        required=False,
        help_text=_("可不填；填了会把审核结果也发到邮箱。"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    birth = forms.DateField(
        label=_("出生日期"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("按证件填写，保存后由学校更改。"),
    )
    sex = forms.ChoiceField(label=_("性别"), choices=[("male", _("男")), ("female", _("女"))])

    def __init__(self, *args: Any, person: Person, proving: bool, **kwargs: Any) -> None:
        told = {"phone": person.phone, "email": person.email}
        super().__init__(*args, initial=told, **kwargs)
        known = {"birth": person.birth, "sex": person.sex}
        gone = [name for name, value in known.items() if value]
        for name in (*gone, *(("phone", "email") if proving else ())):
            del self.fields[name]

    def clean_birth(self) -> Any:
        birth = self.cleaned_data["birth"]
        if birth >= timezone.localdate():
            raise forms.ValidationError(_("出生日期应早于今天，请核对。"))
        return birth


class ActivationForm(_OwnPassword):
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


class SignInForm(forms.Form):
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
