"""The form that opens an account: a name and the document it stands on, judged field by field."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Kind
from assessment_center.accounts.models import User
from assessment_center.people.rules import id_document, names
from assessment_center.people.rules.id_document import IdDocumentError, IdKind, IdProblem
from candidates.labels import ID_KIND_LABELS
from candidates.plain_form import MobileField, PlainForm
from candidates.portal.account_forms import OwnPassword


class _Document(PlainForm):
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


class RegisterForm(_Document, OwnPassword):
    """`proven` is the address a code was sent to; without one the phone is only written down."""

    phone = MobileField()
    field_order = ("name", "id_kind", "id_number", "phone", "password", "again")

    def __init__(self, *args: Any, known_phone: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known_phone = known_phone
        if known_phone:
            del self.fields["phone"]

    def owner(self) -> User:
        given = self.cleaned_data
        phone = self.known_phone or given.get("phone", "")
        return User(display_name=given.get("name", ""), phone=phone, kind=Kind.CANDIDATE)
