"""A run over a batch: every rule of the matrix with how it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.conformance import matrix
from assessment_center.conformance.declarations import (
    Declaration,
    Failed,
    Kept,
    Passed,
    checks,
    declarations,
)
from assessment_center.registry import Citation


@dataclass(frozen=True, slots=True)
class RuleResult:
    """`state`: passed, failed, enforced, manual, not_applicable or open."""

    rule: str
    area: int
    area_name: str
    title: str
    state: str
    detail: str
    citations: tuple[Citation, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "area": self.area_name,
            "title": self.title,
            "state": self.state,
            "detail": self.detail,
            "citations": [str(citation) for citation in self.citations],
        }


def run(batch: AssessmentBatch) -> list[RuleResult]:
    """Look at every rule, by area; checks read the batch, the rest is as declared."""
    return [_result(row, batch) for row in matrix.rows()]


def _result(row: matrix.RuleRow, batch: AssessmentBatch) -> RuleResult:
    spoken = batch.rules.identity.short in row.rulebooks
    if spoken:
        state, detail = _state(row.id, batch)
    else:
        state, detail = "not_applicable", _("本规程未作规定。")
    return RuleResult(
        rule=row.id,
        area=row.area,
        area_name=row.area_name,
        title=row.title,
        state=state,
        detail=detail,
        citations=row.cited(batch.rules),
    )


def _state(rule: str, batch: AssessmentBatch) -> tuple[str, str]:
    findings = [look(batch) for look in checks.get(rule, [])]
    if failed := [found for found in findings if isinstance(found, Failed)]:
        return "failed", "；".join(text for found in failed for text in found.evidence)
    passed = [found for found in findings if isinstance(found, Passed)]
    if passed:
        return "passed", "；".join(found.detail for found in passed if found.detail)
    declared = [each for each in declarations.get(rule, []) if each.kept is not Kept.CHECKED]
    if declared:
        first = strongest(declared)
        return first.kept.value, first.note
    if findings:
        return "not_applicable", findings[0].reason  # type: ignore[union-attr]
    return "open", _("还没有检查办法。")


ORDER = (Kept.ENFORCED, Kept.CHECKED, Kept.MANUAL, Kept.NOT_APPLICABLE)


def strongest(declared: list[Declaration]) -> Declaration:
    """The declaration that holds when there are several."""
    return min(declared, key=lambda each: ORDER.index(each.kept))


def failures(results: list[RuleResult]) -> Iterator[RuleResult]:
    return (result for result in results if result.state == "failed")


def counts(results: list[RuleResult]) -> dict[str, int]:
    """How many rules stand in each state."""
    found: dict[str, int] = {}
    for result in results:
        found[result.state] = found.get(result.state, 0) + 1
    return found
