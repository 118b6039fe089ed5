"""Who may apply for a grade, by the rulebook's settings (ASR-01 to -05, SUP-02, EXP-02, EXP-03).

A setting the rulebook is silent on asks for nothing. Every fault names what is needed, what the
member has, and the articles.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assessment_center.personnel.enums import ASSESSORS, EXPERTS, Early, Employment, Grade
from assessment_center.personnel.rules.terms import full_years
from assessment_center.registry import Citation
from assessment_center.rulebooks.rules.choices import TitleRank
from assessment_center.rulebooks.rules.cited import Cited
from assessment_center.rulebooks.rules.settings_fields import Settings

TITLES = ("junior_title", "intermediate_title", "senior_title")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of somebody on the day he applies; None and "" are not known."""

    grade: str
    on: date
    born: date | None = None
    levels: tuple[int, ...] = ()
    occupations: int = 0
    employment: str = ""
    skill_level: int | None = None
    skill_since: date | None = None
    title_rank: str = ""
    title_since: date | None = None
    occupation_since: date | None = None
    assessor_since: date | None = None
    manager_since: date | None = None
    in_authority: bool = False
    early: str = ""
    consent: bool = False
    leads: bool = False
    new_occupation: bool = False
    is_senior: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """Why not: a code for the words, what is needed and what there is.

    `waivable`: the article says “usually”; the office may make an exception with its reason.
    """

    code: str
    need: int | str = ""
    have: int | str = ""
    citations: tuple[Citation, ...] = ()
    waivable: bool = False


def faults(settings: Settings, facts: Facts) -> list[Fault]:
    """Everything that speaks against the application, in the order of the rows."""
    found = [*_scope(settings, facts)]
    if facts.grade in ASSESSORS:
        found += _assessor(settings, facts)
    elif facts.grade in EXPERTS:
        found += _expert(settings, facts)
    elif facts.grade == Grade.SUPERVISOR_INTERNAL:
        found += _supervisor(settings, facts)
    return found


def _scope(settings: Settings, facts: Facts) -> Iterator[Fault]:
    allowed = settings.grade_levels
    if allowed and facts.grade in allowed.value:
        beyond = [level for level in facts.levels if level not in allowed.value[facts.grade]]
        if beyond:
            yield Fault("levels", min(allowed.value[facts.grade]), min(beyond), allowed.citations)
    most = settings.max_occupations
    if most and facts.grade in ASSESSORS and facts.occupations > most.value:
        yield Fault("occupations", most.value, facts.occupations, most.citations)


def _assessor(settings: Settings, facts: Facts) -> Iterator[Fault]:
    senior = facts.grade == Grade.SENIOR_ASSESSOR
    level = settings.senior_min_level if senior else settings.assessor_min_level
    title = settings.senior_min_title if senior else settings.assessor_min_title
    yield from _entry(level, title, facts)
    least = settings.assessor_min_age
    if least:
        yield from _age(least, facts)
    if settings.bars_authority_staff.value and facts.in_authority:
        yield Fault("authority", citations=settings.bars_authority_staff.citations)
    if senior:
        yield from _senior_years(settings, facts)
    else:
        yield from _assessor_years(settings, facts, level, title)
    if facts.early == Early.NEW_OCCUPATION and settings.early_years and not facts.consent:
        yield Fault("consent", citations=settings.early_years.citations)


def _entry(
    level: Cited[int] | None, title: Cited[TitleRank] | None, facts: Facts
) -> Iterator[Fault]:
    """A certificate of the level or a title of the rank; either is enough."""
    if level is None and title is None:
        return
    if not (_has_level(level, facts) or _has_title(title, facts)):
        cited = tuple(
            dict.fromkeys(text for each in (level, title) if each for text in each.citations)
        )
        code = "entry" if level and title else "entry_level" if level else "entry_title"
        need = level.value if level else ""
        yield Fault(code, need, title.value if title else "", cited)


def _has_level(level: Cited[int] | None, facts: Facts) -> bool:
    return bool(level and facts.skill_level is not None and facts.skill_level <= level.value)


def _has_title(title: Cited[TitleRank] | None, facts: Facts) -> bool:
    known = facts.title_rank in TITLES
    return bool(title and known and TITLES.index(facts.title_rank) >= TITLES.index(title.value))


def _age(least: Cited[int], facts: Facts) -> Iterator[Fault]:
    if facts.born is None:
        yield Fault("birth", least.value, citations=least.citations)
    elif full_years(facts.born, facts.on) < least.value:
        yield Fault("age", least.value, full_years(facts.born, facts.on), least.citations)


