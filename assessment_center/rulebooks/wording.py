"""The value of a setting in words, for the rules page and beside "why"."""

import dataclasses
from collections.abc import Mapping
from functools import singledispatch

from django.utils.translation import gettext as _

from assessment_center.rulebooks.labels import PART_LABELS, UNIT_LABELS, VALUE_LABELS
from assessment_center.rulebooks.rules.tables import Offset, Term


@singledispatch
def words(value: object) -> str:
    """Return any setting's value as a user reads it; shares (0 to 1) as per cent."""
    if not dataclasses.is_dataclass(value):
        return str(value)
    pairs = [(field.name, getattr(value, field.name)) for field in dataclasses.fields(value)]
    shown = [(PART_LABELS[name], each) for name, each in pairs if each not in (None, "", ())]
    return "，".join(f"{label} {words(each)}" for label, each in shown)


@words.register
def _bool(value: bool) -> str:  # noqa: FBT001 - dispatched by type
    return _("是") if value else _("否")


@words.register
def _text(value: str) -> str:
    return str(VALUE_LABELS.get(value, value))


@words.register
def _share(value: float) -> str:
    return f"{value:.0%}" if value <= 1 else f"{value:g}"


@words.register
def _several(value: tuple) -> str:  # type: ignore[type-arg]
    return "、".join(words(each) for each in value) if value else _("无")


@words.register
def _mapping(value: Mapping) -> str:  # type: ignore[type-arg]
    return "；".join(f"{words(key)}：{words(each)}" for key, each in value.items())


@words.register
def _term(term: Term) -> str:
    event = words(term.from_)
    if term.n is None:
        return _("%(event)s期间") % {"event": event}
    return _("自%(event)s起 %(n)s %(unit)s") % {
        "event": event,
        "n": term.n,
        "unit": UNIT_LABELS[term.unit],
    }


@words.register
def _offset(offset: Offset) -> str:
    if offset.min is not None:
        return _("开考前 %(n)s 分钟") % {"n": -offset.min}
    day = _("考试当天") if offset.day == 0 else _("考前 %(n)s 天") % {"n": -(offset.day or 0)}
    return f"{day} {offset.time:%H:%M}" if offset.time else day
