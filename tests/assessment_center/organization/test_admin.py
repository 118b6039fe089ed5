"""Every register of the foundation opens, finds and saves through its service."""

import pytest
from django.test import Client
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.organization.models import AssessmentCentre
from assessment_center.people.models import Department, SchoolClass
from assessment_center.personnel.enums import Grade
from assessment_center.personnel.models import Qualification, StaffMember
from tests.factories.foundation import (
    announced,
    make_batch,
    make_centre,
    make_class,
    make_department,
    make_filing,
    make_member,
    make_occupation,
    make_person,
    make_rulebook,
    make_scope,
    make_student,
    make_user,
)

pytestmark = pytest.mark.django_db
REGISTERS = (
    "organization_assessmentcentre",
    "organization_filing",
    "organization_filedscope",
    "people_department",
    "people_schoolclass",
    "people_person",
    "people_studentrecord",
    "personnel_staffmember",
    "personnel_qualification",
    "batches_annualplan",
    "batches_assessmentbatch",
    "batches_announcement",
)


@pytest.fixture
def clerk(client: Client) -> Client:
    client.force_login(make_user(Role.CLERK))
    return client


@pytest.fixture
def full() -> None:
    announced(make_batch())
    make_student()
    make_member(Grade.PROCTOR)


@pytest.mark.usefixtures("full")
def test_registers_open_and_search(clerk: Client) -> None:
    for name in REGISTERS:
        address = reverse(f"admin:{name}_changelist")
        assert clerk.get(address).status_code == 200, name
        assert clerk.get(address, {"q": "a"}).status_code == 200, name


def test_registers_are_closed_to_item_writers(client: Client) -> None:
    client.force_login(make_user(Role.ITEM_WRITER))
    for name in REGISTERS:
        assert client.get(reverse(f"admin:{name}_changelist")).status_code == 403, name


def test_departments_and_classes_are_entered(clerk: Client) -> None:
    clerk.post(
        reverse("admin:people_department_add"), {"name": "机电系", "code": "JD", "is_active": "on"}
    )
    department = Department.objects.get()
    facts = {
        "department": department.pk,
        "name": "机电1班",
        "major": "机电",
        "schooling": "higher_vocational",
        "enrolled_year": 2024,
        "graduation_year": 2027,
    }
    clerk.post(reverse("admin:people_schoolclass_add"), facts)
    made = SchoolClass.objects.get()
    assert (made.name, made.department) == ("机电1班", department)
    wrong = {**facts, "graduation_year": 2020}
    answer = clerk.post(reverse("admin:people_schoolclass_change", args=[made.pk]), wrong)
    assert "毕业年份应晚于入学年份" in answer.text
    clerk.post(
        reverse("admin:people_schoolclass_change", args=[made.pk]), {**facts, "major": "电气"}
    )
    made.refresh_from_db()
    assert made.major == "电气"


def test_centre_filing_and_scope_are_entered(clerk: Client) -> None:
    centre = make_centre()
    facts = {
        "name": "新名学院",
        "short_name": "新名",
        "province_code": "50",
        "authority_name": "市中心",
        "seal_name": "新名学院章",
    }
    clerk.post(reverse("admin:organization_assessmentcentre_change", args=[centre.pk]), facts)
    assert AssessmentCentre.objects.get().name == "新名学院"
    clerk.post(
        reverse("admin:organization_filing_add"),
        {
            "centre": centre.pk,
            "number": "Y000050000001",
            "rulebook_version": make_rulebook().pk,
            "valid_from": "2026-01-01",
            "valid_until": "2026-12-31",
        },
    )
    assert centre.filings.get().number == "Y000050000001"


def test_staff_and_cards_are_entered(clerk: Client) -> None:
    person, department = make_person(), make_department()
    clerk.post(
        reverse("admin:personnel_staffmember_add"),
        {"person": person.pk, "department": department.pk, "title": "讲师", "is_active": "on"},
    )
    member = StaffMember.objects.get()
    assert member.person == person
    clerk.post(
        reverse("admin:personnel_qualification_add"),
        {"member": member.pk, "grade": "proctor", "card_number": "K1", "valid_from": "2026-01-01"},
    )
    assert Qualification.objects.get().card_number == "K1"


def test_people_are_found_by_initials_and_masked_number(clerk: Client) -> None:
    from assessment_center.people.selectors import id_number

    one = make_student(make_class(), name="单雄信")
    make_person("李大海")
    url = reverse("admin:people_person_changelist")
    for words in ("单雄", "sxx", "shan xiong", one.id_masked):
        answer = clerk.get(url, {"q": words})
        assert "单雄信" in answer.text
        assert "李大海" not in answer.text
    assert id_number(one) not in clerk.get(url).text


def test_scope_can_be_widened(clerk: Client) -> None:
    filing = make_filing()
    line = make_scope(make_occupation(), filing=filing)
    other = make_occupation("焊工")
    answer = clerk.post(
        reverse("admin:organization_filedscope_add"),
        {
            "filing": filing.pk,
            "occupation": other.pk,
            "levels": "9",
            "standard": line.standard_id,
        },
    )
    assert "规程没有这些等级" in answer.text
