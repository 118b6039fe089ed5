"""The conditions a standard states for itself, read from its data into the rulebook's shape."""

from collections.abc import Mapping, Sequence
from typing import Any

from assessment_center.registry import Citation
from assessment_center.rulebooks.rules.eligibility import EligibilityCondition, Predicate


def conditions_from(
    kept: Sequence[Mapping[str, Any]], *, rulebook: str
) -> tuple[EligibilityCondition, ...]:
    """Read `OccupationalStandard.condition_set`; raises `ValueError` or `KeyError` on bad data."""
    return tuple(
        EligibilityCondition(
            id=each["id"],
            label=each["label"],
            all=tuple(_predicate(part) for part in each["all"]),
            cite=tuple(Citation(rulebook, text) for text in each["cite"]),
            level=each.get("level"),
            routes=tuple(each.get("routes", ())),
            note=each.get("note", ""),
        )
        for each in kept
    )


def _predicate(part: Mapping[str, Any]) -> Predicate:
    lists = {key: tuple(part[key]) for key in ("kinds", "grades") if key in part}
    return Predicate(**{**part, **lists})
