"""What a candidate tells of himself beside his document."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment_center.people.models import Person
from candidates.plain_form import MobileField, PlainForm


class ProfileForm(PlainForm):
    """What the document does not tell, and how to be reached."""

    phone = MobileField()
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
    sex = forms.ChoiceField(
        label=_("性别"), choices=[("", _("请选择")), ("male", _("男")), ("female", _("女"))]
    )

    def __init__(self, *args: Any, person: Person, proving: bool, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"phone": person.phone, "email": person.email})
        super().__init__(*args, **kwargs)
        known = {"birth": person.birth, "sex": person.sex}
        gone = [name for name, value in known.items() if value]
        for name in (*gone, *(("phone", "email") if proving else ())):
            del self.fields[name]

    def clean_birth(self) -> Any:
        birth = self.cleaned_data["birth"]
        if birth >= timezone.localdate():
            raise forms.ValidationError(_("出生日期应早于今天，请核对。"))
        return birth
