"""The conditions an occupational standard states for itself, beside the rulebook's."""

from collections.abc import Mapping, Sequence
from typing import Any

from assessment_center.registry import Citation
from assessment_center.rulebooks.rules.convert import build
from assessment_center.rulebooks.rules.eligibility import EligibilityCondition
from assessment_center.rulebooks.rules.errors import RulebookError


def conditions_from(
    kept: Sequence[Mapping[str, Any]], *, source: str
) -> tuple[EligibilityCondition, ...]:
    """Read `OccupationalStandard.condition_set`, cited by the standard's name (`source`).

    It is written like the conditions of a rulebook. Raises `ValueError` naming what is wrong.
    """
    return tuple(_condition(each, f"conditions[{n}]", source) for n, each in enumerate(kept))


def _condition(raw: Mapping[str, Any], place: str, source: str) -> EligibilityCondition:
    if not raw.get("cite"):
        raise RulebookError(place, "缺少“cite”")
    cite = tuple(Citation("", f"{source} {text}") for text in raw["cite"])
    return build(EligibilityCondition, dict(raw), place, cite=cite)  # type: ignore[no-any-return]


def merged(
    own: Sequence[EligibilityCondition], general: Sequence[EligibilityCondition]
) -> tuple[EligibilityCondition, ...]:
    """The standard's own conditions first, then those of the rulebook they do not replace.

    A standard replaces the general form of the levels it speaks of. What a province adds (1+X,
    contests, its own students and teachers) goes on beside it.
    """
    levels = {each.level for each in own}
    kept = (each for each in general if not (each.by_standard and each.level in levels))
    return (*own, *kept)
