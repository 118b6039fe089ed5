"""How each rule is kept: enforced, checked on a batch, done by people, or not for this software.

Parts declare in their `conformance` module; nothing here knows a province: whether a rulebook
speaks of a rule is read from the matrix.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assessment_center.conformance import matrix


class Kept(StrEnum):
    ENFORCED = "enforced"
    CHECKED = "checked"
    MANUAL = "manual"
    NOT_APPLICABLE = "not_applicable"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Passed:
    """The batch keeps the rule; `detail` says what was looked at."""

    detail: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """The batch breaks the rule; `evidence` names what, in sentences for the user."""

    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The rule does not meet this batch, or not yet."""

    reason: str


Finding = Passed | Failed | NotApplicable
Check = Callable[[Any], Finding]


@dataclass(frozen=True, slots=True)
class Declaration:
    """`tests` are the node ids that try to break an enforced rule; `note` how or why."""

    kept: Kept
    note: str = ""
    tests: tuple[str, ...] = ()


declarations: dict[str, list[Declaration]] = {}
checks: dict[str, list[Check]] = {}
form_reasons: dict[str, str] = {}
report_ways: dict[str, str] = {}


def _declare(rule: str, declaration: Declaration) -> None:
    matrix.row(rule)
    declarations.setdefault(rule, []).append(declaration)


def enforced(*rules: str, how: str, tests: Sequence[str]) -> None:
    """The system makes a breach of these rules impossible; `tests` try."""
    for rule in rules:
        _declare(rule, Declaration(Kept.ENFORCED, how, tuple(tests)))


def manual(*rules: str, who: str) -> None:
    """People keep these rules; `who` says who and how it is confirmed."""
    for rule in rules:
        _declare(rule, Declaration(Kept.MANUAL, who))


def not_applicable(*rules: str, reason: str) -> None:
    """These rules are not for this software; `reason` says why."""
    for rule in rules:
        _declare(rule, Declaration(Kept.NOT_APPLICABLE, reason))


def check(rule: str, *, tests: Sequence[str] = ()) -> Callable[[Check], Check]:
    """Register a function of a batch that says whether it keeps the rule."""

    def register(function: Check) -> Check:
        _declare(rule, Declaration(Kept.CHECKED, function.__doc__ or "", tuple(tests)))
        checks.setdefault(rule, []).append(function)
        return function

    return register


def form_without_print(code: str, *, reason: str) -> None:
    """The form is not printed by the software, for this reason."""
    form_reasons[code] = reason


def report_made_by(code: str, *, how: str) -> None:
    """The report is made otherwise than by printing its forms."""
    report_ways[code] = how
