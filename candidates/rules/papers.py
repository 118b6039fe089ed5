"""Requirements of work, of certificates and titles, and of work after them."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from assessment_center.rulebooks.rules.eligibility import Predicate
from candidates.rules.answers import (
    BY_CENTRE,
    CERTIFICATE,
    FALSE,
    TITLE,
    TITLE_ORDER,
    TRUE,
    UNPROVEN,
    WORK,
    Kinds,
    PredicateVerdict,
    Truth,
)
from candidates.rules.facts import Facts, anniversary, days_of, worked_days
from candidates.rules.requirements import LEVEL_WORDS, TITLE_WORDS


def works(asked: Predicate, facts: Facts) -> PredicateVerdict:
    current = [
        spell
        for spell in facts.work
        if spell.starts <= facts.on and (spell.ends is None or spell.ends >= facts.on)
    ]
    if any(spell.proven for spell in current):
        return PredicateVerdict(asked, TRUE, "正从事本职业或相关职业，有证明", WORK)
    if current or facts.works_in_occupation:
        return PredicateVerdict(asked, UNPROVEN, "正从事本职业，待证明", WORK)
    return PredicateVerdict(asked, FALSE, "未填写现在的工作", WORK)


def enough_work(asked: Predicate, facts: Facts, after: date | None = None) -> PredicateVerdict:
    if not facts.work:
        return PredicateVerdict(asked, FALSE, "未填写工作经历", WORK)
    needed = days_of(asked.years or 0)
    all_days = worked_days(facts.work, on=facts.on, after=after)
    proven = tuple([spell for spell in facts.work if spell.proven])
    whole = len(proven) == len(facts.work)
    proven_days = all_days if whole else worked_days(proven, on=facts.on, after=after)
    truth = Truth((all_days >= needed) + (proven_days >= needed))
    params = {"years": all_days / 365.25, "proven": proven_days / 365.25}
    template = (
        "累计从业 %(years).1f 年，其中有证明 %(proven).1f 年"
        if after is None
        else "此后从业 %(years).1f 年，其中有证明 %(proven).1f 年"
    )
    return PredicateVerdict(asked, truth, template, WORK, "", params)


class _Paper(NamedTuple):
    """A certificate or title that counts: since when, and by what it is proven."""

    day: date
    proven: bool
    register: str = ""


def _certificates(asked: Predicate, facts: Facts) -> list[_Paper]:
    """The certificates of the level asked for or a higher one."""
    wanted = asked.level or 0
    return [
        _Paper(c.issued_on, c.proven, BY_CENTRE if c.registered else "")
        for c in facts.certificates
        if 0 < c.level <= wanted and c.issued_on <= facts.on
    ]


def _titles(asked: Predicate, facts: Facts) -> list[_Paper]:
    wanted = TITLE_ORDER[asked.grade or "junior"]
    return [
        _Paper(t.granted_on, t.proven)
        for t in facts.titles
        if TITLE_ORDER[t.grade] >= wanted
        and t.granted_on <= facts.on
        and not (asked.titles_only and t.qualification)
    ]


def _papers(asked: Predicate, facts: Facts) -> tuple[list[_Paper], str, Kinds]:
    """What the requirement is about, its name and the material that proves it."""
    if asked.level is not None:
        return _certificates(asked, facts), f"{LEVEL_WORDS[asked.level]}证书", CERTIFICATE
    word = TITLE_WORDS[asked.grade or "junior"]
    return _titles(asked, facts), f"{word}职称", TITLE


def _strongest(papers: Iterable[_Paper]) -> _Paper:
    """The paper an answer rests on: a registered one before a proven one, then the oldest."""
    return min(papers, key=lambda each: (not each.proven, not each.register, each.day))


def held(asked: Predicate, facts: Facts) -> PredicateVerdict:
    papers, what, kinds = _papers(asked, facts)
    if not papers:
        return PredicateVerdict(asked, FALSE, f"未填写{what}", kinds)
    best = _strongest(papers)
    if not best.proven:
        return PredicateVerdict(asked, UNPROVEN, f"填写了{what}，待证明", kinds)
    return _shown(asked, best, f"持有{what}，取得于 %(day)s", kinds)


def since(asked: Predicate, facts: Facts) -> PredicateVerdict:
    """Years since a certificate or title, whatever was done in them."""
    papers, what, kinds = _papers(asked, facts)
    if not papers:
        return PredicateVerdict(asked, FALSE, f"未填写{what}", kinds)
    years = asked.years or 0
    enough = [each for each in papers if anniversary(each.day, years) <= facts.on]
    if not enough:
        oldest = {"day": min(each.day for each in papers)}
        return PredicateVerdict(asked, FALSE, "取得于 %(day)s", kinds, "", oldest)
    best = _strongest(enough)
    if not best.proven:
        return PredicateVerdict(
            asked, UNPROVEN, "取得于 %(day)s，待证明", kinds, "", {"day": best.day}
        )
    return _shown(asked, best, "取得于 %(day)s", kinds)


def _shown(asked: Predicate, paper: _Paper, template: str, kinds: Kinds) -> PredicateVerdict:
    evidence = () if paper.register else kinds
    return PredicateVerdict(asked, TRUE, template, evidence, paper.register, {"day": paper.day})


def work_after(asked: Predicate, facts: Facts) -> PredicateVerdict:
    """Work after a certificate or title; an unproven paper leaves it unproven."""
    papers, what, kinds = _papers(asked, facts)
    if not papers:
        return PredicateVerdict(asked, FALSE, f"未填写{what}", kinds)
    options = []
    for paper in papers:
        found = enough_work(asked, facts, after=paper.day)
        lacking = (*(() if paper.proven else kinds), *(WORK if found.truth < TRUE else ()))
        truth = found.truth if paper.proven else min(found.truth, UNPROVEN)
        evidence = lacking or (WORK if paper.register else (*kinds, *WORK))
        options.append(found._replace(truth=truth, evidence=evidence, register=paper.register))
    return max(options, key=lambda each: (each.truth, -len(each.evidence)))
