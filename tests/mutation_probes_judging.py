"""Probes of the settings by which the staff is judged; `mutation_probes` takes them in."""

import dataclasses
from datetime import date
from decimal import Decimal
from types import SimpleNamespace as Fake
from typing import Any
from unittest import mock

from assessment_center.personnel import (
    conduct,
    dispatches,
    judging_deadlines,
    judging_documents,
    renewal,
    verdicts,
)
from assessment_center.personnel.judging_enums import Branch
from assessment_center.personnel.judging_forms import WriteForm
from assessment_center.personnel.judging_selectors import measures
from assessment_center.personnel.models import Appraisal, MisconductCase
from assessment_center.personnel.rules.appraisal import Taken, follows
from assessment_center.registry import RefusedError
from assessment_center.rulebooks import Rulebook
from exams import conformance as exams_conformance
from tests.factories import judging as j

YEAR = 2025


def _fact(month: int, taken: str, score: int | None = None) -> dict[str, Any]:
    return {
        "session_id": "s",
        "session": "认定",
        "day": f"{YEAR}-{month:02}-08",
        "taken": taken,
        "sittings": 1,
        "score": str(score) if score is not None else None,
        "grade": "",
        "reason": "",
    }


def by_scores(ground: Any) -> list[str]:
    """The grade of each whole score."""
    return [
        verdicts.verdict([_fact(5, Taken.SERVED, score)], YEAR, Branch.ASSESSOR, ground.rules).grade
        for score in range(101)
    ]


def by_absences(ground: Any) -> list[str]:
    """Who came once and then stayed away so many times in a row."""
    return [
        verdicts.verdict(
            [_fact(1, Taken.SERVED, 80), *(_fact(2 + n, Taken.MISSED) for n in range(times))],
            YEAR,
            Branch.ASSESSOR,
            ground.rules,
        ).grade
        for times in range(6)
    ]


def by_one_absence(ground: Any) -> list[str]:
    """Who was sent once and did not come."""
    facts = [_fact(5, Taken.MISSED)]
    return [verdicts.verdict(facts, YEAR, Branch.ASSESSOR, ground.rules).grade]


def followed(grade: int, *earlier: int) -> Any:
    """What follows the best (0) or the worst (-1) grade after unqualified years."""

    def look(ground: Any) -> list[tuple[str, ...]]:
        spoken = ground.rules.settings.appraisal_grades
        if spoken is None:
            return []
        grades, told = spoken.value, measures(ground.rules)
        return [
            follows(grades[grade], grades, told, dict.fromkeys(each, True), year=YEAR, since=2020)
            for each in ((), earlier, (2023,), (2024,), (2024, 2023))
        ]

    return look


def rated(ground: Any) -> list[str]:
    found = []
    for grade in ("优秀", "良好", "一般", "另一等"):
        try:
            dispatches._refuse_odd(ground.rules, Decimal(80), grade)
        except RefusedError as refused:
            found.append(str(refused))
    return found


def refusals(ground: Any) -> list[bool]:
    """After how many refusals in a row a case stands."""
    member, found = j.assessor(), []
    for month in range(1, 7):
        j.send(member, ground.rules, Taken.REFUSED, day=date(YEAR, month, 8))
        found.append(MisconductCase.objects.filter(member=member).exists())
    return found


def _entered(rules: Rulebook) -> MisconductCase:
    act = conduct.acts_for(rules, "assessor")[0]
    return conduct.enter_case(
        actor=j.clerk().as_actor(),
        member=j.assessor(),
        group="assessor",
        act_code=act.code,
        rules=rules,
        happened_on=date(YEAR, 5, 8),
        description="有记录",
    )


def reported_by(ground: Any) -> Any:
    """How long a decision may wait until its result is reported."""
    settings = ground.rules.settings
    if settings.misconduct_reported is None or not conduct.acts_for(ground.rules, "assessor"):
        return None
    told = dataclasses.replace(settings.misconduct_reported, value=True)
    rules = dataclasses.replace(
        ground.rules, settings=dataclasses.replace(settings, misconduct_reported=told)
    )
    case = conduct.reject_case(
        actor=j.head().as_actor(), case=_entered(rules), reason="无", rules=rules
    )
    assert case.report_due
    assert case.decided_on
    return (case.report_due - case.decided_on).days


def barred_for_good(ground: Any) -> list[str]:
    row = MisconductCase(group="supervisor", always=[], discretion=["lose_post", "bar_for_good"])
    decision = conduct.Decision("属实", frozenset({"lose_post"}))
    return conduct._measures(row, decision, ground.rules)


def covered(ground: Any) -> str:
    """Half of two sittings had somebody."""
    with mock.patch.object(exams_conformance, "uncovered", return_value=(2, ["第 1 场"])):
        return type(exams_conformance.internal_supervision_covers(ground.batch)).__name__


def renewed(ground: Any) -> str:
    """Whether a card of this year follows another without any appraisal between."""
    member = j.assessor()
    application = Fake(member=member, grade="assessor", kind="renewal")
    told = str(renewal.card_renewable(application, ground.rules, date(2026, 5, 20)))  # type: ignore[arg-type]
    return told.replace(member.person.name, "")


JUDGING: dict[str, Any] = {
    "appraisal_bands": by_scores,
    "renewal_appraised": renewed,
    "appraisal_grades": by_scores,
    "unqualified_after_missed": by_absences,
    "unqualified_without_session": by_one_absence,
    "dismiss_after_unqualified_years": followed(-1, 2021),
    "dismiss_consecutive": followed(-1, 2021),
    "retrain_unqualified": followed(-1),
    "reward_excellent": followed(0),
    "session_rating_grades": rated,
    "dismiss_after_refusals": refusals,
    "misconduct_reported": lambda g: _entered(g.rules).must_report,
    "misconduct_report_workdays": reported_by,
    "supervisor_permanent_bar": barred_for_good,
    "internal_supervision_coverage": covered,
    "appraisal_content": lambda g: (
        WriteForm(row=Appraisal(branch=Branch.ASSESSOR), rules=g.rules).labels
    ),
    "appraisal_due": lambda g: judging_deadlines.due_day(g.rules, YEAR),
    "appraisal_reported": lambda g: [
        each.kind for each in judging_deadlines._year(g.rules, YEAR, Branch.ASSESSOR)
    ],
    "appraise_supervisors": lambda g: verdicts.is_appraised(g.rules, Branch.SUPERVISOR),
    "assessor_bar_years": lambda g: [
        conduct._bar_years(g.rules, "assessor", each) for each in g.rules.staff_penalties
    ],
    "appeal_to": lambda g: bool(
        judging_documents._appeal_words(Fake(appealed_on=None, group="assessor"), g.rules)  # type: ignore[arg-type]
    ),
}
