"""The articles behind the rules of equipment, from a batch's rulebook or the centre's own."""

from django.utils import timezone

from assessment_center.conformance import matrix
from assessment_center.organization.selectors import active_centre, rules_on
from assessment_center.registry import Citation
from assessment_center.rulebooks import Rulebook


def articles(row: str, rules: Rulebook | None) -> tuple[Citation, ...]:
    """What a rulebook says on a row of area 31; empty where it is silent, or there is none."""
    return matrix.row(row).cited(rules) if rules else ()


def rules_now() -> Rulebook | None:
    """The rulebook under which the centre is filed today."""
    centre = active_centre()
    return rules_on(centre, timezone.localdate()) if centre else None


def articles_now(row: str) -> tuple[Citation, ...]:
    return articles(row, rules_now())
