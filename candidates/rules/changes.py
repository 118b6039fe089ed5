"""What differs between an application as it was reviewed and as it stands now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Changed:
    """One field of one part: `before` and `after` as kept; papers have the one or the other."""

    part: str
    field: str
    before: Any
    after: Any


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Changed, ...]:
    """The fields that differ, part by part; each part is a mapping of fields to plain values."""
    found: list[Changed] = []
    for part in dict.fromkeys((*before, *after)):
        old, new = before.get(part) or {}, after.get(part) or {}
        fields = dict.fromkeys((*old, *new))
        found += [
            Changed(part, field, old.get(field), new.get(field))
            for field in fields
            if old.get(field) != new.get(field)
        ]
    return tuple(found)
