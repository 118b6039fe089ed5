"""Every condition of every rulebook: all its parts qualify, and any one missing does not."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from assessment_center.conformance import matrix
from assessment_center.rulebooks import CODES, EligibilityCondition, Predicate, load
from candidates.enums import Finding
from candidates.rules.eligibility import JUDGES, Truth, judge
from candidates.rules.facts import CertificateFact, DiplomaFact, Facts, TitleFact, WorkSpell

ON = date(2026, 4, 10)
LONG_AGO = date(1990, 1, 1)
CONDITIONS = [(code, each) for code in CODES for each in load(code).conditions]


def _certificate(asked: Predicate) -> dict[str, Any]:
    return {"certificates": (CertificateFact(asked.level or 5, LONG_AGO, "1", proven=True),)}


def _title(asked: Predicate) -> dict[str, Any]:
    return {"titles": (TitleFact(asked.grade or "junior", LONG_AGO, proven=True),)}


def _diploma(asked: Predicate) -> dict[str, Any]:
    kind = asked.kinds[0] if asked.kinds else "college"
    held = DiplomaFact(kind, LONG_AGO, final_year=True, related=True, proven=True, registered=True)
    return {"diplomas": (held, replace(held, graduated_on=None))}


WORKED = {"work": (WorkSpell(LONG_AGO, None, "厂", proven=True),)}
GIVEN: dict[str, Callable[[Predicate], dict[str, Any]]] = {
    "age_min": lambda asked: {"birth": date(ON.year - (asked.years or 0), ON.month, ON.day)},
    "intends_to_work": lambda _asked: {"intends_to_work": True},
    "works_in_occupation": lambda _asked: WORKED,
    "work_years": lambda _asked: WORKED,
    "has_certificate": _certificate,
    "years_since_certificate": _certificate,
    "work_years_after_certificate": lambda asked: _certificate(asked) | WORKED,
    "diploma": _diploma,
    "school_kind": _diploma,
    "final_year_or_graduate": _diploma,
    "graduate": _diploma,
    "enrolled": _diploma,
    "own_student": _diploma,
    "title": _title,
    "work_years_after_title": lambda asked: _title(asked) | WORKED,
    "years_since_title": _title,
    "class_kind": _diploma,
    "excellent": lambda _asked: {"excellent": True, "excellence_proven": True},
    "one_x_certificate": lambda asked: {"one_x": ((asked.grades[0], True),)},
    "related_courses_passed": lambda _asked: {"courses_passed": True},
    "credits_earned": lambda _asked: {"credits_earned": True},
    "contest_result": lambda _asked: {"contest_met": True},
    "own_staff": lambda _asked: {"own_staff": True},
}


def qualified(condition: EligibilityCondition) -> Facts:
    """Facts that meet every part of a condition, as strong as the strongest part asks."""
    told: dict[str, Any] = {}
    for asked in condition.all:
        for name, value in GIVEN[asked.predicate](asked).items():
            told[name] = (*told.get(name, ()), *value) if isinstance(value, tuple) else value
    return Facts(ON, **told)


def without(facts: Facts, asked: Predicate) -> Facts:
    """The same person without anything this part could rest on."""
    blank = Facts(ON)
    names = set(GIVEN[asked.predicate](asked))
    return replace(
        facts, **{f.name: getattr(blank, f.name) for f in fields(Facts) if f.name in names}
    )


@pytest.mark.parametrize(
    ("code", "condition"), CONDITIONS, ids=[f"{code} {each.id}" for code, each in CONDITIONS]
)
def test_all_of_a_condition_qualifies_and_any_part_missing_does_not(
    code: str, condition: EligibilityCondition
) -> None:
    facts = qualified(condition)
    route = condition.routes[0] if condition.routes else "exam"
    verdict = judge(conditions=(condition,), level=condition.level, route=route, facts=facts)
    assert verdict.finding == Finding.ELIGIBLE, code
    assert verdict.best is not None
    assert verdict.best.citations == condition.cite
    for asked in condition.all:
        bare = without(facts, asked)
        assert JUDGES[asked.predicate](asked, bare).truth < Truth.TRUE
        short = judge(conditions=(condition,), level=condition.level, route=route, facts=bare)
        assert short.finding != Finding.ELIGIBLE, (condition.id, asked.predicate)


def test_every_row_of_the_levels_is_a_condition() -> None:
    """Every rulebook that cites a row of the levels has the condition of that name."""
    for code in CODES:
        rules = load(code)
        known = {each.id for each in rules.conditions}
        cited = {
            row.id
            for row in matrix.rows()
            if row.id.startswith("ELIG-L") and rules.identity.short in row.rulebooks
        }
        assert cited <= known, code
