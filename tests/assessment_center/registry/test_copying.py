"""Rows sent by COPY are the rows a save would make, and the table's own promises still hold."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from assessment_center.audit.models import AuditEntry
from assessment_center.people.enums import StudentStatus
from assessment_center.people.models import Person, SchoolClass, StudentRecord
from assessment_center.people.rules.id_document import validate
from assessment_center.people.services import build_person
from assessment_center.registry.copying import copy_in
from tests.factories import foundation as f

pytestmark = pytest.mark.django_db


def fresh(number: int) -> Person:
    return build_person("欧阳\t小\\明·娜", validate(f.id_number(number)), "13800000000")


def facts(row: object) -> dict[str, object]:
    found = {k: v for k, v in vars(row).items() if k not in {"_state", "created_at"}}
    return {k: bytes(v) if isinstance(v, memoryview) else v for k, v in found.items()}


def test_what_is_copied_reads_as_what_was_given() -> None:
    people = [fresh(1), fresh(2)]
    assert copy_in(Person, people) == 2
    for person in people:
        found = Person.objects.get(pk=person.pk)
        assert facts(found) == facts(person)
        assert found.created_at is not None
        assert not person._state.adding
    assert people[0].birth == date(2005, 10, 16)


def test_a_member_of_an_enumeration_is_stored_as_its_value() -> None:
    person = fresh(1)
    copy_in(Person, [person])
    made = StudentRecord(
        person=person, school_class=f.make_class(), student_number="S1", status=StudentStatus.LEFT
    )
    copy_in(StudentRecord, [made])
    assert StudentRecord.objects.filter(status="left").count() == 1


def test_the_constraints_of_the_table_hold() -> None:
    person = fresh(1)
    copy_in(Person, [person])
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_in(Person, [fresh(1)])
    stray = StudentRecord(person=person, school_class_id=uuid4(), status="enrolled")
    copy_in(StudentRecord, [stray])
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.check_constraints()
    StudentRecord.objects.all().delete()
    assert Person.objects.count() == 1


def test_nothing_copies_nothing() -> None:
    assert copy_in(SchoolClass, []) == 0
    assert copy_in(AuditEntry, []) == 0
