"""From an empty database to a published announcement, with nothing but Excel files and the guide."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessment_center.accounts.models import User
from assessment_center.audit.models import AuditEntry
from assessment_center.batches.models import Announcement, AnnualPlan, AssessmentBatch
from assessment_center.first_day.selectors import checklist, is_over
from assessment_center.organization.models import FiledScope
from assessment_center.people.models import Person, StudentRecord
from assessment_center.personnel.models import Qualification
from exams.models import Room
from tests.first_day import days, workbooks
from tests.first_day.conftest import ORDER

pytestmark = pytest.mark.django_db
STEPS = ("rulebook", *ORDER)


def test_the_three_offices_announce(
    frozen: Callable[..., Any], settings: Any, tmp_path: Any, rulebook: str
) -> None:
    frozen(2026, 3, 2, 9)
    settings.MEDIA_ROOT = str(tmp_path)
    head, clerk = _found_the_office(rulebook)
    _bring_everybody(clerk)
    standing = {each.step.key: each.state for each in checklist().steps}
    assert [key for key in STEPS if not standing[key].done] == []
    assert checklist().ready
    for client in (head, clerk):
        assert "可以发布公告了" in days.page(client.get(reverse("first_day:guide")))
        assert "可以发布公告了" in days.page(client.get(reverse("admin:index")))
    _a_student_comes_in(clerk)
    batch = _announce(head, clerk, rulebook)
    assert Announcement.objects.get().status == "published"
    assert batch.rules.code == rulebook
    public = days.page(Client().get(reverse("public:home")))
    assert batch.name in public
    assert is_over()
    assert "首日指引</h2>" not in days.page(clerk.get(reverse("admin:index")))


@pytest.fixture(params=["chongqing", "henan", "jilin"])
def rulebook(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def _found_the_office(rulebook: str) -> tuple[Client, Client]:
    """Head, rulebook, centre, filing, scope, accounts; the clerk comes in by his slip."""
    head = Client()
    assert head.get(reverse("admin:login")).url == reverse("first_day:begin")
    days.begin(head)
    guide = days.page(head.get(reverse("first_day:guide")))
    assert "还没有选定规程" in guide
    assert "可以发布公告了" not in guide
    assert "首日指引" in days.page(head.get(reverse("admin:index")))
    answer = head.post(reverse("first_day:rulebook"), {"code": rulebook})
    assert answer.url == reverse("first_day:guide")
    days.bring(head, "centre", workbooks.centre())
    days.bring(head, "filing", workbooks.filing(rulebook))
    days.bring(head, "scope", workbooks.scope())
    assert FiledScope.objects.count() == 2
    days.bring(head, "accounts", workbooks.accounts())
    printed = head.post(reverse("first_day:print_staff"))
    codes = days.slips_of(printed.content)
    assert set(codes) == {login for login, *_rest in workbooks.ACCOUNTS}
    return head, days.redeem("zhouxm", codes["zhouxm"])


def _bring_everybody(clerk: Client) -> None:
    for key in ("departments", "classes", "students", "rooms", "staff", "teaching"):
        days.bring(clerk, key, getattr(workbooks, key)())
    assert StudentRecord.objects.count() == len(workbooks.STUDENTS)
    assert Room.objects.get(name="101教室").capacity == 28
    card = Qualification.objects.get(card_number="KP0001")
    assert (str(card.valid_from), str(card.valid_until)) == ("2025-06-01", "2027-05-31")
    verbs = AuditEntry.objects.filter(verb="first_day.import").count()
    assert verbs == 10


def _a_student_comes_in(clerk: Client) -> None:
    school_class = StudentRecord.objects.get(student_number="2301002").school_class
    printed = clerk.post(reverse("first_day:print_class", args=[school_class.pk]))
    assert printed.headers["Content-Type"] == "application/pdf"
    code = days.slips_of(printed.content)["2301002"]
    student = Client()
    given = {"number": "2301002", "code": code, "password": "gulangyu-28", "again": "gulangyu-28"}
    assert student.post(reverse("portal:activate"), given).url == reverse("portal:home")
    assert "账号已激活" in days.page(student.get(reverse("portal:home")))
    person = Person.objects.get(name=f"钱{workbooks.RARE}")
    assert person.user is not None
    again = Client().post(reverse("portal:activate"), given)
    assert again.status_code == 422


def _announce(head: Client, clerk: Client, rulebook: str) -> AssessmentBatch:
    """Plan, batch, offering and announcement by their pages."""
    clerk.post(reverse("batches_process:index"), {"year": 2026, "notes": ""})
    plan = AnnualPlan.objects.get()
    line = FiledScope.objects.get(occupation__name="电工")
    clerk.post(
        reverse("batches_process:plan", args=[2026]),
        {"occupation": line.occupation_id, "level": 4, "forecast": 30, "planned_month": 6},
    )
    head.post(reverse("batches_process:plan_approve", args=[2026]))
    answer = clerk.post(
        reverse("batches_process:batch_new"),
        {
            "code": "A202601",
            "name": "2026年第一批职业技能等级认定",
            "plan": str(plan.pk),
            "rulebook_code": rulebook,
            "registration_opens": "2026-03-10T08:00",
            "registration_closes": "2026-04-10T17:00",
            "exam_starts": "2026-06-06",
            "exam_ends": "2026-06-07",
            "exam_place": "第一教学楼",
        },
    )
    assert answer.status_code == 303, days.page(answer)
    batch = AssessmentBatch.objects.get()
    given = {"line": str(line.pk), "level": 4, "route": "exam", "fee": "0"}
    clerk.post(reverse("batches_process:offerings", args=[batch.code]), given)
    assert batch.offerings.count() == 1
    clerk.post(reverse("batches_process:draft", args=[batch.code]))
    draft = Announcement.objects.get()
    head.post(
        reverse("batches_process:publish", args=[draft.pk]),
        {"document_number": "江职院认〔2026〕1号"},
    )
    return batch


def test_the_head_is_the_only_account_of_a_new_office() -> None:
    days.begin(Client())
    user = User.objects.get()
    assert user.roles == {"head", "administrator"}
