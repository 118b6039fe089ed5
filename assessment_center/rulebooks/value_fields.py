"""Form fields for a setting's value, in words; what they give is plain JSON as in the file."""

import dataclasses
import json
import re
import types
from collections.abc import Mapping
from typing import Any, Literal, Union, get_args, get_origin

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment_center.rulebooks import units
from assessment_center.rulebooks.labels import LEVEL_WORDS, PART_LABELS, VALUE_LABELS
from assessment_center.rulebooks.rules.convert import hints
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.rulebooks.wording import words

YES_NO = (("true", _("是")), ("false", _("否")))
EVENTS = (
    "exam_end",
    "marking_end",
    "publication",
    "publicity",
    "publicity_end",
    "session_end",
    "supervision_end",
    "batch_end",
    "issue_date",
)
PARTED = re.compile(r"[\s,，、;；]+")
SCALARS = (int, float, str, bool)


class Several(forms.CharField):
    """Words or numbers, parted by commas or line breaks."""

    def __init__(self, *, number: bool = False, **options: Any) -> None:
        self.number = number
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        given = value if isinstance(value, list) else None
        return value if given is None else "、".join(words(each) for each in given)

    def to_python(self, value: Any) -> Any:
        parts = [part for part in PARTED.split(str(value or "")) if part]
        if not self.number:
            known = {str(label): key for key, label in VALUE_LABELS.items()}
            return [known.get(part, part) for part in parts]
        wrong = [part for part in parts if not re.fullmatch(r"-?\d+", part)]
        if wrong:
            raise forms.ValidationError(_("“%(part)s”不是整数。") % {"part": wrong[0]})
        return [int(part) for part in parts]


class Worded(forms.CharField):
    """A text that the office knows by a word."""

    def prepare_value(self, value: Any) -> Any:
        return words(value) if isinstance(value, str) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return next((key for key, label in VALUE_LABELS.items() if str(label) == text), text)


class Composed(forms.CharField):
    """A value of many parts, written as in the rulebook's file."""

    widget = forms.Textarea(attrs={"rows": 6, "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1)

    def to_python(self, value: Any) -> Any:
        try:
            return json.loads(value)
        except ValueError as error:
            raise forms.ValidationError(_("格式不对，请照现有的值改写。")) from error


def fields_for(key: str, kind: Any, rules: Rulebook) -> dict[str, forms.Field]:
    """Return the fields of a setting by part; the part "" is a value of one piece."""
    if key == "application_form_code":
        named = [(form.code, form.name) for form in rules.forms]
        return {"": forms.ChoiceField(label=_("本机构的值"), choices=named)}
    parts = _parts(kind)
    if not parts:
        return {"": one_field(key, kind)}
    return {
        name: _event(label)
        if name == "from"
        else one_field(key, part, label=label, required=needed)
        for name, (part, label, needed) in parts.items()
    }


def _event(label: Any) -> forms.Field:
    return forms.ChoiceField(label=label, choices=[(each, words(each)) for each in EVENTS])


def _parts(kind: Any) -> dict[str, tuple[Any, Any, bool]]:
    """The parts of a record or of a table by subject, each of one piece; else nothing."""
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        made = {
            each.metadata.get("name", each.name): (
                _bare(hints(kind)[each.name]),
                PART_LABELS.get(each.name, each.name),
                each.default is each.default_factory is dataclasses.MISSING,
            )
            for each in dataclasses.fields(kind)
        }
        return made if all(_simple(part) for part, _label, _needed in made.values()) else {}
    if get_origin(kind) is not None and get_origin(kind) not in (tuple, Literal):
        key_kind, value_kind = get_args(kind)
        if get_origin(key_kind) is Literal and value_kind is int:
            return {each: (int, words(each), False) for each in get_args(key_kind)}
    return {}


def _bare(kind: Any) -> Any:
    if get_origin(kind) in (Union, types.UnionType):
        return next(each for each in get_args(kind) if each is not type(None))
    return kind


def _simple(kind: Any) -> bool:
    return kind in SCALARS or get_origin(kind) is Literal or getattr(kind, "__name__", "") == "time"


def one_field(key: str, kind: Any, *, label: Any = None, required: bool = True) -> forms.Field:
    """Return the field of one piece."""
    options: dict[str, Any] = {"label": label or _("本机构的值"), "required": required}
    if kind is bool:
        return forms.TypedChoiceField(
            choices=YES_NO, coerce=lambda value: value == "true", **options
        )
    if kind is int:
        unit = units.unit(key)
        hint = unit if not units.MOMENT.search(key) else _("分钟；开考前写负数，如 -30")
        return forms.IntegerField(help_text=hint, **options)
    if kind is float:
        return forms.FloatField(help_text=_("比例写小数，如 0.7"), **options)
    if get_origin(kind) is Literal:
        blank = [] if required else [("", "—")]
        choices = [*blank, *((each, words(each)) for each in get_args(kind))]
        return forms.ChoiceField(choices=choices, **options)
    return _several(key, kind, options)


def _several(key: str, kind: Any, options: dict[str, Any]) -> forms.Field:
    if get_origin(kind) is not tuple:
        plain = kind is str or getattr(kind, "__name__", "") == "time"
        return Worded(**options) if plain else Composed(**options)
    inner = get_args(kind)[0]
    boxes = forms.CheckboxSelectMultiple
    if inner is int and units.LEVELS.search(key):
        return forms.TypedMultipleChoiceField(
            choices=list(LEVEL_WORDS.items()),
            coerce=int,
            widget=boxes,
            **options | {"required": False, "help_text": _("一个也不选，即不分等级")},
        )
    if get_origin(inner) is Literal:
        choices = [(each, words(each)) for each in get_args(inner)]
        return forms.MultipleChoiceField(choices=choices, widget=boxes, **options)
    if inner in (int, str):
        hint = _("几项之间用逗号隔开")
        return Several(number=inner is int, help_text=hint, **options)
    return Composed(**options)


def plain(value: Any) -> Any:
    """Return a typed value as the plain JSON of the rulebook's file."""
    if dataclasses.is_dataclass(value):
        named = {f.metadata.get("name", f.name): f.name for f in dataclasses.fields(value)}
        parts = {name: plain(getattr(value, attribute)) for name, attribute in named.items()}
        return {name: each for name, each in parts.items() if each not in (None, "", [])}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return value if isinstance(value, bool | int | float | str | None) else f"{value:%H:%M}"
