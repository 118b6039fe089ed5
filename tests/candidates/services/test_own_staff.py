"""In the college's service: what its register says decides, for conditions and for the circle."""

from datetime import date

import pytest

from assessment_center.people import services as people
from assessment_center.people.enums import StudentStatus
from assessment_center.people.models import Person, StudentRecord
from assessment_center.personnel.models import StaffMember
from assessment_center.personnel.selectors import is_own_staff
from assessment_center.registry import SYSTEM, RefusedError
from assessment_center.rulebooks import load
from candidates import selectors
from candidates.enums import EvidenceKind, Finding
from candidates.models import Application
from candidates.rules.declaration import Declaration
from candidates.rules.facts import TitleFact
from candidates.services import registration
from tests.factories import candidates as c
from tests.factories import foundation as f
from tests.factories import recognition as r

pytestmark = pytest.mark.django_db


def applied(person, level):
    draft = begun(person, level)
    told = Declaration(titles=(TitleFact("senior", date(2015, 9, 1)),))
    Application.objects.filter(pk=draft.pk).update(declaration=told.as_json())
    return selectors.applications().get(pk=draft.pk)


def begun(person, level, route="exam", rulebook="henan"):
    batch = f.make_batch(rulebook=rulebook)
    offering = f.make_offering(batch, level=level, route=route)
    f.announced(batch)
    return registration.start_application(
        actor=SYSTEM, person=person, offering=offering, received_at=r.RECEIVED
    )


@pytest.mark.parametrize("level", [2, 1])
def test_title_and_years_count_for_registered_staff_only(level) -> None:
    member = f.make_member()
    teacher, student = member.person, c.make_candidate()
    titled = {EvidenceKind.TITLE}
    own = applied(teacher, level)
    assert selectors.verdict_of(own, kinds=titled).finding == Finding.ELIGIBLE
    assert selectors.verdict_of(own, kinds=set()).finding == Finding.UNPROVEN
    other = applied(student, level)
    verdict = selectors.verdict_of(other, kinds=titled)
    staffed = [one for one in verdict.conditions if one.condition_id.startswith("ELIG-HN-")]
    assert staffed
    assert not any(one.truth for one in staffed)
    told = {p.fact for one in staffed for p in one.predicates if p.predicate == "own_staff"}
    assert told == {"没有登记为本校在职教职工"}


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_external": True}])
def test_who_left_or_comes_from_outside_is_not_of_the_house(change) -> None:
    member = f.make_member()
    assert is_own_staff(member.person)
    StaffMember.objects.filter(pk=member.pk).update(**change)
    assert not is_own_staff(StaffMember.objects.get(pk=member.pk).person)
    assert not is_own_staff(f.make_person())


def first_year() -> Person:
    person = c.make_candidate()
    StudentRecord.objects.filter(person=person).update(status=StudentStatus.ENROLLED)
    return Person.objects.get(pk=person.pk)


def test_examinations_are_for_the_last_year_where_the_rulebook_says_so() -> None:
    with pytest.raises(RefusedError, match="毕业学年") as refused:
        begun(first_year(), 5)
    assert (
        refused.value.refusal.citations == load("henan").settings.exam_students_final_year.citations
    )
    assert begun(first_year(), 5, rulebook="chongqing")  # a rulebook that says nothing of it
    teacher = f.make_member().person
    people.enrol(
        actor=SYSTEM,
        person=teacher,
        school_class=f.make_class(),
        student_number="S90000001",
        status=StudentStatus.ENROLLED,
    )
    teacher = Person.objects.get(pk=teacher.pk)
    assert begun(teacher, 2)
