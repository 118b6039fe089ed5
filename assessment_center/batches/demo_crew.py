"""The staff of the demo: taken on with their cards, and whom they teach."""

from datetime import date
from itertools import cycle

from assessment_center.accounts.enums import Role
from assessment_center.batches.demo_crowd import crowd_of, enter
from assessment_center.batches.demo_facts import SCOPE
from assessment_center.catalog.models import Occupation
from assessment_center.catalog.selectors import occupation_by_code
from assessment_center.demo import Demo
from assessment_center.people.demo_data import DemoPerson
from assessment_center.people.models import Department, SchoolClass
from assessment_center.people.services import assign_teaching
from assessment_center.personnel.enums import Grade
from assessment_center.personnel.models import StaffMember
from assessment_center.personnel.services import add_qualification, next_card_number, save_member

STAFF = (
    (Grade.PROCTOR, 24),
    (Grade.SUPERVISOR_INTERNAL, 12),
    (Grade.SUPERVISOR_EXTERNAL, 2),
    (Grade.EXPERT, 5),
    (Grade.STAFF, 8),
)
EACH_PROCTOR = 12
ASSESSORS_EACH = 12
SENIORS_EACH = 9
CARD_FROM, CARD_UNTIL = date(2025, 1, 1), date(2027, 12, 31)
TERM = "2025-2026-2"


def staff(demo: Demo) -> None:
    """Proctors, assessors of every occupation, supervisors, experts, helpers; all with cards."""
    crowd = iter(crowd_of(demo, grown_up=True))
    departments = cycle(Department.objects.all())
    for grade, least in STAFF:
        count = max(least, demo.candidates // EACH_PROCTOR) if grade is Grade.PROCTOR else least
        for _place in range(count):
            _take_on(demo, next(crowd), next(departments), grade)
    for occupation in scope_occupations():
        for place in range(1, ASSESSORS_EACH + 1):
            grade = Grade.SENIOR_ASSESSOR if place <= SENIORS_EACH else Grade.ASSESSOR
            _take_on(demo, next(crowd), next(departments), grade, occupation)
    _teaching(demo)
    demo.say(f"考务人员 {StaffMember.objects.count()} 人")


def scope_occupations() -> list[Occupation]:
    """The occupations the demo centre is filed for."""
    return [occupation_by_code(code) for code, *_rest in SCOPE]


def _take_on(
    demo: Demo,
    who: DemoPerson,
    department: Department,
    grade: Grade,
    occupation: Occupation | None = None,
) -> StaffMember:
    actor = demo.actor(Role.CLERK)
    external = grade is Grade.SUPERVISOR_EXTERNAL
    member = save_member(
        actor=actor,
        person=enter(demo, who),
        department=None if external else department,
        title="讲师",
        is_external=external,
    )
    add_qualification(
        actor=actor,
        member=member,
        grade=grade,
        card_number=next_card_number(grade, CARD_FROM),
        occupations=[occupation] if occupation else [],
        valid_from=CARD_FROM,
        valid_until=CARD_UNTIL,
        issuer=demo.centre.authority_name if external and demo.centre else "",
    )
    return member


def _teaching(demo: Demo) -> None:
    """Every class is taught by one proctor and one assessor, who then keep away from it."""
    teachers = cycle(StaffMember.objects.filter(is_external=False).select_related("person"))
    for school_class in SchoolClass.objects.all():
        for _course in range(2):
            assign_teaching(
                actor=demo.actor(Role.CLERK),
                teacher=next(teachers).person,
                school_class=school_class,
                term=TERM,
                course=school_class.major,
            )
