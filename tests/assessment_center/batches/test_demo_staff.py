"""The demo's staff file under every rulebook; a second loading adds only what is missing."""

import random

import pytest

from assessment_center.batches.demo_staff import files
from assessment_center.demo import Demo
from assessment_center.personnel.enums import ApplicationStatus, Grade
from assessment_center.personnel.models import (
    Engagement,
    QualificationApplication,
    StaffMember,
    Undertaking,
)
from assessment_center.rulebooks import CODES
from tests.assessment_center.personnel.build import filed
from tests.factories.foundation import id_number, make_member, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-20 10:00:00+08:00")]


@pytest.mark.parametrize("code", CODES)
def test_the_demo_stands_under_every_rulebook(code: str) -> None:
    filed(code)
    for place, grade in enumerate((Grade.PROCTOR,) * 3 + (Grade.EXPERT,) * 2):
        member = make_member(grade)
        grown = make_person(number=id_number(700 + place, birth="19850310"))
        StaffMember.objects.filter(pk=member.pk).update(person=grown)
    said: list[str] = []
    demo = Demo(code, 40, said.append, random.Random(1))
    files(demo)
    states = set(QualificationApplication.objects.values_list("status", flat=True))
    assert states == {
        ApplicationStatus.CARDED,
        ApplicationStatus.RECOMMENDED,
        ApplicationStatus.REFUSED,
    }
    letters = Engagement.objects.filter(grade=Grade.EXPERT).count()
    promises = Undertaking.objects.count()
    files(demo)
    assert QualificationApplication.objects.count() == 3
    assert Engagement.objects.filter(grade=Grade.EXPERT).count() == letters == 2
    assert Undertaking.objects.count() == promises
