"""What a condition still lacks, and the cheapest evidence that would prove it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from assessment_center.registry import Citation
from candidates.enums import EvidenceKind
from candidates.rules.predicates import PredicateVerdict, Truth

# A paper one has in hand is less trouble than one that somebody must first issue.
OWN_PAPER, ISSUED_PAPER = 2, 3
COSTS = {
    **dict.fromkeys(EvidenceKind, OWN_PAPER),
    EvidenceKind.WORK: ISSUED_PAPER,
    EvidenceKind.TRANSCRIPT: ISSUED_PAPER,
    EvidenceKind.OTHER: ISSUED_PAPER,
}
E_ = EvidenceKind
PROVES: dict[str, tuple[EvidenceKind, ...]] = {
    "age_min": (),
    "intends_to_work": (),
    "works_in_occupation": (E_.WORK,),
    "work_years": (E_.WORK,),
    "has_certificate": (E_.CERTIFICATE,),
    "years_since_certificate": (E_.CERTIFICATE,),
    "work_years_after_certificate": (E_.CERTIFICATE, E_.WORK),
    "diploma": (E_.EDUCATION,),
    "title": (E_.TITLE,),
    "work_years_after_title": (E_.TITLE, E_.WORK),
    "years_since_title": (E_.TITLE,),
    "class_kind": (E_.EDUCATION,),
    "school_kind": (E_.EDUCATION,),
    "final_year_or_graduate": (E_.EDUCATION,),
    "graduate": (E_.EDUCATION,),
    "enrolled": (E_.EDUCATION,),
    "own_student": (),
    "excellent": (E_.OTHER,),
    "one_x_certificate": (E_.ONE_X,),
    "related_courses_passed": (E_.TRANSCRIPT,),
    "credits_earned": (E_.TRANSCRIPT,),
    "contest_result": (E_.CONTEST,),
    "own_staff": (),
}


class ConditionVerdict(NamedTuple):
    """A condition with the answer to each of its requirements."""

    condition_id: str
    label: str
    citations: tuple[Citation, ...]
    truth: Truth
    predicates: tuple[PredicateVerdict, ...]


@dataclass(frozen=True, slots=True)
class Lack:
    """What stands between the facts and a condition.

    `evidence` would prove all that is only declared, at the least trouble; `unmet` are facts that
    no paper brings; `unsettled` what a reviewer has to see for himself.
    """

    condition: ConditionVerdict
    evidence: tuple[EvidenceKind, ...] = ()
    unmet: tuple[PredicateVerdict, ...] = ()
    unsettled: tuple[PredicateVerdict, ...] = ()

    @property
    def trouble(self) -> tuple[int, int, int]:
        """The order of nearness: fewest facts missing, then fewest doubts, then least evidence."""
        return len(self.unmet), len(self.unsettled), cost(self.evidence)


def cost(kinds: Sequence[EvidenceKind]) -> int:
    return sum(COSTS[kind] for kind in kinds)


def least(
    kinds: Sequence[EvidenceKind], suffices: Callable[[Sequence[EvidenceKind]], bool]
) -> tuple[EvidenceKind, ...]:
    """The cheapest of these kinds that suffice; a condition has three kinds at the most."""
    several = [each for size in range(len(kinds) + 1) for each in combinations(kinds, size)]
    return next(filter(suffices, sorted(several, key=lambda each: (cost(each), len(each)))))
