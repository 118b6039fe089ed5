"""Many people at once: all or none, one trail entry each, nobody twice."""

import pytest

from assessment_center.accounts.enums import Role
from assessment_center.audit.models import AuditEntry
from assessment_center.people.bulk import NewPerson, NewStudent, enrol_many, enter_people
from assessment_center.people.models import Person, StudentRecord
from assessment_center.people.selectors import find_by_id, id_number
from assessment_center.registry import SYSTEM, RefusedError
from tests.factories.foundation import id_number as number_of
from tests.factories.foundation import make_class, make_person, make_student, make_user

pytestmark = pytest.mark.django_db


def _new(*steps: int) -> list[NewPerson]:
    return [NewPerson(f"王{'安博晨大恩'[step % 5]}", "resident", number_of(step)) for step in steps]


def test_people_are_entered_in_order_and_found_again() -> None:
    made = enter_people(actor=SYSTEM, people=_new(901, 902, 903))
    assert [id_number(person) for person in made] == [number_of(n) for n in (901, 902, 903)]
    assert find_by_id("resident", number_of(902)) == made[1]
    assert AuditEntry.objects.filter(verb="person.enter").count() == 3
    assert made[0].initials
    assert made[0].birth


def test_one_known_already_refuses_all() -> None:
    make_person("王安", number=number_of(905))
    with pytest.raises(RefusedError, match="刚刚被别人登记"):
        enter_people(actor=SYSTEM, people=_new(904, 905))
    assert Person.objects.count() == 1


def test_an_impossible_number_refuses_all() -> None:
    wrong = NewPerson("王安", "resident", number_of(906)[:-1])
    with pytest.raises(RefusedError):
        enter_people(actor=SYSTEM, people=[*_new(907), wrong])
    assert not Person.objects.exists()


def test_only_who_enters_people_may() -> None:
    actor = make_user(Role.ARCHIVIST).as_actor()
    with pytest.raises(RefusedError, match="角色"):
        enter_people(actor=actor, people=_new(908))
    with pytest.raises(RefusedError, match="角色"):
        enrol_many(actor=actor, students=[])


def test_students_are_enrolled_with_their_numbers() -> None:
    school_class = make_class()
    people = enter_people(actor=SYSTEM, people=_new(911, 912))
    rows = [NewStudent(p, school_class, f" S{i} ", "enrolled") for i, p in enumerate(people)]
    enrol_many(actor=SYSTEM, students=rows)
    assert list(
        StudentRecord.objects.order_by("student_number").values_list("student_number", "person")
    ) == [
        ("S0", people[0].pk),
        ("S1", people[1].pk),
    ]


def test_a_student_number_belongs_to_one_person() -> None:
    taken = make_student().student
    people = enter_people(actor=SYSTEM, people=_new(921, 922))
    one, two = people
    with pytest.raises(RefusedError, match=taken.student_number):
        enrol_many(
            actor=SYSTEM,
            students=[NewStudent(one, taken.school_class, taken.student_number, "enrolled")],
        )
    double = [NewStudent(each, taken.school_class, "SAME", "enrolled") for each in (one, two)]
    with pytest.raises(RefusedError, match="SAME"):
        enrol_many(actor=SYSTEM, students=double)
    assert StudentRecord.objects.count() == 1
