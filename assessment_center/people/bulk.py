"""Entering many new people and students at once, in few statements."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record_many
from assessment_center.people import reach, services
from assessment_center.people.models import Person, SchoolClass, StudentRecord
from assessment_center.registry import Actor, RefusedError, SubjectRef
from assessment_center.registry.copying import copy_in, copy_values


@dataclass(frozen=True, slots=True)
class NewPerson:
    name: str
    id_kind: str
    id_number: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class NewStudent:
    person: Person
    school_class: SchoolClass
    student_number: str
    status: str


@transaction.atomic
def enter_people(*, actor: Actor, people: Sequence[NewPerson]) -> list[Person]:
    """Enter people who are not known yet, in their order; all or none.

    Refuses an impossible name or number, and any of them who was entered in the meantime.
    """
    services.require_entering(actor)
    made = [
        services.new_person(each.name, each.id_kind, each.id_number, each.phone) for each in people
    ]
    return save_people(actor=actor, made=made)


@transaction.atomic
def save_people(*, actor: Actor, made: Sequence[Person]) -> list[Person]:
    """As `enter_people`, of people checked and sealed already."""
    services.require_entering(actor)
    try:
        with transaction.atomic():
            copy_in(Person, made)
    except IntegrityError as fault:
        raise RefusedError(
            _("其中有人刚刚被别人登记。"), remedy=_("请重新上传，已登记的不会重复。")
        ) from fault
    record_many(
        actor=actor,
        verb="person.enter",
        subjects=[(person.ref, {"kind": person.id_kind}) for person in made],
    )
    return list(made)


@transaction.atomic
def enrol_many(*, actor: Actor, students: Sequence[NewStudent]) -> None:
    """Enrol people who have no student record yet; a student number belongs to one person."""
    services.require_entering(actor)
    if not actor.may(Act.PEOPLE_MANAGE):
        for school_class in {each.school_class for each in students}:
            reach.require_class(actor, Act.APPLICATION_ENTER, school_class)
    at = timezone.now()
    made: list[dict[str, Any]] = [
        {
            "id": uuid.uuid4(),
            "created_at": at,
            "person_id": each.person.pk,
            "school_class_id": each.school_class.pk,
            "student_number": each.student_number.strip(),
            "status": each.status,
        }
        for each in students
    ]
    numbers = [str(student["student_number"]) for student in made]
    taken = StudentRecord.objects.filter(student_number__in=numbers).first()
    number = taken.student_number if taken else _first_double(numbers)
    if number:
        raise RefusedError(_("学号 %(number)s 已属于另一名学生。") % {"number": number})
    copy_values(StudentRecord, made)
    kind = StudentRecord._meta.label_lower  # noqa: SLF001 - as `Record.ref` names it
    record_many(
        actor=actor,
        verb="student.enrol",
        subjects=[(SubjectRef(kind, one["id"]), {"status": one["status"]}) for one in made],
    )


def _first_double(numbers: Sequence[str]) -> str:
    seen: set[str] = set()
    for number in numbers:
        if number in seen:
            return number
        seen.add(number)
    return ""
