"""A clerk works for his departments: what he may do about candidates stops there."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from assessment_center.accounts.enums import Act, Role
from assessment_center.audit.models import AuditEntry
from assessment_center.people import posts, services
from assessment_center.people.bulk import NewStudent, enrol_many
from assessment_center.people.models import Department, DepartmentPost, StaffIdentity
from assessment_center.people.reach import reach_of
from assessment_center.registry import SYSTEM, RefusedError
from tests.factories.foundation import (
    make_class,
    make_department,
    make_person,
    make_student,
    make_user,
)

pytestmark = pytest.mark.django_db
ACT = Act.APPLICATION_VIEW


def test_without_a_post_nothing_is_within_reach() -> None:
    actor = make_user(Role.DEPARTMENT, departments=()).as_actor()
    reach = reach_of(actor, ACT)
    assert (reach.everywhere, reach.covers(None), reach.covers(make_department().pk)) == (
        False,
        False,
        False,
    )
    assert list(reach.within(Department.objects.all(), "pk")) == []


def test_a_post_reaches_its_department_and_not_who_has_none() -> None:
    own, other = make_department(), make_department("机械系")
    reach = reach_of(make_user(Role.DEPARTMENT, departments=[own]).as_actor(), ACT)
    assert [reach.covers(key) for key in (own.pk, other.pk, None)] == [True, False, False]
    assert list(reach.within(Department.objects.all(), "pk")) == [own]


def test_the_whole_college_includes_who_has_no_department() -> None:
    reach = reach_of(make_user(Role.DEPARTMENT).as_actor(), ACT)
    assert (reach.everywhere, reach.covers(None)) == (True, True)


def test_an_ended_post_reaches_nothing() -> None:
    department = make_department()
    user = make_user(Role.DEPARTMENT, departments=[department])
    posts.set_post(actor=SYSTEM, user=user, department=department, active=False)
    assert not reach_of(user.as_actor(), ACT).covers(department.pk)
    assert posts.departments_of(user) == []
    verbs = AuditEntry.objects.filter(subject_id=user.pk).values_list("verb", flat=True)
    assert {"department_post.give", "department_post.end"} <= set(verbs)


def test_another_role_that_gives_the_act_lifts_the_bound() -> None:
    department = make_department()
    both = make_user(Role.DEPARTMENT, Role.REVIEWER, departments=[department]).as_actor()
    assert reach_of(both, Act.APPLICATION_VIEW).everywhere
    assert not reach_of(both, Act.APPLICATION_FIRST_REVIEW).everywhere


def test_only_head_and_administrator_give_posts_and_nobody_to_himself() -> None:
    user, department = make_user(Role.DEPARTMENT, departments=()), make_department()
    for role in (Role.CLERK, Role.REVIEWER, Role.DEPARTMENT, Role.INSPECTOR):
        with pytest.raises(RefusedError, match="由主任或系统管理员"):
            posts.set_post(actor=make_user(role).as_actor(), user=user, department=department)
    both = make_user(Role.HEAD, Role.DEPARTMENT, departments=())
    with pytest.raises(RefusedError, match="不能给自己指定"):
        posts.set_post(actor=both.as_actor(), user=both, department=department)
    for role in (Role.HEAD, Role.ADMINISTRATOR):
        given = posts.set_post(actor=make_user(role).as_actor(), user=user, department=department)
        assert given.is_active


def test_no_post_for_candidates_nor_in_a_closed_department() -> None:
    candidate = services.open_candidate_account(
        actor=SYSTEM, person=make_person(), password="geheim-2026-lang"
    )
    with pytest.raises(RefusedError, match="考生账号不在这里指定"):
        posts.set_post(actor=SYSTEM, user=candidate, department=None)
    closed = Department.objects.create(name="旧系", code="OLD", is_active=False)
    with pytest.raises(RefusedError, match="已停用"):
        posts.set_post(actor=SYSTEM, user=make_user(Role.DEPARTMENT), department=closed)


def test_the_database_keeps_one_post_per_place() -> None:
    user = make_user(Role.DEPARTMENT)
    with pytest.raises(IntegrityError, match="department_post_once"), transaction.atomic():
        DepartmentPost.objects.create(user=user, department=None)


def test_numbers_of_other_departments_stay_closed() -> None:
    student = make_student()
    own = student.student.school_class.department
    other = make_department("机械系")
    mine = make_user(Role.DEPARTMENT, departments=[own]).as_actor()
    theirs = make_user(Role.DEPARTMENT, departments=[other]).as_actor()
    assert services.reveal_id(actor=mine, person=student, reason="核对")
    for person in (student, make_person()):
        with pytest.raises(RefusedError, match="不属于您的院系"):
            services.reveal_id(actor=theirs, person=person, reason="核对")


def test_students_are_enrolled_in_ones_own_classes() -> None:
    school_class = make_class()
    theirs = make_user(Role.DEPARTMENT, departments=[make_department("机械系")]).as_actor()
    person = make_person()
    with pytest.raises(RefusedError, match="不属于您的院系"):
        services.enrol(actor=theirs, person=person, school_class=school_class, student_number="S1")
    with pytest.raises(RefusedError, match="不属于您的院系"):
        enrol_many(actor=theirs, students=[NewStudent(person, school_class, "S1", "enrolled")])


def test_an_account_is_one_person_and_a_person_one_account(client: Client) -> None:
    head, user, person = make_user(Role.HEAD), make_user(Role.REVIEWER), make_person()
    client.force_login(head)
    add = reverse("admin:people_staffidentity_add")
    assert client.get(add).status_code == 200
    client.post(add, {"user": user.pk, "person": person.pk})
    assert StaffIdentity.objects.get().person == person
    with pytest.raises(RefusedError, match="已是账号"):
        posts.identify(actor=SYSTEM, user=make_user(Role.CLERK), person=person)
    other = make_person()
    assert posts.identify(actor=head.as_actor(), user=user, person=other).person == other
    with pytest.raises(RefusedError, match="由主任或系统管理员"):
        posts.identify(actor=user.as_actor(), user=head, person=person)


def test_the_head_gives_and_ends_a_post_on_its_page(client: Client) -> None:
    department = make_department()
    user = make_user(Role.DEPARTMENT, departments=())
    client.force_login(make_user(Role.HEAD))
    page = client.get(reverse("admin:people_departmentpost_add")).text
    assert user.display_name in page
    facts = {"user": user.pk, "department": department.pk, "is_active": "on"}
    client.post(reverse("admin:people_departmentpost_add"), facts)
    post = DepartmentPost.objects.get(user=user)
    assert (post.department, post.is_active) == (department, True)
    again = client.post(reverse("admin:people_departmentpost_add"), facts)
    assert "已有这个院系的任职" in again.text
    client.post(reverse("admin:people_departmentpost_change", args=[post.pk]), {})
    post.refresh_from_db()
    assert not post.is_active
