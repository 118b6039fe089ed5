"""What the records of a year say of somebody, and what follows from it (ASR-16 to ASR-18)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from assessment_center.personnel.hires import hired_since
from assessment_center.personnel.judging_enums import (
    Branch,
)
from assessment_center.personnel.judging_selectors import (
    as_session,
    earlier_years,
    in_year,
    last_day,
    measures,
    session_facts,
)
from assessment_center.personnel.models.appraisals import Appraisal
from assessment_center.personnel.rules.appraisal import (
    Failing,
    Follows,
    Taken,
    band,
    failing,
    follows,
    weighted_mean,
)
from assessment_center.registry import Citation
from assessment_center.rulebooks.rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the records of a year say; `grade` empty: people have to judge."""

    basis: list[dict[str, Any]]
    mean: Decimal | None
    failing: Failing | None
    grade: str

    @property
    def served(self) -> bool:
        return any(fact["taken"] == Taken.SERVED for fact in self.basis)


def is_appraised(rules: Rulebook, branch: str) -> bool:
    """Whether the rulebook orders a yearly appraisal of this branch."""
    if branch == Branch.SUPERVISOR:
        return rules.settings.appraise_supervisors.value
    return rules.settings.appraisal_grades is not None


def verdict(facts: Sequence[dict[str, Any]], year: int, branch: str, rules: Rulebook) -> Verdict:
    """The year by its records: automatic failing first, then the band of the mean."""
    settings = rules.settings
    basis = in_year(facts, year)
    sessions = [as_session(fact) for fact in basis]
    grades, bounds = settings.appraisal_grades, settings.appraisal_bands
    if branch == Branch.SUPERVISOR or grades is None:
        return Verdict(basis, None, None, "")
    missed = settings.unqualified_after_missed
    why = failing(
        [as_session(fact) for fact in facts],
        year,
        missed_limit=missed.value if missed else None,
        none_is_failing=settings.unqualified_without_session.value,
    )
    mean = weighted_mean(sessions)
    if why:
        return Verdict(basis, mean, why, grades.value[-1])
    found = band(mean, bounds.value, grades.value) if bounds and mean is not None else ""
    return Verdict(basis, mean, None, found)


def computed(row: Appraisal, rules: Rulebook) -> Verdict:
    facts = session_facts([row.member_id], row.branch, until=last_day(row.year))
    return verdict(facts.get(row.member_id, []), row.year, row.branch, rules)


def conclude(row: Appraisal, rules: Rulebook) -> None:
    """Whether the grade is the worst, what follows, and the articles behind it."""
    settings = rules.settings
    grades = settings.appraisal_grades.value if settings.appraisal_grades else ()
    row.unqualified = bool(grades) and row.grade == grades[-1]
    if row.branch == Branch.ASSESSOR:
        told = follows(
            row.grade,
            grades,
            measures(rules),
            earlier_years(row.member, row.branch, row.year),
            year=row.year,
            since=hired_since(row.member, row.branch, row.year, rules),
        )
        row.follows = [each.value for each in told]
    elif not row.unqualified:
        row.follows, row.pause_until = [], None
    cited = citations(row, rules)
    row.citations = [str(each) for each in cited]
    row.rulebook = cited[0].rulebook if cited else ""


def citations(row: Appraisal, rules: Rulebook) -> tuple[Citation, ...]:
    """The articles an appraisal rests on: its grades, its failing, what follows."""
    settings = rules.settings
    parts: list[Any] = [settings.appraisal_grades]
    if row.branch == Branch.SUPERVISOR:
        parts = [settings.appraise_supervisors]
    if row.failing == Failing.MISSED_IN_A_ROW:
        parts.append(settings.unqualified_after_missed)
    if row.failing == Failing.NONE_IN_THE_YEAR:
        parts.append(settings.unqualified_without_session)
    reasons = {
        Follows.REWARD: settings.reward_excellent,
        Follows.RETRAIN: settings.retrain_unqualified,
        Follows.DISMISS: settings.dismiss_after_unqualified_years,
    }
    if row.branch == Branch.ASSESSOR:
        parts += [reasons[Follows(each)] for each in row.follows if Follows(each) in reasons]
    found = (citation for part in parts if part is not None for citation in part.citations)
    return tuple(dict.fromkeys(found))
