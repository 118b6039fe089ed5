"""The long form of facts in groups; what only some conditions ask for opens when it is needed."""

from dataclasses import dataclass, field
from typing import Any

from django.forms import BoundField, Form
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORK = tuple(
    f"{name}{place}"
    for place in ("", "_2", "_3")
    for name in ("employer", "work_since", "work_until")
)
MORE = frozenset(name for name in WORK if name.endswith(("_2", "_3")))
FOLDED: tuple[tuple[Promise, Promise, tuple[str, ...]], ...] = (
    (_("工作经历"), _("按工作年限申报的填写。"), WORK),
    (
        _("已有证书"),
        _("按已有证书申报的填写。"),
        ("certificate_level", "certificate_occupation", "certificate_number", "certificate_issued"),
    ),
    (_("职称"), _("按职称申报的填写。"), ("title", "title_granted")),
    (
        _("毕业学校"),
        _("已毕业的填写；本校在校生不用填，学籍由学校核对。"),
        ("diploma_kind", "graduated_on", "major"),
    ),
)
BASIC = ("ethnicity", "education", "source", "address", "post_code")


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Some fields under one heading; `open` when one of them is filled in or faulty.

    `more` are further fields of the same kind, folded once more.
    """

    title: Promise
    fields: list[BoundField]
    hint: Promise | str = ""
    folded: bool = False
    open: bool = False
    more: list[BoundField] = field(default_factory=list)
    more_open: bool = False


def grouped(form: Form) -> list[FieldGroup]:
    """All fields of the form, each in one group; a group without fields is left out."""
    folded = {name for _title, _hint, names in FOLDED for name in names}
    rest = [name for name in form.fields if name not in folded and name not in BASIC]
    found = [
        FieldGroup(_("基本情况"), _bound(form, BASIC)),
        FieldGroup(_("按哪一条申报"), _bound(form, rest)),
    ]
    for title, hint, names in FOLDED:
        fields = _bound(form, [name for name in names if name not in MORE])
        more = _bound(form, [name for name in names if name in MORE])
        needed, further = _needed(fields), _needed(more)
        opened = needed or further
        found.append(FieldGroup(title, fields, hint, True, opened, more, further))
    return [group for group in found if group.fields]


def _bound(form: Form, names: Any) -> list[BoundField]:
    return [form[name] for name in names if name in form.fields]


def _needed(fields: list[BoundField]) -> bool:
    """Whether one of them is filled in or faulty."""
    return any(each.errors or _filled(each.value()) for each in fields)


def _filled(value: object) -> bool:
    return value not in {None, ""}
