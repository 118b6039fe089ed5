"""Requirements of schooling: diplomas, schools and classes, and the last year."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from assessment_center.rulebooks.rules.eligibility import Predicate
from candidates.rules.answers import (
    BY_STUDENTS,
    EDUCATION,
    FALSE,
    TRUE,
    UNPROVEN,
    Judge,
    Kinds,
    PredicateVerdict,
)
from candidates.rules.facts import DiplomaFact, Facts


def diploma(asked: Predicate, facts: Facts) -> PredicateVerdict:
    options = [
        _one_diploma(asked, each, facts.on) for each in facts.diplomas if each.is_of(asked.kinds)
    ]
    if not options:
        return PredicateVerdict(asked, FALSE, "没有符合要求的学历或学籍", EDUCATION)
    return max(options, key=lambda each: each.truth)


def _one_diploma(asked: Predicate, held: DiplomaFact, on: date) -> PredicateVerdict:
    graduated = held.graduated(on)
    if not graduated and not (asked.final_year_counts and held.final_year):
        return PredicateVerdict(asked, FALSE, "在读，尚未到毕业学年", EDUCATION)
    if held.related is False:
        return PredicateVerdict(asked, FALSE, "所学专业与本职业不相关", EDUCATION)
    words = "已毕业" if graduated else "应届毕业生"
    if held.related is None:
        return PredicateVerdict(asked, UNPROVEN, f"{words}，专业是否相关待核对", EDUCATION)
    return _schooling(asked, [held], f"{words}，本专业或相关专业")


def _schooling(asked: Predicate, found: list[DiplomaFact], words: str) -> PredicateVerdict:
    if any(each.proven and each.registered for each in found):
        return PredicateVerdict(asked, TRUE, words, (), BY_STUDENTS)
    proven = any(each.proven for each in found)
    return PredicateVerdict(asked, TRUE if proven else UNPROVEN, words, EDUCATION)


def school(asked: Predicate, facts: Facts) -> PredicateVerdict:
    found = [each for each in facts.diplomas if each.is_of(asked.kinds)]
    if not found:
        return PredicateVerdict(asked, FALSE, "学校或班级类别不符", EDUCATION)
    return _schooling(asked, found, "学校或班级类别相符")


class Schooling(NamedTuple):
    """Which schooling a standing is asked of: of these kinds (none named: of any), only our own."""

    kinds: frozenset[str] = frozenset()
    own: bool = False

    def covers(self, held: DiplomaFact) -> bool:
        return (not self.kinds or held.is_of(self.kinds)) and (held.registered or not self.own)


ANY = Schooling()


@dataclass(frozen=True, slots=True)
class Standing:
    """A standing of a student or graduate, and the words for having it and for not."""

    holds: Callable[[DiplomaFact, date], bool]
    yes: str
    no: str
    kinds: Kinds = EDUCATION


STANDINGS: dict[str, Standing] = {
    "final_year_or_graduate": Standing(
        lambda held, on: held.final_year or held.graduated(on),
        "应届或已毕业",
        "不是应届或已毕业学生",
    ),
    "graduate": Standing(DiplomaFact.graduated, "已毕业", "没有毕业"),
    "enrolled": Standing(lambda held, on: not held.graduated(on), "在读", "不在读，或已经毕业"),
    "own_student": Standing(
        lambda held, _on: held.registered, "本校学籍", "没有登记为本校相应层次的学生", ()
    ),
}


def standing(asked_for: Standing, schooling: Schooling = ANY) -> Judge:
    """Whether a schooling of this sort has the standing.

    A condition that names the school and the standing means one schooling with both.
    """

    def look(asked: Predicate, facts: Facts) -> PredicateVerdict:
        found = [
            each
            for each in facts.diplomas
            if asked_for.holds(each, facts.on) and schooling.covers(each)
        ]
        if not found:
            return PredicateVerdict(asked, FALSE, asked_for.no, asked_for.kinds)
        return _schooling(asked, found, asked_for.yes)

    return look
