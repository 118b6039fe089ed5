"""Do the facts meet a condition of the level? Every answer names the fact behind it.

One condition of a level suffices and all its predicates must hold (ELIG-00). Conditions are
prepared once (`prepare`) and then judged for as many candidates as there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assessment_center.rulebooks.rules.eligibility import EligibilityCondition, Predicate
from candidates.enums import EvidenceKind, Finding
from candidates.rules.facts import Facts, with_evidence
from candidates.rules.lacking import PROVES, ConditionVerdict, Lack, cost, least
from candidates.rules.predicates import JUDGES, Judge, PredicateVerdict, Truth
from candidates.rules.studies import ANY, STANDINGS, Schooling, standing

__all__ = [
    "JUDGES",
    "PROVES",
    "ConditionVerdict",
    "Judge",
    "Lack",
    "PredicateVerdict",
    "Prepared",
    "Truth",
    "Verdict",
    "cost",
    "judge",
    "prepare",
]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`best` is the condition that decides: the first of the highest truth, or none."""

    finding: Finding
    conditions: tuple[ConditionVerdict, ...] = ()

    @property
    def best(self) -> ConditionVerdict | None:
        return max(self.conditions, key=lambda each: each.truth, default=None)


FINDINGS = {
    Truth.TRUE: Finding.ELIGIBLE,
    Truth.UNPROVEN: Finding.UNPROVEN,
    Truth.FALSE: Finding.INELIGIBLE,
}
SCHOOLS = ("school_kind", "class_kind")


@dataclass(frozen=True, slots=True)
class _Way:
    """A condition whose requirements are places in the list of all different requirements."""

    condition: EligibilityCondition
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Conditions with every different requirement once, whatever number of them ask it."""

    asked: tuple[tuple[Judge, Predicate], ...]
    ways: tuple[_Way, ...]
    _by: dict[tuple[int | None, str], tuple[_Way, ...]] = field(default_factory=dict)

    def fitting(self, level: int | None, route: str) -> tuple[_Way, ...]:
        """The conditions of a level and route, in their order."""
        found = self._by.get((level, route))
        if found is None:
            found = self._by[level, route] = tuple(
                way
                for way in self.ways
                if way.condition.level == level
                and (not way.condition.routes or route in way.condition.routes)
            )
        return found

    def levels(self, route: str) -> list[int | None]:
        """The levels that have a condition of this route, the lowest first."""
        found = {w.condition.level for w in self.ways if self.fitting(w.condition.level, route)}
        return sorted(found, key=lambda level: -(level or 0))

    def judge(self, *, level: int | None, route: str, facts: Facts) -> Verdict:
        """The verdict over all conditions of a level and route.

        Where the rulebook states no condition at all, everybody is eligible; where it states some
        but none for this level and route, nothing is proven.
        """
        if not self.ways:
            return Verdict(Finding.ELIGIBLE)
        return self._over(self.fitting(level, route), facts)

    def judge_all(self, facts: Facts) -> Verdict:
        """The verdict over every condition there is, of all levels and routes."""
        return self._over(self.ways, facts)

    def _over(self, ways: tuple[_Way, ...], facts: Facts) -> Verdict:
        if not ways:
            return Verdict(Finding.UNPROVEN)
        known: dict[int, PredicateVerdict] = {}
        verdicts = tuple([self._one(way, facts, known) for way in ways])
        return Verdict(FINDINGS[max([each.truth for each in verdicts])], verdicts)

    def _one(self, way: _Way, facts: Facts, known: dict[int, PredicateVerdict]) -> ConditionVerdict:
        truth, found = Truth.TRUE, []
        for place in way.places:
            verdict = known.get(place)
            if verdict is None:
                look, asked = self.asked[place]
                verdict = known[place] = look(asked, facts)
            truth = min(truth, verdict.truth)
            found.append(verdict)
        condition = way.condition
        return ConditionVerdict(condition.id, condition.label, condition.cite, truth, tuple(found))

    def lacks(self, *, level: int | None, route: str, facts: Facts) -> list[Lack]:
        """What every condition of the level lacks, the nearest first; met ones lack nothing."""
        found = [self._lack(way, facts) for way in self.fitting(level, route)]
        return sorted(found, key=lambda each: each.trouble)

    def _lack(self, way: _Way, facts: Facts) -> Lack:
        now = self._one(way, facts, {})
        unmet = tuple(each for each in now.predicates if each.truth == Truth.FALSE)
        useful = sorted({kind for each in way.condition.all for kind in PROVES[each.predicate]})
        full = self._one(way, with_evidence(facts, useful), {})
        goal = [each.truth for each in full.predicates]
        unsettled = tuple(p for p in full.predicates if p.truth == Truth.UNPROVEN)

        def suffices(kinds: Sequence[EvidenceKind]) -> bool:
            got = self._one(way, with_evidence(facts, kinds), {})
            return [each.truth for each in got.predicates] == goal

        return Lack(now, least(useful, suffices), unmet, unsettled)


def prepare(conditions: Sequence[EligibilityCondition]) -> Prepared:
    """Make conditions ready to be judged; costs about as much as judging one candidate."""
    asked: dict[tuple[Predicate, Schooling], int] = {}
    judges: list[tuple[Judge, Predicate]] = []
    ways = []
    for condition in conditions:
        schooling = _schooling(condition)
        places = []
        for predicate in condition.all:
            joined = schooling if predicate.predicate in STANDINGS else ANY
            key = (predicate, joined)
            if key not in asked:
                asked[key] = len(judges)
                judges.append((_judge_of(predicate, joined), predicate))
            places.append(asked[key])
        ways.append(_Way(condition, tuple(places)))
    return Prepared(tuple(judges), tuple(ways))


def _schooling(condition: EligibilityCondition) -> Schooling:
    """The schooling a condition speaks of; what it asks of a student is asked of this one."""
    kinds = frozenset(k for p in condition.all if p.predicate in SCHOOLS for k in p.kinds)
    return Schooling(kinds, own=any(p.predicate == "own_student" for p in condition.all))


def _judge_of(predicate: Predicate, schooling: Schooling) -> Judge:
    if schooling is not ANY:
        return standing(STANDINGS[predicate.predicate], schooling)
    return JUDGES[predicate.predicate]


def judge(
    *, conditions: Sequence[EligibilityCondition], level: int | None, route: str, facts: Facts
) -> Verdict:
    """The verdict over all conditions of a level and route; `conditions` may hold others too."""
    return prepare(conditions).judge(level=level, route=route, facts=facts)
