"""The history of the office's own values: what was, what is, and whether it still holds."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessment_center.rulebooks.comparing import setting_cell
from assessment_center.rulebooks.models import RulebookVersion, RuleOverride
from assessment_center.rulebooks.reading import setting_words
from assessment_center.rulebooks.rules.convert import convert
from assessment_center.rulebooks.rules.errors import RulebookError, UnknownSettingError
from assessment_center.rulebooks.rules.loader import value_kind
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.rulebooks.rules.summaries import Summary, summary
from assessment_center.rulebooks.selectors import overrides_in_force, plain_rules


@dataclass(frozen=True, slots=True)
class OverrideLine:
    """One entry of the history: old and new value in words, and whether it still holds."""

    override: RuleOverride
    summary: Summary
    old: str
    new: str
    in_force: bool


def override_lines(version: RulebookVersion) -> list[OverrideLine]:
    """Return the history of one version, the latest first; `old` is what held just before."""
    rules = plain_rules(version)
    made = version.overrides.order_by("created_at").select_related(
        "withdrawal__created_by", "created_by"
    )
    holding = {each.pk for each in overrides_in_force(version).values()}
    before: dict[str, RuleOverride] = {}
    lines = []
    for each in made:
        previous = before.get(each.key)
        old = _value(rules, each.key, _still(previous, each))
        new = said(each)
        lines.append(OverrideLine(each, summary(each.key), old, new, each.pk in holding))
        before[each.key] = each
    return lines[::-1]


def _still(previous: RuleOverride | None, later: RuleOverride) -> RuleOverride | None:
    """The earlier override, unless it was withdrawn before the later one was made."""
    withdrawal = getattr(previous, "withdrawal", None)
    gone = withdrawal is not None and withdrawal.created_at <= later.created_at
    return None if gone else previous


def _value(rules: Rulebook, key: str, override: RuleOverride | None) -> str:
    if override is not None:
        return said(override)
    cell = setting_cell(rules, key)
    return "；".join(cell.lines) or cell.default or _("未规定")


def said(override: RuleOverride) -> str:
    """Return the value of an override in words; one that no longer fits as it was written."""
    rules = plain_rules(override.rulebook_version)
    try:
        value = convert(value_kind(override.key), override.value, override.key)
    except (RulebookError, UnknownSettingError):
        return str(override.value)
    return setting_words(override.key, value, rules)
