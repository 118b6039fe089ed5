"""From marks to a subject's score and from subjects to a result, in pure Python."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


class MarksDisagreeError(ValueError):
    """The two rounds of entry differ; `first` and `second` are the marks."""

    def __init__(self, first: Decimal, second: Decimal) -> None:
        self.first, self.second = first, second
        super().__init__(f"{first} != {second}")


class MarksMissingError(ValueError):
    """Fewer marks than needed: `have` of `need`."""

    def __init__(self, have: int, need: int) -> None:
        self.have, self.need = have, need
        super().__init__(f"{have} of {need}")


@dataclass(frozen=True, slots=True)
class Combined:
    """`exact` is compared with the pass line, `shown` (two decimals) is stored and printed."""

    exact: Decimal
    shown: Decimal


def agree(first: Decimal | None, second: Decimal | None) -> Combined:
    """The score of two independent entries; raises when one is missing or they differ."""
    if first is None or second is None:
        raise MarksMissingError(sum(mark is not None for mark in (first, second)), 2)
    if first != second:
        raise MarksDisagreeError(first, second)
    return Combined(first, first)


def mean(marks: Sequence[Decimal], *, at_least: int) -> Combined:
    """The mean of the assessors' marks, all kept (RULES X-38); raises when too few."""
    if len(marks) < max(at_least, 1):
        raise MarksMissingError(len(marks), max(at_least, 1))
    exact = sum(marks, Decimal(0)) / len(marks)
    return Combined(exact, exact.quantize(CENT, ROUND_HALF_UP))


def reaches(score: Decimal, *, pass_score: int) -> bool:
    """Reached is passed (SCORE-02)."""
    return score >= pass_score


def grade(score: Decimal, bands: Sequence[tuple[int, str]]) -> str:
    """The word of the highest band whose lower bound is reached, empty below all (X-33)."""
    for bound, label in sorted(bands, reverse=True):
        if score >= bound:
            return label
    return ""


def passes(subjects: Mapping[str, bool], *, wanted: Sequence[str], all_subjects: bool) -> bool:
    """Whether the whole is passed: every wanted subject, or any where one is enough."""
    outcomes = [subjects.get(subject, False) for subject in wanted]
    return bool(outcomes) and (all(outcomes) if all_subjects else any(outcomes))