def _assessor_years(
    settings: Settings,
    facts: Facts,
    level: Cited[int] | None,
    title: Cited[TitleRank] | None,
) -> Iterator[Fault]:
    """Years of work after the certificate or title that entitles, the earlier of the two."""
    need = settings.assessor_after_years
    if need is None:
        return
    entitled = [
        day
        for day, counts in (
            (facts.skill_since, _has_level(level, facts) or level is None),
            (facts.title_since, _has_title(title, facts) or title is None),
        )
        if day and counts
    ]
    if not entitled or facts.occupation_since is None:
        yield Fault("after_years_unknown", need.value, citations=need.citations)
        return
    have = full_years(max(min(entitled), facts.occupation_since), facts.on)
    yield from _years("after_years", need, have, settings, facts)


def _senior_years(settings: Settings, facts: Facts) -> Iterator[Fault]:
    need = settings.senior_after_years
    if need is not None:
        have = full_years(facts.assessor_since, facts.on) if facts.assessor_since else 0
        yield from _years("assessing_years", need, have, settings, facts)


def _years(
    code: str, need: Cited[int], have: int, settings: Settings, facts: Facts
) -> Iterator[Fault]:
    """Fewer years than needed, less those by which one may apply early (ASR-05)."""
    spared, cited = 0, need.citations
    early = settings.early_years
    if early and facts.early:
        by = early.value
        spared = by.contest if facts.early == Early.CONTEST else by.new_occupation
        cited = (*cited, *early.citations)
    if have < need.value - spared:
        yield Fault(code, max(need.value - spared, 0), have, cited)


def _supervisor(settings: Settings, facts: Facts) -> Iterator[Fault]:
    need = settings.supervisor_min_years
    if need:
        began = [day for day in (facts.assessor_since, facts.manager_since) if day]
        have = full_years(min(began), facts.on) if began else 0
        if have < need.value:
            yield Fault("supervisor_years", need.value, have, need.citations)
    regular = settings.must_be_regular_staff
    if regular.value and facts.employment != Employment.REGULAR:
        yield Fault("regular", citations=regular.citations)


def _expert(settings: Settings, facts: Facts) -> Iterator[Fault]:
    yield from _entry(settings.expert_min_level, settings.expert_min_title, facts)
    for code, need, since in (
        ("occupation_years", settings.expert_min_years, facts.occupation_since),
        ("assessing_years", settings.expert_min_assessing_years, facts.assessor_since),
    ):
        have = full_years(since, facts.on) if since else 0
        if need and have < need.value:
            yield Fault(code, need.value, have, need.citations)
    most = settings.expert_max_age
    if most and facts.born and full_years(facts.born, facts.on) > most.value:
        age = full_years(facts.born, facts.on)
        yield Fault("too_old", most.value, age, most.citations, waivable=True)
    if facts.leads:
        yield from _leader(settings, facts)


def _leader(settings: Settings, facts: Facts) -> Iterator[Fault]:
    """EXP-03: years as an assessor, fewer for a new occupation, or the senior grade."""
    fewer = settings.expert_leader_new_years if facts.new_occupation else None
    need = fewer or settings.expert_leader_min_years
    if need is None or facts.is_senior:
        return
    have = full_years(facts.assessor_since, facts.on) if facts.assessor_since else 0
    if have < need.value:
        yield Fault("leader_years", need.value, have, need.citations)


def exam_faults(
    settings: Settings, grade: str, parts: tuple[float | None, float | None]
) -> list[Fault]:
    """ASR-08: every part the rulebook asks for is taken, and none is below its pass score."""
    if grade not in ASSESSORS:
        return []
    need, least = settings.qualification_exam_parts, settings.qualification_exam_pass
    taken = [score for score in parts if score is not None]
    found = []
    if need and len(taken) < need.value:
        found.append(Fault("exam_parts", need.value, len(taken), need.citations))
    if least:
        found += [
            Fault("exam_score", least.value, f"{score:g}", least.citations)
            for score in taken
            if score < least.value
        ]
    return found


def exam_needed(settings: Settings, grade: str) -> tuple[Citation, ...]:
    """The articles that ask for an examination before the card; empty: none is asked for."""
    if grade in ASSESSORS and settings.qualification_exam_parts:
        return settings.qualification_exam_parts.citations
    if grade == Grade.SUPERVISOR_INTERNAL and settings.supervisor_examiner:
        return settings.supervisor_examiner.citations
    return ()


def training_fault(settings: Settings, grade: str, hours: int) -> Fault | None:
    """ASR-07: hours of training before the qualification examination."""
    need = settings.training_hours
    if grade not in ASSESSORS or need is None or hours >= need.value:
        return None
    return Fault("hours", need.value, hours, need.citations)
