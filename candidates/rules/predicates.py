"""Does one requirement hold? True, false or unproven, on which fact, proven by what.

Truth has three values: what is declared without proof is unproven, what is not declared is false.
Proof and more facts never make an answer worse.
"""

from assessment_center.rulebooks.rules.eligibility import Predicate
from candidates.rules.answers import (
    BY_IDENTITY,
    BY_STAFF,
    BY_WORD,
    CONTEST,
    FALSE,
    ID_DOCUMENT,
    ONE_X,
    OTHER,
    TRANSCRIPT,
    TRUE,
    UNPROVEN,
    Judge,
    Kinds,
    PredicateVerdict,
    Truth,
)
from candidates.rules.facts import Facts, anniversary
from candidates.rules.papers import enough_work, held, since, work_after, works
from candidates.rules.studies import STANDINGS, diploma, school, standing

__all__ = ["JUDGES", "Judge", "PredicateVerdict", "Truth"]


def _age(asked: Predicate, facts: Facts) -> PredicateVerdict:
    if facts.birth is None:
        return PredicateVerdict(asked, UNPROVEN, "出生日期未知", ID_DOCUMENT)
    old_enough = anniversary(facts.birth, asked.years or 0) <= facts.on
    params = {"birth": facts.birth}
    return PredicateVerdict(
        asked, TRUE if old_enough else FALSE, "出生于 %(birth)s", (), BY_IDENTITY, params
    )


def _intends(asked: Predicate, facts: Facts) -> PredicateVerdict:
    """A plain statement: declared is taken as true, no paper is asked for."""
    if facts.intends_to_work:
        return PredicateVerdict(asked, TRUE, "已声明拟从事本职业或相关职业", (), BY_WORD)
    if facts.intends_to_work is None:
        return PredicateVerdict(asked, FALSE, "未声明拟从事本职业或相关职业")
    return PredicateVerdict(asked, FALSE, "声明不拟从事本职业或相关职业")


def _one_x(asked: Predicate, facts: Facts) -> PredicateVerdict:
    found = [proven for grade, proven in facts.one_x if grade in asked.grades]
    if not found:
        return PredicateVerdict(asked, FALSE, "未填写相应等级的 1+X 证书", ONE_X)
    if not any(found):
        return PredicateVerdict(asked, UNPROVEN, "填写了相应等级的 1+X 证书，待证明", ONE_X)
    return PredicateVerdict(asked, TRUE, "持有相应等级的 1+X 证书，有证明", ONE_X)


def _claimed(attribute: str, words: str, kinds: Kinds) -> Judge:
    """What a recognition rests on: met by its published terms, and proven by its paper."""

    def look(asked: Predicate, facts: Facts) -> PredicateVerdict:
        if not getattr(facts, attribute):
            return PredicateVerdict(asked, FALSE, f"未达到：{words}", kinds)
        if not facts.claim_proven:
            return PredicateVerdict(asked, UNPROVEN, f"{words}，待证明", kinds)
        return PredicateVerdict(asked, TRUE, f"{words}，有证明", kinds)

    return look


def _excellent(asked: Predicate, facts: Facts) -> PredicateVerdict:
    """The school decides who is an excellent graduate: its paper proves it."""
    if not facts.excellent:
        return PredicateVerdict(asked, FALSE, "未声明为优秀毕业生", OTHER)
    if facts.excellence_proven:
        return PredicateVerdict(asked, TRUE, "优秀毕业生，有学校证明", OTHER)
    return PredicateVerdict(asked, UNPROVEN, "优秀毕业生，待学校证明", OTHER)


def _staff(asked: Predicate, facts: Facts) -> PredicateVerdict:
    """In the college's service now: its register proves it, no paper of the candidate does."""
    if facts.own_staff:
        return PredicateVerdict(asked, TRUE, "登记为本校在职教职工", (), BY_STAFF)
    return PredicateVerdict(asked, FALSE, "没有登记为本校在职教职工")


ANY: frozenset[str] = frozenset()
JUDGES: dict[str, Judge] = {
    "age_min": _age,
    "intends_to_work": _intends,
    "works_in_occupation": works,
    "work_years": enough_work,
    "has_certificate": held,
    "years_since_certificate": since,
    "work_years_after_certificate": work_after,
    "diploma": diploma,
    "title": held,
    "work_years_after_title": work_after,
    "years_since_title": since,
    "class_kind": school,
    "school_kind": school,
    **{name: standing(each) for name, each in STANDINGS.items()},
    "excellent": _excellent,
    "one_x_certificate": _one_x,
    "related_courses_passed": _claimed("courses_passed", "相关课程理论和操作均合格", TRANSCRIPT),
    "credits_earned": _claimed("credits_earned", "修满规定学分", TRANSCRIPT),
    "contest_result": _claimed("contest_met", "竞赛成绩符合竞赛办法", CONTEST),
    "own_staff": _staff,
}
