"""The clerk of a department sees, reviews, enters and prints his department's candidates only."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.batches.cockpit import forms_of
from assessment_center.batches.printing import render
from assessment_center.people.models import Department
from assessment_center.people.posts import set_post
from assessment_center.registry import SYSTEM, RefusedError
from assessment_center.registry.entries import batch_stages, documents
from candidates import panels, selectors
from candidates.models import Application
from candidates.services import registration, review
from candidates.services.importing import import_sheet
from tests.candidates.sheets import row_for, workbook
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def url(name: str, *args: Any) -> str:
    return reverse(f"candidates_office:{name}", args=args)


@pytest.fixture
def rows() -> tuple[Application, Application]:
    """One application of one's own department and one of another's."""
    offering = c.make_open_offering()
    return c.make_submitted(offering), c.make_submitted(offering)


@pytest.fixture
def clerk(rows: tuple[Application, Application]) -> Any:
    return f.make_user(Role.DEPARTMENT, departments=[rows[0].department])


def test_lists_and_counts_hold_ones_own(
    client: Client, rows: tuple[Application, Application], clerk: Any
) -> None:
    own, other = rows
    client.force_login(clerk)
    page = client.get(url("queue", own.batch.code)).text
    assert own.number in page
    assert other.number not in page
    assert "有 1 份申报" in client.get(url("bulk", own.batch.code)).text
    assert "待初审 1" in client.get(url("queue", own.batch.code)).text
    row = client.get(url("home")).text.partition(own.batch.name)[2]
    assert row.count('<td class="n">1</td>') == 2
    actor = clerk.as_actor()
    assert [line.title for line in panels.waiting_lines(actor)] == [f"{own.batch.name} · 待初审 1"]
    assert panels.by_week(actor) == [("04-06", 1.0)]
    view = batch_stages["review"].view(own.batch, actor)
    assert view.facts[0].value == 1
    assert selectors.counts_by_state(own.batch) == {"submitted": 2}


def test_searching_finds_nobody_elsewhere(
    client: Client, rows: tuple[Application, Application], clerk: Any
) -> None:
    client.force_login(clerk)
    other = rows[1]
    page = client.post(url("queue", other.batch.code), {"words": other.number}, follow=True).text
    assert other.person.name not in page


def test_another_departments_application_is_not_there(
    client: Client, rows: tuple[Application, Application], clerk: Any
) -> None:
    client.force_login(clerk)
    own, other = rows
    for name in ("application", "photo", "form"):
        assert client.get(url(name, own.pk)).status_code == 200
        assert client.get(url(name, other.pk)).status_code == 404
    assert client.post(url("first_review", other.pk)).status_code == 404
    assert client.post(url("return", other.pk), {"reason": "x"}).status_code == 404


def test_the_services_refuse_it_too(rows: tuple[Application, Application], clerk: Any) -> None:
    actor, other = clerk.as_actor(), rows[1]
    with pytest.raises(RefusedError, match="不属于您的院系"):
        review.first_review(actor=actor, application=other)
    with pytest.raises(RefusedError, match="不属于您的院系"):
        review.return_application(actor=actor, application=other, reason="x")
    with pytest.raises(RefusedError, match="不属于您的院系"):
        registration.attach_photo(actor=actor, application=other, content=c.picture())
    assert review.first_review(actor=actor, application=rows[0]).status == "first_reviewed"


def test_registers_and_their_exports_hold_ones_own(client: Client, clerk: Any) -> None:
    one, two = c.make_admitted(), c.make_admitted()
    set_post(actor=SYSTEM, user=clerk, department=one.department)
    client.force_login(clerk)
    for name in ("application", "feepayment"):
        page = client.get(reverse(f"admin:candidates_{name}_changelist")).text
        assert one.number in page
        assert two.number not in page
    opened = client.get(reverse("admin:candidates_application_change", args=[two.pk]))
    assert opened.status_code == 302


def test_what_is_printed_of_the_whole_batch_is_not_the_departments(
    rows: tuple[Application, Application], clerk: Any
) -> None:
    own, batch = rows[0], rows[0].batch
    actor = clerk.as_actor()
    names = [stem for stem, _content in documents["application-form"].render(batch, actor)]
    assert names == [f"{own.number} {own.person.name}"]
    offered = {kind.slug for kind in forms_of(batch, actor)}
    assert "application-form" in offered
    assert "candidate-roll" not in offered
    with pytest.raises(RefusedError, match="不能打印"):
        render(batch, "candidate-roll", actor)
    whole = c.department_user().as_actor()
    assert "candidate-roll" in {kind.slug for kind in forms_of(batch, whole)}


def test_a_sheet_brings_in_ones_own_students(clerk: Any) -> None:
    offering = c.make_open_offering()
    school_class = f.make_class(name="别系2301班", major=c.MAJOR)
    row = {"班级": school_class.name, "学号": "X1"}
    report = import_sheet(
        actor=clerk.as_actor(), batch=offering.batch, content=workbook([row_for(1, **row)])
    )
    assert not report.written
    assert [p.header for p in report.problems] == ["班级"]
    assert "不属于您的院系" in report.problems[0].message
    set_post(actor=SYSTEM, user=clerk, department=school_class.department)
    done = import_sheet(
        actor=clerk.as_actor(), batch=offering.batch, content=workbook([row_for(1, **row)])
    )
    assert done.written


def test_who_has_no_class_is_entered_by_the_whole_colleges_clerk(clerk: Any) -> None:
    offering = c.make_open_offering()
    content = workbook([row_for(1)])
    report = import_sheet(actor=clerk.as_actor(), batch=offering.batch, content=content)
    assert "没有班级的考生由全校经办人报名" in report.problems[0].message


def test_a_clerk_without_department_sees_an_explanation(
    client: Client, rows: tuple[Application, Application]
) -> None:
    client.force_login(f.make_user(Role.DEPARTMENT, departments=()))
    page = client.get(url("queue", rows[0].batch.code)).text
    assert rows[0].number not in page
    assert "还没有指定您的院系" in page
    assert Department.objects.count() == 2
