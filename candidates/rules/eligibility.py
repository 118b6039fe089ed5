"""Do the facts meet a condition of the level? Every answer names the fact behind it.

One condition of a level suffices and all its predicates must hold (ELIG-00). Truth has three
values: what is declared without proof is unproven, what is not declared is false. Proof and more
facts never make an answer worse.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from assessment_center.registry import Citation
from assessment_center.rulebooks.rules.eligibility import EligibilityCondition, Predicate
from candidates.enums import EvidenceKind, Finding
from candidates.rules.facts import DiplomaFact, Facts, anniversary, days_of, worked_days


class Truth(IntEnum):
    FALSE = 0
    UNPROVEN = 1
    TRUE = 2


@dataclass(frozen=True, slots=True)
class PredicateVerdict:
    """`template` % `params` is the fact in words; `evidence` the material that would prove it."""

    predicate: str
    truth: Truth
    template: str
    params: dict[str, object] = field(default_factory=dict)
    evidence: EvidenceKind | None = None

    @property
    def fact(self) -> str:
        return self.template % self.params


@dataclass(frozen=True, slots=True)
class ConditionVerdict:
    condition_id: str
    label: str
    citations: tuple[Citation, ...]
    truth: Truth
    predicates: tuple[PredicateVerdict, ...]


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
TITLE_ORDER = {"junior": 0, "intermediate": 1, "senior": 2}
TITLE_WORDS = {"junior": "初级", "intermediate": "中级", "senior": "高级"}
LEVEL_WORDS = {5: "五级", 4: "四级", 3: "三级", 2: "二级", 1: "一级"}
Judge = Callable[[Predicate, Facts], PredicateVerdict]


def judge(
    *, conditions: Sequence[EligibilityCondition], level: int | None, route: str, facts: Facts
) -> Verdict:
    """The verdict over all conditions of a level and route; `conditions` may hold others too.

    Where the rulebook states no condition at all, everybody is eligible; where it states some
    but none for this level and route, nothing is proven.
    """
    if not conditions:
        return Verdict(Finding.ELIGIBLE)
    fitting = [c for c in conditions if c.level == level and (not c.routes or route in c.routes)]
    if not fitting:
        return Verdict(Finding.UNPROVEN)
    verdicts = tuple(_condition(condition, facts) for condition in fitting)
    return Verdict(FINDINGS[max(each.truth for each in verdicts)], verdicts)


def _condition(condition: EligibilityCondition, facts: Facts) -> ConditionVerdict:
    predicates = tuple(JUDGES[each.predicate](each, facts) for each in condition.all)
    truth = min((each.truth for each in predicates), default=Truth.TRUE)
    return ConditionVerdict(condition.id, condition.label, condition.cite, truth, predicates)


def _verdict(
    asked: Predicate,
    truth: Truth,
    template: str,
    evidence: EvidenceKind | None = None,
    **params: object,
) -> PredicateVerdict:
    return PredicateVerdict(asked.predicate, truth, template, params, evidence)


def _age(asked: Predicate, facts: Facts) -> PredicateVerdict:
    if facts.birth is None:
        return _verdict(asked, Truth.UNPROVEN, "出生日期未知", EvidenceKind.ID_DOCUMENT)
    old_enough = anniversary(facts.birth, asked.years or 0) <= facts.on
    return _verdict(asked, Truth(2 * old_enough), "出生于 %(birth)s", birth=facts.birth.isoformat())


def _declared(attribute: str, words: str, evidence: EvidenceKind | None) -> Judge:
    """A plain statement: declared is taken as true where no paper is asked for."""

    def look(asked: Predicate, facts: Facts) -> PredicateVerdict:
        said = getattr(facts, attribute)
        if said:
            return _verdict(asked, Truth.TRUE, f"已声明{words}")
        template = f"未声明{words}" if said is None else f"声明不{words}"
        return _verdict(asked, Truth.FALSE, template, evidence)

    return look


def _works(asked: Predicate, facts: Facts) -> PredicateVerdict:
    current = [spell for spell in facts.work if spell.ends is None or spell.ends >= facts.on]
    if any(spell.proven for spell in current):
        return _verdict(asked, Truth.TRUE, "正从事本职业或相关职业，有证明")
    if current or facts.works_in_occupation:
        return _verdict(asked, Truth.UNPROVEN, "正从事本职业，待证明", EvidenceKind.WORK)
    return _verdict(asked, Truth.FALSE, "未填写现在的工作", EvidenceKind.WORK)


def _enough_work(asked: Predicate, facts: Facts, after: date | None = None) -> PredicateVerdict:
    needed = days_of(asked.years or 0)
    proven = tuple(spell for spell in facts.work if spell.proven)
    all_days = worked_days(facts.work, on=facts.on, after=after)
    proven_days = worked_days(proven, on=facts.on, after=after)
    truth = Truth((all_days >= needed) + (proven_days >= needed))
    template = "累计从业 %(years).1f 年，其中有证明 %(proven).1f 年"
    return _verdict(
        asked,
        truth,
        template,
        EvidenceKind.WORK,
        years=all_days / 365.25,
        proven=proven_days / 365.25,
    )


def _certificates(asked: Predicate, facts: Facts) -> list[tuple[date, bool]]:
    """Issue days of the certificates of the level asked for or a higher one, and their proof."""
    wanted = asked.level or 0
    return [(c.issued_on, c.proven) for c in facts.certificates if 0 < c.level <= wanted]


def _titles(asked: Predicate, facts: Facts) -> list[tuple[date, bool]]:
    wanted = TITLE_ORDER[asked.grade or "junior"]
    return [(t.granted_on, t.proven) for t in facts.titles if TITLE_ORDER[t.grade] >= wanted]


def _held(asked: Predicate, facts: Facts) -> PredicateVerdict:
    word = LEVEL_WORDS[asked.level or 5]
    found = [proven for day, proven in _certificates(asked, facts) if day <= facts.on]
    return _owned(asked, found, f"{word}证书", EvidenceKind.CERTIFICATE)


def _titled(asked: Predicate, facts: Facts) -> PredicateVerdict:
    word = TITLE_WORDS[asked.grade or "junior"]
    found = [proven for day, proven in _titles(asked, facts) if day <= facts.on]
    return _owned(asked, found, f"{word}职称", EvidenceKind.TITLE)


def _owned(
    asked: Predicate, proofs: list[bool], what: str, evidence: EvidenceKind
) -> PredicateVerdict:
    if not proofs:
        return _verdict(asked, Truth.FALSE, f"未填写{what}", evidence)
    words = f"持有{what}，有证明" if any(proofs) else f"填写了{what}，待证明"
    return _verdict(asked, Truth(1 + any(proofs)), words, evidence)


def _since(asked: Predicate, facts: Facts) -> PredicateVerdict:
    """Years since a certificate or title, whatever was done in them."""
    by_certificate = asked.level is not None
    held = (_certificates if by_certificate else _titles)(asked, facts)
    evidence = EvidenceKind.CERTIFICATE if by_certificate else EvidenceKind.TITLE
    enough = [p for day, p in held if anniversary(day, asked.years or 0) <= facts.on]
    truth = Truth(1 + any(enough)) if enough else Truth.FALSE
    return _verdict(asked, truth, _since_words(held), evidence)


def _since_words(held: list[tuple[date, bool]]) -> str:
    return f"取得于 {min(day for day, _ in held).isoformat()}" if held else "未填写取得日期"


def _work_after(asked: Predicate, facts: Facts) -> PredicateVerdict:
    """Work after the earliest certificate or title; an unproven paper leaves it unproven."""
    held = (_certificates if asked.level is not None else _titles)(asked, facts)
    if not held:
        return _verdict(asked, Truth.FALSE, _since_words(held), EvidenceKind.CERTIFICATE)
    options = []
    for day, proven in held:
        found = _enough_work(asked, facts, after=day)
        cap = Truth.TRUE if proven else Truth.UNPROVEN
        options.append(
            PredicateVerdict(
                asked.predicate, min(found.truth, cap), found.template, found.params, found.evidence
            )
        )
    return max(options, key=lambda each: each.truth)


def _diploma(asked: Predicate, facts: Facts) -> PredicateVerdict:
    kinds = asked.kinds
    options = [_one_diploma(asked, each, facts.on) for each in facts.diplomas if each.kind in kinds]
    silent = _verdict(asked, Truth.FALSE, "没有符合要求的学历或学籍", EvidenceKind.EDUCATION)
    return max(options, key=lambda each: each.truth, default=silent)


def _one_diploma(asked: Predicate, diploma: DiplomaFact, on: date) -> PredicateVerdict:
    graduated = diploma.graduated_on is not None and diploma.graduated_on <= on
    counts = graduated or (asked.final_year_counts and diploma.final_year)
    if not counts:
        return _verdict(asked, Truth.FALSE, "在读，尚未到毕业学年", EvidenceKind.EDUCATION)
    if diploma.related is False:
        return _verdict(asked, Truth.FALSE, "所学专业与本职业不相关", EvidenceKind.EDUCATION)
    words = "已毕业" if graduated else "应届毕业生"
    if diploma.related is None:
        return _verdict(
            asked, Truth.UNPROVEN, f"{words}，专业是否相关待核对", EvidenceKind.EDUCATION
        )
    truth = Truth(1 + diploma.proven)
    return _verdict(asked, truth, f"{words}，本专业或相关专业", EvidenceKind.EDUCATION)


def _school(asked: Predicate, facts: Facts) -> PredicateVerdict:
    found = [each for each in facts.diplomas if each.kind in asked.kinds]
    if not found:
        return _verdict(asked, Truth.FALSE, "学校或班级类别不符", EvidenceKind.EDUCATION)
    proven = any(each.proven for each in found)
    return _verdict(asked, Truth(1 + proven), "学校或班级类别相符", EvidenceKind.EDUCATION)


def _final_year(asked: Predicate, facts: Facts) -> PredicateVerdict:
    found = [
        each
        for each in facts.diplomas
        if each.final_year or (each.graduated_on is not None and each.graduated_on <= facts.on)
    ]
    if not found:
        return _verdict(asked, Truth.FALSE, "不是应届或已毕业学生", EvidenceKind.EDUCATION)
    proven = any(each.proven for each in found)
    return _verdict(asked, Truth(1 + proven), "应届或已毕业", EvidenceKind.EDUCATION)


def _one_x(asked: Predicate, facts: Facts) -> PredicateVerdict:
    found = [proven for grade, proven in facts.one_x if grade in asked.grades]
    return _owned(asked, found, "相应等级的 1+X 证书", EvidenceKind.ONE_X)


def _claimed(attribute: str, words: str, evidence: EvidenceKind) -> Judge:
    """What a recognition rests on: met by its published terms, and proven by its paper."""

    def look(asked: Predicate, facts: Facts) -> PredicateVerdict:
        if not getattr(facts, attribute):
            return _verdict(asked, Truth.FALSE, f"未达到：{words}", evidence)
        if not facts.claim_proven:
            return _verdict(asked, Truth.UNPROVEN, f"{words}，待证明", evidence)
        return _verdict(asked, Truth.TRUE, f"{words}，有证明", evidence)

    return look


def _excellent(asked: Predicate, facts: Facts) -> PredicateVerdict:
    """The school decides who is an excellent graduate: its paper proves it."""
    if not facts.excellent:
        return _verdict(asked, Truth.FALSE, "未声明为优秀毕业生", EvidenceKind.OTHER)
    words = "优秀毕业生，有学校证明" if facts.excellence_proven else "优秀毕业生，待学校证明"
    return _verdict(asked, Truth(1 + facts.excellence_proven), words, EvidenceKind.OTHER)


def _staff(asked: Predicate, facts: Facts) -> PredicateVerdict:
    """In the college's service now: its register proves it, no paper of the candidate does."""
    if facts.own_staff:
        return _verdict(asked, Truth.TRUE, "登记为本校在职教职工")
    return _verdict(asked, Truth.FALSE, "没有登记为本校在职教职工")


JUDGES: dict[str, Judge] = {
    "age_min": _age,
    "intends_to_work": _declared("intends_to_work", "拟从事本职业或相关职业", None),
    "works_in_occupation": _works,
    "work_years": _enough_work,
    "has_certificate": _held,
    "years_since_certificate": _since,
    "work_years_after_certificate": _work_after,
    "diploma": _diploma,
    "title": _titled,
    "work_years_after_title": _work_after,
    "years_since_title": _since,
    "class_kind": _school,
    "school_kind": _school,
    "final_year_or_graduate": _final_year,
    "excellent": _excellent,
    "one_x_certificate": _one_x,
    "related_courses_passed": _claimed(
        "courses_passed", "相关课程理论和操作均合格", EvidenceKind.TRANSCRIPT
    ),
    "credits_earned": _claimed("credits_earned", "修满规定学分", EvidenceKind.TRANSCRIPT),
    "contest_result": _claimed("contest_met", "竞赛成绩符合竞赛办法", EvidenceKind.CONTEST),
    "own_staff": _staff,
}
