"""Entering the office's own value of a setting, and taking it back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment_center.rulebooks.comparing import keys_by_area
from assessment_center.rulebooks.rules.loader import value_kind
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.rulebooks.rules.summaries import summary
from assessment_center.rulebooks.value_fields import fields_for, plain

PREFIX = "value"


def setting_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """All settings by area, under the names the office knows them by."""
    return [
        (title, [(key, summary(key).label) for key in keys])
        for (_number, title), keys in keys_by_area().items()
    ]


class ChooseForm(forms.Form):
    """Which setting is to be overridden."""

    key = forms.ChoiceField(label=_("要调整的规定"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["key"].choices = [("", _("请选择")), *setting_choices()]  # type: ignore[attr-defined]


class OverrideForm(forms.Form):
    """The value in its own parts, with reason and article."""

    reason = forms.CharField(
        label=_("理由"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )
    article = forms.CharField(
        label=_("依据"),
        max_length=200,
        help_text=_("本机构文件的名称和条款，如“本校认定实施细则第五条”。"),
    )

    def __init__(self, key: str, rules: Rulebook, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.parts = fields_for(key, value_kind(key), rules)
        cited = getattr(rules.settings, key)
        held = plain(cited.value) if cited is not None else None
        made = {self._name(part): field for part, field in self.parts.items()}
        for part, field in self.parts.items():
            field.initial = _initial(held, part)
        self.fields = made | self.fields

    @staticmethod
    def _name(part: str) -> str:
        return f"{PREFIX}_{part}" if part else PREFIX

    def value(self) -> Any:
        """The value as plain JSON; parts left open are left out."""
        if set(self.parts) == {""}:
            return self.cleaned_data[PREFIX]
        given = {part: self.cleaned_data[self._name(part)] for part in self.parts}
        return {part: each for part, each in given.items() if each not in (None, "")}


def _initial(held: Any, part: str) -> Any:
    value = held.get(part) if part and isinstance(held, dict) else held
    return str(value).lower() if isinstance(value, bool) else value
