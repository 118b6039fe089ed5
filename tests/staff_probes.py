"""What the program makes of the settings about its staff; see `mutation_probes`."""

import dataclasses
from collections.abc import Callable, Iterator
from datetime import date
from itertools import product
from types import SimpleNamespace as Fake
from typing import Any

from assessment_center.people.models import Person
from assessment_center.personnel.enums import Early, Employment, Grade, TitleRank
from assessment_center.personnel.models import StaffMember
from assessment_center.personnel.rules import eligibility, terms
from assessment_center.personnel.services import hiring
from assessment_center.registry import RefusedError
from exams import credentials

DAY = date(2026, 5, 20)
GOOD = eligibility.Facts(
    grade=Grade.ASSESSOR,
    on=DAY,
    born=date(1980, 1, 1),
    employment=Employment.REGULAR,
    skill_level=1,
    skill_since=date(1990, 1, 1),
    title_rank=TitleRank.SENIOR,
    title_since=date(1990, 1, 1),
    occupation_since=date(1990, 1, 1),
    assessor_since=date(1990, 1, 1),
)
YEARS = [date(2026 - n, 1, 1) for n in range(15)]


def _told(code: str, grade: Grade, **ranges: Any) -> Callable[[Any], Any]:
    """Where on a grid of facts this fault is found."""

    def look(ground: Any) -> list[Any]:
        return list(_grid(ground.rules.settings, code, grade, ranges))

    return look


def _grid(settings: Any, code: str, grade: Grade, ranges: Any) -> Iterator[Any]:
    for values in product(*ranges.values()):
        changes: dict[str, Any] = {"grade": grade, **dict(zip(ranges, values, strict=True))}
        facts = dataclasses.replace(GOOD, **changes)
        found = eligibility.faults(settings, facts)
        yield [(each.need, each.have) for each in found if each.code == code]


def _by_level(grade: Grade) -> Callable[[Any], Any]:
    return _told("entry", grade, title_rank=[""], skill_level=range(1, 6))


def _by_title(grade: Grade) -> Callable[[Any], Any]:
    return _told("entry", grade, skill_level=[None], title_rank=["", *TitleRank])


def _hired(ground: Any) -> list[str]:
    found = []
    card = Fake(holds=lambda _day: True)
    for others in range(8):
        member = Fake(other_institutions=others)
        try:
            hiring._check_hire(ground.rules, member, Grade.ASSESSOR, DAY, card)  # type: ignore[arg-type]
        except RefusedError as refused:
            found.append(str(refused))
    return found


def _term(look: Callable[[Any, str], Any], *grades: Grade) -> Callable[[Any], Any]:
    return lambda ground: [
        cited.value if (cited := look(ground.rules.settings, grade)) else None for grade in grades
    ]


SENIOR, INNER, EXPERT = Grade.SENIOR_ASSESSOR, Grade.SUPERVISOR_INTERNAL, Grade.EXPERT
STAFF_PROBES: dict[str, Callable[[Any], Any]] = {
    "assessor_min_level": _by_level(Grade.ASSESSOR),
    "assessor_min_title": _by_title(Grade.ASSESSOR),
    "senior_min_level": _by_level(SENIOR),
    "senior_min_title": _by_title(SENIOR),
    "expert_min_level": _by_level(EXPERT),
    "expert_min_title": _by_title(EXPERT),
    "assessor_after_years": _told("after_years", Grade.ASSESSOR, occupation_since=YEARS),
    "senior_after_years": _told("assessing_years", SENIOR, assessor_since=YEARS),
    "early_years": _told("assessing_years", SENIOR, early=list(Early), assessor_since=YEARS),
    "assessor_min_age": _told(
        "age", Grade.ASSESSOR, born=[date(year, 1, 1) for year in range(1980, 2010)]
    ),
    "bars_authority_staff": _told("authority", Grade.ASSESSOR, in_authority=[True]),
    "supervisor_min_years": _told("supervisor_years", INNER, assessor_since=YEARS),
    "must_be_regular_staff": _told("regular", INNER, employment=[Employment.HIRED]),
    "expert_min_years": _told("occupation_years", EXPERT, occupation_since=YEARS),
    "expert_min_assessing_years": _told("assessing_years", EXPERT, assessor_since=YEARS),
    "expert_max_age": _told(
        "too_old", EXPERT, born=[date(year, 1, 1) for year in range(1940, 1975)]
    ),
    "expert_leader_min_years": _told("leader_years", EXPERT, leads=[True], assessor_since=YEARS),
    "expert_leader_new_years": _told(
        "leader_years", EXPERT, leads=[True], new_occupation=[True], assessor_since=YEARS
    ),
    "training_hours": lambda g: [
        bool(eligibility.training_fault(g.rules.settings, Grade.ASSESSOR, hours))
        for hours in range(80)
    ],
    "qualification_exam_parts": lambda g: [
        each.code for each in eligibility.exam_faults(g.rules.settings, "assessor", (100.0, None))
    ],
    "qualification_exam_pass": lambda g: [
        [
            each.need
            for each in eligibility.exam_faults(g.rules.settings, "assessor", (score, 100.0))
        ]
        for score in (59.0, 60.0, 61.0)
    ],
    "assessor_card_years": _term(terms.card_years, Grade.ASSESSOR, SENIOR),
    "hire_years": _term(terms.hire_years, Grade.ASSESSOR, SENIOR),
    "supervisor_years": _term(terms.card_years, INNER),
    "expert_years": _term(terms.hire_years, EXPERT),
    "max_institutions": _hired,
}


def _promised(ground: Any) -> str:
    sitting = Fake(batch=Fake(rules=ground.rules), starts_at=ground.sitting.starts_at)
    nobody = StaffMember(person=Person(name="某人"))
    try:
        credentials.require_promises(sitting, [nobody])  # type: ignore[arg-type]
    except RefusedError as refused:
        return str(refused)
    return ""


STAFF_PROBES["secrecy_agreement"] = _promised
STAFF_CITED: dict[str, Callable[[Any], Any]] = {
    "supervisor_examiner": lambda g: [
        str(each) for each in eligibility.exam_needed(g.rules.settings, INNER)
    ],
}
