"""Which subjects are still to be sat, and whether this is a resit (VAL-01 to VAL-04)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ResitProblem(StrEnum):
    NOTHING_LEFT = "nothing_left"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class PassedSubject:
    """A subject passed earlier; without `valid_until` it counts for ever."""

    subject: str
    passed_on: date
    valid_until: date | None = None

    def counts(self, on: date) -> bool:
        return self.valid_until is None or on <= self.valid_until


@dataclass(frozen=True, slots=True)
class ToSit:
    """`subjects` in the offering's order; `problem` says why there may be no application."""

    subjects: tuple[str, ...]
    is_resit: bool = False
    problem: ResitProblem | None = None


def subjects_to_sit(
    *,
    offered: Sequence[str],
    passes: Collection[PassedSubject],
    on: date,
    resits_used: int = 0,
    resit_max: int | None = None,
) -> ToSit:
    """The offered subjects without those that still count; after expiry all are sat again."""
    counting = {each.subject for each in passes if each.counts(on)}
    left = tuple(subject for subject in offered if subject not in counting)
    if not left:
        return ToSit((), is_resit=True, problem=ResitProblem.NOTHING_LEFT)
    is_resit = len(left) < len(offered)
    if is_resit and resit_max is not None and resits_used >= resit_max:
        return ToSit(left, is_resit=True, problem=ResitProblem.TOO_MANY)
    return ToSit(left, is_resit=is_resit)
