"""The people of the demo: departments, classes and students, and whom the staff are taken from."""

from datetime import date
from itertools import cycle

from assessment_center.accounts.enums import Role
from assessment_center.batches.demo_facts import DEPARTMENTS, ENROLLED, GRADUATION
from assessment_center.demo import Demo
from assessment_center.people.demo_data import DemoPerson, demo_people
from assessment_center.people.enums import StudentStatus
from assessment_center.people.models import Department, Person, SchoolClass
from assessment_center.people.posts import set_post
from assessment_center.people.services import enrol, ensure_person, save_class, save_department
from assessment_center.registry import SYSTEM

GROWN_UP = date(1996, 1, 1)
SPARE_STUDENTS = 160


def people(demo: Demo) -> None:
    """Departments, classes and students; another rulebook's demo has students of its own."""
    actor = demo.actor(Role.CLERK)
    classes = cycle(_classes(demo))
    count = demo.candidates + SPARE_STUDENTS
    for place, who in enumerate(crowd_of(demo, grown_up=False)[:count], start=1):
        enrol(
            actor=actor,
            person=enter(demo, who),
            school_class=next(classes),
            student_number=f"{demo.rulebook[:2].upper()}{ENROLLED}{place:05d}",
            status=StudentStatus.FINAL_YEAR,
        )
    _posts(demo)
    demo.say(f"学生 {count} 人")


def _posts(demo: Demo) -> None:
    """One clerk for the whole college, and one who sees the applications of his department only."""
    first = Department.objects.order_by("code").first()
    for key, department in (("department", None), ("department_clerk", first)):
        if key in demo.users:
            set_post(actor=SYSTEM, user=demo.users[key], department=department)


def crowd_of(demo: Demo, *, grown_up: bool) -> list[DemoPerson]:
    """Invented people of this demo; the staff are taken from the front of the grown-ups."""
    seed = sum(demo.rulebook.encode())
    everybody = demo_people(2 * demo.candidates + 1800, seed)
    return [who for who in everybody if (who.birth < GROWN_UP) == grown_up]


def enter(demo: Demo, who: DemoPerson) -> Person:
    """Into the register of people."""
    return ensure_person(
        actor=demo.actor(Role.CLERK),
        name=who.name,
        id_kind="resident",
        id_number=who.id_number,
        phone=who.phone,
    )


def _classes(demo: Demo) -> list[SchoolClass]:
    if SchoolClass.objects.exists():
        return list(SchoolClass.objects.all())
    actor = demo.actor(Role.CLERK)
    made = []
    for code, name, majors in DEPARTMENTS:
        department = save_department(actor=actor, name=name, code=code)
        for major, count in majors:
            made += [
                save_class(
                    actor=actor,
                    department=department,
                    name=f"{major}{ENROLLED}级{number}班",
                    major=major,
                    enrolled_year=ENROLLED,
                    graduation_year=GRADUATION,
                )
                for number in range(1, count + 1)
            ]
    return made
