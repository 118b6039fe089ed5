"""A run over a batch: every rule of the matrix with how it stands."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Role
from assessment_center.batches.models import AssessmentBatch
from assessment_center.conformance import matrix
from assessment_center.conformance.declarations import (
    Declaration,
    Evidence,
    Failed,
    Finding,
    Kept,
    NotApplicable,
    Passed,
    RegisteredCheck,
    checks,
    declarations,
)
from assessment_center.conformance.enums import Outcome, State
from assessment_center.conformance.models import ManualConfirmation
from assessment_center.registry import Citation

ORDER = (Kept.ENFORCED, Kept.CHECKED, Kept.MANUAL, Kept.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class RuleResult:
    """How one rule stands: the state, what was found, and the records that show it."""

    rule: str
    area: int
    area_name: str
    title: str
    state: State
    detail: str
    citations: tuple[Citation, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "area": self.area_name,
            "title": self.title,
            "state": self.state,
            "detail": self.detail,
            "citations": [str(citation) for citation in self.citations],
            "evidence": [{"label": each.label, "url": each.url} for each in self.evidence],
        }


@dataclass(frozen=True, slots=True)
class _Stand:
    state: State
    detail: str
    evidence: tuple[Evidence, ...] = ()


def run(batch: AssessmentBatch) -> list[RuleResult]:
    """Look at every rule, by area; checks read the batch, the rest is as declared."""
    confirmed = live_confirmations(batch)
    return [_result(row, batch, confirmed) for row in matrix.rows()]


def run_one(batch: AssessmentBatch, rule: str) -> RuleResult:
    """Look at one rule; raises `KeyError` for a rule that is not in the matrix."""
    return _result(matrix.row(rule), batch, live_confirmations(batch))


def live_confirmations(batch: AssessmentBatch) -> dict[str, ManualConfirmation]:
    """The confirmations that stand, by rule."""
    live = ManualConfirmation.objects.filter(batch=batch, revoked_at=None)
    return {each.rule: each for each in live.select_related("confirmed_by")}


def _result(
    row: matrix.RuleRow, batch: AssessmentBatch, confirmed: Mapping[str, ManualConfirmation]
) -> RuleResult:
    if batch.rules.identity.short in row.rulebooks:
        stand = _stand(row.id, batch, confirmed.get(row.id))
    else:
        stand = _Stand(State.NOT_APPLICABLE, _("本规程未作规定。"))
    return RuleResult(
        rule=row.id,
        area=row.area,
        area_name=row.area_name,
        title=row.title,
        state=stand.state,
        detail=stand.detail,
        citations=row.cited(batch.rules),
        evidence=stand.evidence,
    )


def _stand(rule: str, batch: AssessmentBatch, confirmed: ManualConfirmation | None) -> _Stand:
    """What a check found comes first, then what the system makes sure of, then people."""
    found = [(each, each.look(batch)) for each in checks.get(rule, [])]
    if seen := _found(found, batch):
        return seen
    declared = [each for each in declarations.get(rule, []) if each.kept is not Kept.CHECKED]
    if declared:
        chosen = strongest(declared)
        if chosen.kept is Kept.MANUAL:
            return _by_hand(chosen, confirmed)
        return _Stand(State(chosen.kept.value), chosen.note)
    for each, finding in found:
        if isinstance(finding, NotApplicable):
            return _Stand(State.WAITING, finding.reason, each.shown_at(batch))
    return _Stand(State.OPEN, _("还没有检查办法。"))


def _found(
    found: Sequence[tuple[RegisteredCheck, Finding]], batch: AssessmentBatch
) -> _Stand | None:
    failed = [(each, finding) for each, finding in found if isinstance(finding, Failed)]
    if failed:
        named = [piece for _each, finding in failed for piece in finding.evidence]
        linked = [piece for piece in named if isinstance(piece, Evidence) and piece.url]
        pages = [page for each, _finding in failed for page in each.shown_at(batch)]
        told = "；".join(str(each).rstrip("。") for each in named)
        return _Stand(State.FAILED, told, (*linked, *pages))
    passed = [(each, finding) for each, finding in found if isinstance(finding, Passed)]
    if passed:
        detail = "；".join(finding.detail for _each, finding in passed if finding.detail)
        linked = [piece for _each, finding in passed for piece in finding.evidence]
        pages = [page for each, _finding in passed for page in each.shown_at(batch)]
        return _Stand(State.PASSED, detail, (*linked, *pages))
    return None


def _by_hand(declared: Declaration, confirmed: ManualConfirmation | None) -> _Stand:
    if confirmed is None:
        return _Stand(State.MANUAL, declared.note)
    told = {
        "who": confirmed.confirmed_by.display_name,
        "day": timezone.localdate(confirmed.confirmed_at),
        "note": confirmed.note,
    }
    state = State.CONFIRMED if confirmed.outcome == Outcome.KEPT else State.FAILED
    return _Stand(state, _("%(day)s %(who)s：%(note)s") % told)


def strongest(declared: list[Declaration]) -> Declaration:
    """The declaration that holds when there are several."""
    return min(declared, key=lambda each: ORDER.index(each.kept))


def is_manual(rule: str) -> bool:
    """Whether people confirm this rule: declared so, and neither enforced nor checked."""
    declared = declarations.get(rule, [])
    return bool(declared) and strongest(declared).kept is Kept.MANUAL


def confirmers(rule: str) -> frozenset[Role]:
    """The roles that may confirm a rule kept by people."""
    return frozenset(role for each in declarations.get(rule, []) for role in each.by)


def failures(results: list[RuleResult]) -> Iterator[RuleResult]:
    return (result for result in results if result.state == State.FAILED)


def counts(results: list[RuleResult]) -> dict[str, int]:
    """How many rules stand in each state, in the order in which they want attention."""
    found = Counter(result.state for result in results)
    return {state.value: found[state] for state in State if found[state]}
