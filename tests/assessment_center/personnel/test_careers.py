"""From application to card, under rulebooks that ask much and under one that asks nothing."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from assessment_center.accounts.enums import Role
from assessment_center.audit.models import AuditEntry
from assessment_center.personnel import policies, services
from assessment_center.personnel.enums import (
    ApplicationStatus,
    Applying,
    Employment,
    Grade,
    TrainingKind,
)
from assessment_center.personnel.lifecycle import APPLICATION
from assessment_center.personnel.models import Qualification, QualificationApplication
from assessment_center.registry import SYSTEM, Outcome, Refused, RefusedError
from assessment_center.workflow import advance, check
from tests.assessment_center.personnel.build import applied, course, filed, passed, veteran
from tests.factories.foundation import id_number, make_occupation, make_person, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-05-20 10:00:00+08:00")]
TODAY = date(2026, 5, 20)


def refusal(do: object) -> Refused:
    with pytest.raises(RefusedError) as caught:
        do()  # type: ignore[operator]
    return caught.value.refusal


def test_the_whole_way_under_a_strict_rulebook() -> None:
    filed("jilin")
    member = veteran()
    application = applied(member)
    recommended = services.recommend(actor=SYSTEM, application=application)
    assert recommended.facts["skill_level"] == 1
    assert recommended.rulebook_version is not None
    early = refusal(lambda: services.move(actor=SYSTEM, application=application, name="train"))
    assert "须满 48 学时，现登记 0 学时" in early.reason
    assert next(str(each) for each in early.citations).endswith("第十七条")
    course(member, 40)
    short = refusal(lambda: services.move(actor=SYSTEM, application=application, name="train"))
    assert "现登记 40 学时" in short.reason
    course(member, 8, title="现场模拟考评")
    services.move(actor=SYSTEM, application=application, name="train")
    unexamined = refusal(lambda: services.move(actor=SYSTEM, application=application, name="pass"))
    assert "还没有登记资格考核" in unexamined.reason
    assert unexamined.citations
    with pytest.raises(RefusedError, match="须达 60 分，有一部分为 59 分"):
        passed(application, professional_score=59)
    with pytest.raises(RefusedError, match="分 2 个部分，只登记了 1 个"):
        passed(application, professional_score=None)
    passed(application, professional_score=59, passed=False)
    failed = refusal(lambda: services.issue_card(actor=SYSTEM, application=application))
    assert "最近一次资格考核不合格" in failed.reason
    passed(application)
    services.move(actor=SYSTEM, application=application, name="pass")
    card = services.issue_card(actor=SYSTEM, application=application, decision="审定通过")
    assert (card.card_number, card.valid_from, card.valid_until) == (
        "KP-2026-0001",
        TODAY,
        date(2029, 5, 19),
    )
    application.refresh_from_db()
    assert (application.status, application.qualification) == (ApplicationStatus.CARDED, card)
    assert list(card.occupations.all()) == list(application.occupations.all())
    assert AuditEntry.objects.filter(verb="staff_application.card").count() == 1


def test_a_silent_rulebook_lets_the_employer_decide() -> None:
    filed("shandong")
    application = applied(veteran(skill_level=None, title_rank="", occupation_since=None))
    services.recommend(actor=SYSTEM, application=application)
    card = services.issue_card(actor=SYSTEM, application=application)
    assert card.valid_until is None


def test_refusals_name_the_age_the_certificate_and_the_articles() -> None:
    filed("jilin")
    person = make_person(number=id_number(77, birth="19980516"))
    young = services.save_member(actor=SYSTEM, person=person)
    told = refusal(lambda: services.recommend(actor=SYSTEM, application=applied(young)))
    assert "年龄未满 30 周岁（现 28 周岁）" in told.reason
    assert "须有三级/高级工以上职业技能等级，或中级职称以上" in told.reason
    assert len(told.citations) >= 2
    bare = applied(veteran(), recommendation="")
    assert (
        "没有填写推荐单位"
        in refusal(lambda: services.recommend(actor=SYSTEM, application=bare)).reason
    )


def test_an_exception_lifts_only_what_the_article_says_is_usual() -> None:
    filed("henan")
    person = make_person(number=id_number(78, birth="19550516"))
    old = services.save_member(actor=SYSTEM, person=person)
    facts = {
        "employment": Employment.REGULAR,
        "skill_level": 1,
        "assessor_since": date(2010, 1, 1),
    }
    services.save_facts(actor=SYSTEM, member=old, **facts)
    application = applied(old, Grade.EXPERT)
    told = refusal(lambda: services.recommend(actor=SYSTEM, application=application))
    assert "年龄一般不超过 65 周岁（现 71 周岁）" in told.reason
    services.move(actor=SYSTEM, application=application, name="withdraw", reason="改报")
    services.recommend(
        actor=SYSTEM, application=applied(old, Grade.EXPERT, exception="国家级技能大师")
    )
    young = veteran(902, assessor_since=None)
    hard = applied(young, Grade.EXPERT, exception="急需")
    assert (
        "从事考评须满 1 年"
        in refusal(lambda: services.recommend(actor=SYSTEM, application=hard)).reason
    )


def test_an_objection_of_a_higher_part_stops_recommending_and_carding(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    filed("shandong")
    application = applied(veteran())

    def barred(subject: QualificationApplication, rules: object, on: date) -> Outcome:
        assert (subject.pk, on) == (application.pk, TODAY)
        return Refused("三年内不得重新申报。")

    monkeypatch.setattr(policies, "objections", [barred])
    for do in (services.recommend, services.issue_card):
        with pytest.raises(RefusedError):
            do(actor=SYSTEM, application=application)
    monkeypatch.setattr(policies, "objections", [])
    services.recommend(actor=SYSTEM, application=application)
    monkeypatch.setattr(policies, "objections", [barred])
    with pytest.raises(RefusedError, match="三年内不得"):
        services.issue_card(actor=SYSTEM, application=application)
    assert Qualification.objects.count() == 0


def test_renewal_needs_a_card_and_new_training() -> None:
    filed("henan")
    member = veteran()
    with pytest.raises(RefusedError, match="不能续期"):
        applied(member, kind=Applying.RENEWAL)
    services.add_qualification(
        actor=SYSTEM,
        member=member,
        grade=Grade.ASSESSOR,
        valid_from=date(2023, 6, 1),
        valid_until=date(2026, 5, 31),
    )
    course(member, starts_on=date(2023, 5, 1), ends_on=date(2023, 5, 20))
    application = applied(member, kind=Applying.RENEWAL)
    services.recommend(actor=SYSTEM, application=application)
    with pytest.raises(RefusedError, match="现登记 0 学时"):
        services.move(actor=SYSTEM, application=application, name="train")
    course(member, kind=TrainingKind.RETRAINING)
    services.move(actor=SYSTEM, application=application, name="train")
    passed(application)
    card = services.issue_card(actor=SYSTEM, application=application, valid_from=date(2026, 6, 1))
    assert card.valid_until == date(2029, 5, 31)


@pytest.mark.parametrize("status", list(ApplicationStatus))
@pytest.mark.parametrize("move", [each.name for each in APPLICATION.moves])
def test_moves_are_those_of_the_table(status: ApplicationStatus, move: str) -> None:
    filed("shandong")
    application = applied(veteran())
    if status is ApplicationStatus.CARDED:
        services.recommend(actor=SYSTEM, application=application)
        services.issue_card(actor=SYSTEM, application=application)
    else:
        QualificationApplication.objects.filter(pk=application.pk).update(status=status)
    application.refresh_from_db()
    allowed = status.value in APPLICATION[move].sources
    outcome = check(machine=APPLICATION, subject=application, move=move, actor=SYSTEM)
    assert bool(outcome) is allowed
    if not allowed:
        with pytest.raises(RefusedError):
            advance(machine=APPLICATION, subject=application, move=move, actor=SYSTEM)


def test_one_open_application_a_grade_and_kept_facts() -> None:
    filed("shandong")
    member = veteran()
    application = applied(member)
    with pytest.raises(ValidationError, match="正在办理"):
        applied(member)
    services.recommend(actor=SYSTEM, application=application)
    rows = QualificationApplication.objects.filter(pk=application.pk)
    with pytest.raises(IntegrityError, match="事实不能改动"), transaction.atomic():
        rows.update(facts={"skill_level": 1, "made": "up"})
    with pytest.raises(IntegrityError, match="application_carded"), transaction.atomic():
        rows.update(status="carded")
    exam = passed(application)
    with pytest.raises(IntegrityError, match="资格考核已登记"), transaction.atomic():
        type(exam).objects.filter(pk=exam.pk).update(passed=False)
    services.move(actor=SYSTEM, application=application, name="refuse", reason="材料不实")
    with pytest.raises(IntegrityError, match="申报已办结"), transaction.atomic():
        rows.update(status="draft")
    applied(member)


def test_who_may_not_and_what_is_not_known() -> None:
    filed("shandong")
    reviewer = make_user(Role.REVIEWER).as_actor()
    member = veteran()
    with pytest.raises(RefusedError, match="不能维护考务人员"):
        services.apply_for(actor=reviewer, member=member, grade=Grade.ASSESSOR)
    application = applied(member)
    with pytest.raises(RefusedError, match="您的角色不能推荐"):
        services.recommend(actor=reviewer, application=application)
    with pytest.raises(TypeError):
        services.apply_for(actor=SYSTEM, member=member, grade=Grade.EXPERT, status="carded")
    with pytest.raises(TypeError):
        services.save_facts(actor=SYSTEM, member=member, person=None)
    with pytest.raises(ValueError, match="card"):
        services.move(actor=SYSTEM, application=application, name="card")
    with pytest.raises(RefusedError, match="推荐之后"):
        passed(application)
    services.recommend(actor=SYSTEM, application=application)
    with pytest.raises(RefusedError, match="不能晚于今天"):
        passed(application, taken_on=date(2026, 6, 1))
    with pytest.raises(ValidationError, match="只有一级至五级"):
        services.save_facts(actor=SYSTEM, member=member, skill_level=6)


def test_training_asks_for_people_hours_and_days_gone_by() -> None:
    member = veteran()
    with pytest.raises(RefusedError, match="还没有结束"):
        course(member, ends_on=date(2026, 6, 1))
    with pytest.raises(RefusedError, match="应在 1 至 48 之间"):
        course(member, 60)
    with pytest.raises(RefusedError, match="请选参加培训的人员"):
        course(member, attended={})
    with pytest.raises(ValidationError, match="不能早于开始"):
        course(member, starts_on=date(2026, 4, 1))
    training = course(member, attended=[member], topics=["政策", " "])
    assert [each.hours for each in training.attendances.all()] == [48]
    assert training.topics == ["政策"]


def test_one_person_under_two_names_is_refused_with_both() -> None:
    from assessment_center.personnel.services.members import enter_member

    number = id_number(5, birth="19800516")
    given = {"actor": SYSTEM, "id_kind": "resident", "id_number": number}
    member = enter_member(name="𬎆昭", **given)
    with pytest.raises(RefusedError, match="已登记为“𬎆昭”，现填“张昭”"):
        enter_member(name="张昭", **given)
    again = enter_member(name="𬎆昭", title="教授", **given)
    assert (again.pk, again.title) == (member.pk, "教授")


def test_card_numbers_are_never_used_twice() -> None:
    member = veteran()
    facts = {"actor": SYSTEM, "member": member, "grade": Grade.PROCTOR, "valid_from": TODAY}
    services.add_qualification(card_number="JK-2026-0007", **facts)
    assert services.next_card_number(Grade.PROCTOR, TODAY) == "JK-2026-0008"
    with pytest.raises(ValidationError, match="编号已经用过"):
        services.add_qualification(card_number=" JK-2026-0007 ", **facts)
    with pytest.raises(IntegrityError, match="card_number_once"), transaction.atomic():
        Qualification.objects.create(
            member=member, grade=Grade.PROCTOR, valid_from=TODAY, card_number="JK-2026-0007"
        )


def test_a_revoked_card_stays_revoked() -> None:
    member = veteran()
    card = services.add_qualification(
        actor=SYSTEM, member=member, grade=Grade.ASSESSOR, valid_from=date(2025, 1, 1)
    )
    with pytest.raises(RefusedError, match="写明原因"):
        services.revoke_card(actor=SYSTEM, card=card, reason=" ")
    revoked = services.revoke_card(actor=SYSTEM, card=card, reason="擅改成绩")
    assert revoked.revoked_on == TODAY
    assert revoked.holds(date(2026, 5, 19))
    assert not revoked.holds(TODAY)
    with pytest.raises(RefusedError, match="已于 2026-05-20 注销"):
        services.revoke_card(actor=SYSTEM, card=card, reason="再次")
    rows = Qualification.objects.filter(pk=card.pk)
    with pytest.raises(IntegrityError, match="证卡已注销"), transaction.atomic():
        rows.update(revoked_on=None)
    with pytest.raises(IntegrityError, match="证卡已注销"), transaction.atomic():
        rows.delete()
    other = services.add_qualification(
        actor=SYSTEM, member=member, grade=Grade.EXPERT, valid_from=TODAY
    )
    with pytest.raises(IntegrityError, match="revoked_why"), transaction.atomic():
        Qualification.objects.filter(pk=other.pk).update(revoked_on=TODAY)


def test_a_card_with_a_rulebook_is_no_longer_than_its_years() -> None:
    filed("henan")
    rules = policies.rules_for(TODAY)
    assert rules is not None
    facts = {
        "actor": SYSTEM,
        "member": veteran(),
        "grade": Grade.ASSESSOR,
        "valid_from": TODAY,
        "occupations": [make_occupation()],
        "rules": rules,
    }
    with pytest.raises(RefusedError, match="最长 3 年，应止于 2029-05-19"):
        services.add_qualification(valid_until=date(2029, 5, 20), **facts)
    with pytest.raises(RefusedError, match="最长 3 年"):
        services.add_qualification(**facts)
    services.add_qualification(valid_until=date(2029, 5, 19), **facts)


def test_an_internal_supervisor_is_examined_where_the_rulebook_says_so() -> None:
    filed("jilin")
    hired = veteran(employment=Employment.HIRED)
    told = refusal(
        lambda: services.recommend(
            actor=SYSTEM, application=applied(hired, Grade.SUPERVISOR_INTERNAL, levels=())
        )
    )
    assert "须是本单位正式职工" in told.reason
    application = applied(veteran(902), Grade.SUPERVISOR_INTERNAL, levels=())
    services.recommend(actor=SYSTEM, application=application)
    unexamined = refusal(lambda: services.issue_card(actor=SYSTEM, application=application))
    assert "还没有登记资格考核" in unexamined.reason
    assert unexamined.citations
    passed(application, organiser="省职业技能鉴定中心")
    card = services.issue_card(actor=SYSTEM, application=application)
    assert (card.card_number, card.valid_until) == ("ND-2026-0001", date(2029, 5, 19))
