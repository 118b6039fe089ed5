"""Requirements of schooling: diplomas, schools and classes, and the last year."""

from datetime import date

from assessment_center.rulebooks.rules.eligibility import Predicate
from candidates.rules.answers import (
    BY_STUDENTS,
    EDUCATION,
    FALSE,
    TRUE,
    UNPROVEN,
    Judge,
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


def standing(kinds: frozenset[str], *, final_year_counts: bool) -> Judge:
    """Graduated (or in the last year) at a school or class of these kinds; none named: of any.

    A condition that names the school and the standing means one schooling with both.
    """
    yes, no = (
        ("应届或已毕业", "不是应届或已毕业学生") if final_year_counts else ("已毕业", "没有毕业")
    )

    def look(asked: Predicate, facts: Facts) -> PredicateVerdict:
        found = [
            each
            for each in facts.diplomas
            if (each.graduated(facts.on) or (final_year_counts and each.final_year))
            and (not kinds or each.is_of(kinds))
        ]
        if not found:
            return PredicateVerdict(asked, FALSE, no, EDUCATION)
        return _schooling(asked, found, yes)

    return look
