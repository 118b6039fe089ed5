"""The pages of the staff's file: lights, acts, refusals with their basis, errors beside fields."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.deadlines.models import Deadline
from assessment_center.organization.selectors import active_centre
from assessment_center.people.models import Tie
from assessment_center.personnel import services
from assessment_center.personnel.deadline_sources import card_deadlines, hire_deadlines
from assessment_center.personnel.enums import ApplicationStatus, Grade
from assessment_center.personnel.models import (
    Engagement,
    QualificationApplication,
    StaffMember,
    Training,
)
from assessment_center.registry import SYSTEM
from tests.assessment_center.personnel.build import applied, filed, veteran
from tests.factories.foundation import make_batch, make_member, make_person, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-05-20 10:00:00+08:00")]
TODAY = date(2026, 5, 20)


@pytest.fixture
def clerk() -> Client:
    client = Client()
    client.force_login(make_user(Role.CLERK))
    return client


def url(name: str, *args: object) -> str:
    return reverse(f"personnel_office:{name}", args=args)


def carded(number: int, until: date, grade: Grade = Grade.ASSESSOR) -> StaffMember:
    member = veteran(number)
    services.add_qualification(
        actor=SYSTEM,
        member=member,
        grade=grade,
        valid_from=date(2024, 1, 1),
        valid_until=until,
        card_number=f"K-{number}",
    )
    return member


def test_the_list_shows_lights_and_finds_by_them(clerk: Client) -> None:
    filed("henan")
    ending, expired = carded(911, date(2026, 7, 18)), carded(912, date(2026, 5, 19))
    fine = carded(913, date(2026, 12, 31))
    text = clerk.get(url("home")).content.decode()
    for word in ("即将到期", "已过期", "有效", "没有合同"):
        assert word in text, word
    for state, found in (("ending", {ending}), ("expired", {expired}), ("unhired", {ending, fine})):
        page = clerk.get(url("home"), {"state": state}).context["lines"]
        assert {line.member for line in page} == found, state
    asked = clerk.get(url("home"), {"q": "K-913"}).context["lines"]
    assert [line.member for line in asked] == [fine]
    done = clerk.post(url("hire_all"), {"signed_on": "2026-05-20"}, follow=True)
    assert "已签订聘任合同 2 份" in done.content.decode()
    assert Engagement.objects.count() == 2
    assert clerk.post(url("hire_all"), {"signed_on": "x"}).status_code == 302


def test_the_list_asks_as_often_for_three_as_for_one(clerk: Client) -> None:
    filed("henan")
    counted = []
    for number in range(921, 924):
        carded(number, date(2026, 12, 31))
        clerk.get(url("home"))
        with CaptureQueriesContext(connection) as seen:
            clerk.get(url("home"))
        counted.append(len(seen))
    assert counted[0] == counted[-1]


def test_an_application_from_the_form_to_the_card(clerk: Client) -> None:
    filed("henan")
    member = veteran()
    page = clerk.post(url("apply", member.pk), {"grade": "assessor", "kind": "first"}, follow=True)
    assert "已登记申报" in page.content.decode()
    application = QualificationApplication.objects.get()
    refused = clerk.post(url("move", application.pk, "recommend"), follow=True).content.decode()
    assert "没有填写推荐单位和推荐意见" in refused
    assert "考评人员管理办法" in refused
    clerk.post(url("move", application.pk, "withdraw"), {"reason": "补推荐意见"})
    data = {
        "grade": "assessor",
        "kind": "first",
        "levels": ["4", "3"],
        "recommended_by": "机电学院",
        "recommendation": "同意",
    }
    clerk.post(url("apply", member.pk), data)
    application = QualificationApplication.objects.exclude(status="withdrawn").get()
    clerk.post(url("move", application.pk, "recommend"))
    training = {
        "kind": "qualification",
        "title": "任职资格培训",
        "starts_on": "2026-05-01",
        "ends_on": "2026-05-08",
        "hours": "48",
        "members": [str(member.pk)],
    }
    clerk.post(url("training_add"), training)
    assert len(Training.objects.get().topics) == 4
    clerk.post(url("move", application.pk, "train"))
    exam = {"taken_on": "2026-05-10", "general_score": "88", "passed": "on"}
    clerk.post(url("exam", application.pk), exam)
    clerk.post(url("move", application.pk, "pass"))
    done = clerk.post(url("card", application.pk), {"valid_from": "2026-05-20"}, follow=True)
    assert "已发证卡 KP-2026-0001" in done.content.decode()
    application.refresh_from_db()
    assert application.status == ApplicationStatus.CARDED
    assert clerk.post(url("move", application.pk, "nothing")).status_code == 404


def test_a_contract_signed_judged_and_ended(clerk: Client) -> None:
    filed("henan")
    member = carded(931, date(2026, 12, 31))
    clerk.post(url("hire", member.pk), {"grade": "assessor", "starts": "2026-05-20"})
    engagement = Engagement.objects.get()
    assert engagement.ends == date(2026, 12, 31)
    clerk.post(url("sign", engagement.pk), {"signed_on": "2026-05-20"})
    clerk.post(url("review", engagement.pk), {"review": "胜任", "renew": "on"})
    clerk.post(url("end", engagement.pk), {"reason": "调离"})
    engagement.refresh_from_db()
    assert (engagement.signed_on, engagement.renew, engagement.ended_on) == (TODAY, True, TODAY)
    card = member.qualifications.get()
    assert "须写明原因" in clerk.post(url("revoke", card.pk), follow=True).content.decode()
    clerk.post(url("revoke", card.pk), {"reason": "违规"})
    card.refresh_from_db()
    assert card.revoked_on == TODAY


def test_what_is_wrong_stays_beside_its_field(clerk: Client) -> None:
    member = veteran()
    other = make_person("同名人")
    make_person("同名人")
    for name, data, word in (
        ("facts", {"skill_level": "9", "other_institutions": "0"}, "只有一级至五级"),
        ("hire", {"grade": "assessor", "starts": "x"}, "日期"),
        ("promise", {"kind": "secrecy", "signed_name": "", "signed_on": "2026-05-20"}, "必填"),
        ("tie", {"other": "查无此人", "kind": "kin"}, "没有找到"),
        ("tie", {"other": "同名人", "kind": "kin"}, "多人同名"),
        ("apply", {"grade": "none", "kind": "first"}, "有效"),
    ):
        page = clerk.post(url(name, member.pk), data)
        assert page.status_code == 422, name
        assert word in page.content.decode(), (name, word)
    good = make_person("独名人")
    clerk.post(url("tie", member.pk), {"other": "独名人", "kind": "kin", "note": "兄弟"})
    assert Tie.objects.count() == 1
    assert other.pk != good.pk
    clerk.post(
        url("facts", member.pk), {"skill_level": "2", "employer": "某厂", "other_institutions": "1"}
    )
    member.refresh_from_db()
    assert (member.skill_level, member.employer) == (2, "某厂")
    wrong = {"kind": "secrecy", "signed_name": "别人", "signed_on": "2026-05-20"}
    assert "与姓名" in clerk.post(url("promise", member.pk), wrong, follow=True).content.decode()


def test_those_who_only_look_see_no_acts() -> None:
    client = Client()
    client.force_login(make_user(Role.HEAD))
    member = carded(941, date(2027, 1, 1))
    application = applied(member, Grade.EXPERT)
    page = client.get(url("member", member.pk)).content.decode()
    assert "K-941" in page
    for word in ("注销证卡", "登记申报", "登记聘任"):
        assert word not in page, word
    assert client.post(url("move", application.pk, "recommend")).status_code == 403


def test_deadlines_tell_when_cards_and_terms_end() -> None:
    filed("henan")
    member = carded(951, date(2026, 12, 31))
    engagement = services.hire(
        actor=SYSTEM, member=member, grade=Grade.ASSESSOR, starts=TODAY, signed_on=TODAY
    )
    centre = active_centre()
    assert centre is not None
    hired = hire_deadlines(centre)
    assert [(each.due, each.done) for each in hired] == [(date(2026, 12, 31), False)]
    assert hired[0].citations
    services.review_engagement(actor=SYSTEM, engagement=engagement, review="胜任", renew=True)
    assert [each.done for each in hire_deadlines(centre)] == [True]
    assert len(card_deadlines(centre)) == 1
    services.revoke_card(actor=SYSTEM, card=member.qualifications.get(), reason="违规")
    assert card_deadlines(centre) == []
    assert Deadline.objects.count() == 0


def test_a_briefing_names_its_batch_and_other_courses_do_not(clerk) -> None:
    member, batch = make_member(Grade.ASSESSOR), make_batch()
    facts = {
        "kind": "briefing",
        "title": "考前集训",
        "starts_on": "2026-05-01",
        "ends_on": "2026-05-01",
        "hours": "4",
        "members": [str(member.pk)],
    }
    answer = clerk.post(url("training_add"), facts)
    assert (answer.status_code, "请选考前集训所为的批次" in answer.text) == (422, True)
    other = {**facts, "kind": "secrecy", "session": str(batch.pk)}
    assert clerk.post(url("training_add"), other).status_code == 422
    assert clerk.post(url("training_add"), {**facts, "session": "x"}).status_code == 422
    assert not Training.objects.exists()
    clerk.post(url("training_add"), {**facts, "session": str(batch.pk)})
    made = Training.objects.get()
    assert (made.batch_id, batch.name in made.session) == (batch.pk, True)
    assert made.session in clerk.get(url("training")).text
    with pytest.raises(IntegrityError, match="briefing_of_a_batch"), transaction.atomic():
        Training.objects.update(session="")
