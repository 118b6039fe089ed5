"""The titles of the rules, as what each article of a rulebook asks in our own words."""

from assessment_center.conformance import matrix
from assessment_center.registry.entries import ArticleNote
from assessment_center.rulebooks import Rulebook
from assessment_center.rulebooks.comparing import rule_areas
from assessment_center.rulebooks.reading import KINDS, statement_sources
from assessment_center.rulebooks.rules.statements import Statement

_told: dict[tuple[str, tuple[tuple[str, str], ...]], tuple[Statement, ...]] = {}


def rule_titles(rules: Rulebook) -> tuple[Statement, ...]:
    """Return every rule this rulebook speaks of, with its articles; kept for the next question."""
    key = (rules.identity.short, tuple(rules.legend.items()))
    if key not in _told:
        _told[key] = _titles(rules)
    return _told[key]


def _titles(rules: Rulebook) -> tuple[Statement, ...]:
    return tuple(
        Statement("rules", row.id, cite, ArticleNote(KINDS["rules"], row.title))
        for row in matrix.rows()
        if (cite := row.cited(rules))
    )


statement_sources.register("matrix", rule_titles)


def area_of(rule: str) -> tuple[int, str] | None:
    """Return number and name of the area a rule stands in."""
    try:
        row = matrix.row(rule)
    except KeyError:
        return None
    return row.area, row.area_name


rule_areas.register("matrix", area_of)
