"""How each rule is kept: enforced, checked on a batch, done by people, or not for this software.

Parts declare in their `conformance` module; nothing here knows a province: whether a rulebook
speaks of a rule is read from the matrix.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.conformance import matrix


class Kept(StrEnum):
    ENFORCED = "enforced"
    CHECKED = "checked"
    MANUAL = "manual"
    NOT_APPLICABLE = "not_applicable"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A record that was judged: what it is, and the page that shows it."""

    label: str
    url: str = ""

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True)
class Passed:
    """The batch keeps the rule; `detail` says what was looked at."""

    detail: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """The batch breaks the rule; `evidence` names what, in sentences for the user."""

    evidence: tuple[str | Evidence, ...]


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """The rule does not meet this batch, or not yet."""

    reason: str


Finding = Passed | Failed | NotApplicable
Check = Callable[[Any], Finding]


@dataclass(frozen=True, slots=True)
class RegisteredCheck:
    """A check and `page`, the named page of the batch that shows the records it judges."""

    look: Check
    page: str = ""

    def shown_at(self, batch: Any) -> tuple[Evidence, ...]:
        """The page with the records judged, titled by what the check asks."""
        if not self.page:
            return ()
        return (Evidence((self.look.__doc__ or "").strip(), reverse(self.page, args=[batch.code])),)


@dataclass(frozen=True, slots=True)
class Declaration:
    """How one rule is kept: `note` how or why, `tests` the node ids that try to break it.

    `by` are the roles that may confirm a rule kept by people.
    """

    kept: Kept
    note: str = ""
    tests: tuple[str, ...] = ()
    by: tuple[Role, ...] = ()


declarations: dict[str, list[Declaration]] = {}
checks: dict[str, list[RegisteredCheck]] = {}
form_reasons: dict[str, str] = {}
report_ways: dict[str, str] = {}


def _declare(rule: str, declaration: Declaration) -> None:
    matrix.row(rule)
    declarations.setdefault(rule, []).append(declaration)


def enforced(*rules: str, how: str, tests: Sequence[str]) -> None:
    """The system makes a breach of these rules impossible; `tests` try."""
    for rule in rules:
        _declare(rule, Declaration(Kept.ENFORCED, how, tuple(tests)))


def manual(*rules: str, who: str, by: Sequence[Role] = (Role.HEAD,)) -> None:
    """People keep these rules; `who` says who and how, `by` the roles that may confirm it."""
    for rule in rules:
        _declare(rule, Declaration(Kept.MANUAL, who, by=tuple(by)))


def not_applicable(*rules: str, reason: str) -> None:
    """These rules are not for this software; `reason` says why."""
    for rule in rules:
        _declare(rule, Declaration(Kept.NOT_APPLICABLE, reason))


def check(*rules: str, tests: Sequence[str] = (), page: str = "") -> Callable[[Check], Check]:
    """Register a function of a batch that says whether it keeps the rules.

    `page` names the page of a batch (its code is the one argument) that shows what was judged.
    """

    def register(function: Check) -> Check:
        for rule in rules:
            _declare(rule, Declaration(Kept.CHECKED, function.__doc__ or "", tuple(tests)))
            checks.setdefault(rule, []).append(RegisteredCheck(function, page))
        return function

    return register


def form_without_print(code: str, *, reason: str) -> None:
    """The form is not printed by the software, for this reason."""
    form_reasons[code] = reason


def report_made_by(code: str, *, how: str) -> None:
    """The report is made otherwise than by printing its forms."""
    report_ways[code] = how
