"""A centre filed under a rulebook, and somebody who meets its conditions."""

from datetime import date
from typing import Any

from assessment_center.personnel import services
from assessment_center.personnel.enums import Employment, Grade, TitleRank, TrainingKind
from assessment_center.personnel.models import QualificationApplication, StaffMember
from assessment_center.registry import SYSTEM
from tests.factories.foundation import (
    id_number,
    make_filing,
    make_occupation,
    make_person,
    make_rulebook,
)

FACTS: dict[str, Any] = {
    "employment": Employment.REGULAR,
    "skill_level": 1,
    "skill_since": date(2012, 1, 1),
    "title_rank": TitleRank.SENIOR,
    "title_since": date(2014, 1, 1),
    "occupation_since": date(2005, 9, 1),
    "assessor_since": date(2016, 1, 1),
}


def filed(code: str) -> None:
    """The centre works under this rulebook, in 2025 to 2027."""
    make_filing(rulebook_version=make_rulebook(code))


def veteran(number: int = 901, **facts: Any) -> StaffMember:
    """A regular member of the staff, born in 1980, whose facts carry every grade."""
    person = make_person(number=id_number(number, birth="19800516"))
    member = services.save_member(actor=SYSTEM, person=person)
    return services.save_facts(actor=SYSTEM, member=member, **{**FACTS, **facts})


def applied(member: StaffMember, grade: Grade = Grade.ASSESSOR, **more: Any) -> Any:
    given = {
        "occupations": [make_occupation()],
        "levels": (4, 3),
        "recommendation": "同意推荐",
        "recommended_by": "机电学院",
        **more,
    }
    return services.apply_for(actor=SYSTEM, member=member, grade=grade, **given)


def course(member: StaffMember, hours: int = 48, **more: Any) -> Any:
    given = {
        "kind": TrainingKind.QUALIFICATION,
        "title": "考评员任职资格培训",
        "starts_on": date(2026, 3, 2),
        "ends_on": date(2026, 3, 9),
        "hours": 48,
        "attended": {member: hours},
        **more,
    }
    return services.record_training(actor=SYSTEM, **given)


def passed(application: QualificationApplication, **more: Any) -> Any:
    given = {
        "taken_on": date(2026, 3, 10),
        "general_score": 80,
        "professional_score": 75,
        "passed": True,
        **more,
    }
    return services.record_exam(actor=SYSTEM, application=application, **given)
