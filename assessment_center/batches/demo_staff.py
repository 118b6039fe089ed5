"""The demo's staff file: contracts, letters, promises, and how some came by their card."""

from datetime import date
from decimal import Decimal
from typing import Any

from assessment_center.accounts.enums import Role
from assessment_center.catalog.models import Occupation
from assessment_center.demo import Demo
from assessment_center.personnel import services
from assessment_center.personnel.enums import (
    ASSESSORS,
    Education,
    Employment,
    EngagementKind,
    Grade,
    TitleRank,
    TrainingKind,
    UndertakingKind,
)
from assessment_center.personnel.models import (
    Engagement,
    Qualification,
    QualificationApplication,
    StaffMember,
    Undertaking,
)
from assessment_center.personnel.rules.terms import last_day
from assessment_center.personnel.texts import PROMISES, TRAINING_TOPICS
from assessment_center.registry import Actor

SIGNED = date(2025, 1, 1)
COURSE = (date(2026, 3, 2), date(2026, 3, 9))
EXPERT_TERM = (date(2025, 1, 1), date(2027, 12, 31))
APPLICANTS = 3
ELSEWHERE = "市职业技能鉴定指导中心"
LEARNED = (
    (Education.BACHELOR, "讲师", TitleRank.INTERMEDIATE, date(2019, 12, 1)),
    (Education.MASTER, "副教授", TitleRank.SENIOR, date(2020, 12, 1)),
    (Education.BACHELOR, "高级实验师", TitleRank.SENIOR, date(2021, 12, 1)),
    (Education.MASTER, "助教", TitleRank.JUNIOR, date(2022, 12, 1)),
)
FACTS: dict[str, Any] = {
    "employment": Employment.REGULAR,
    "education": Education.BACHELOR,
    "major": "电气工程及其自动化",
    "skill_level": 2,
    "skill_occupation": "电工",
    "skill_since": date(2016, 6, 1),
    "title": "副教授",
    "title_rank": TitleRank.SENIOR,
    "title_since": date(2018, 12, 1),
    "occupation_since": date(2008, 7, 1),
    "assessor_since": date(2018, 3, 1),
    "resume": "2008 年起从事电工专业教学，2018 年起参加职业技能鉴定考评工作。",
}


def files(demo: Demo) -> None:
    """Contracts and promises for all, letters for experts, three applications on their way."""
    clerk = demo.actor(Role.CLERK)
    _known_facts(clerk)
    promised = _promises(clerk)
    hired = _contracts(clerk)
    _letters(clerk)
    applied = _applications(clerk) if not QualificationApplication.objects.exists() else 0
    demo.say(f"聘任合同 {hired} 份，保密承诺书 {promised} 份，资格申报 {applied} 份")


def _known_facts(actor: Actor) -> None:
    """What everybody's file begins with: how employed, education and professional title."""
    waiting = StaffMember.objects.filter(education="").select_related("person")
    for place, member in enumerate(waiting.order_by("created_at", "id")):
        education, title, rank, since = LEARNED[place % len(LEARNED)]
        outside = {"employment": Employment.OUTSIDE, "employer": ELSEWHERE}
        services.save_facts(
            actor=actor,
            member=member,
            education=education,
            title=title,
            title_rank=rank,
            title_since=since,
            **(outside if member.is_external else {"employment": Employment.REGULAR}),
        )


def _promises(actor: Actor) -> int:
    signed = Undertaking.objects.filter(kind=UndertakingKind.SECRECY).values("member")
    waiting = StaffMember.objects.exclude(pk__in=signed).select_related("person")
    for member in waiting:
        services.record_undertaking(
            actor=actor,
            member=member,
            kind=UndertakingKind.SECRECY,
            text=str(PROMISES[UndertakingKind.SECRECY]),
            signed_name=member.person.name,
            signed_on=SIGNED,
        )
    return len(waiting)


def _contracts(actor: Actor) -> int:
    grades = [*ASSESSORS, Grade.SUPERVISOR_INTERNAL]
    hired = Engagement.objects.filter(grade__in=grades).values("member")
    waiting = Qualification.objects.filter(grade__in=grades).exclude(member__in=hired)
    cards = list(waiting.select_related("member__person"))
    for card in cards:
        services.hire(
            actor=actor,
            member=card.member,
            grade=Grade(card.grade),
            starts=card.valid_from,
            ends=card.valid_until or last_day(card.valid_from, 1),
            card=card,
            signed_on=card.valid_from,
        )
    return len(cards)


def _letters(actor: Actor) -> None:
    """The experts of the demo, one of them leading their group."""
    hired = Engagement.objects.filter(kind=EngagementKind.LETTER).values("member")
    experts = StaffMember.objects.filter(qualifications__grade=Grade.EXPERT)
    for place, member in enumerate(experts.exclude(pk__in=hired)):
        services.save_facts(actor=actor, member=member, **{**FACTS, "skill_level": 1})
        services.hire(
            actor=actor,
            member=member,
            grade=Grade.EXPERT,
            starts=EXPERT_TERM[0],
            ends=EXPERT_TERM[1],
            signed_on=SIGNED,
            speciality="电工",
            leads=place == 0,
        )


def _applications(actor: Actor) -> int:
    """One with a card, one recommended, one refused for want of facts."""
    proctors = StaffMember.objects.filter(qualifications__grade=Grade.PROCTOR)
    members = list(proctors.select_related("person")[:APPLICANTS])
    if len(members) < APPLICANTS:
        return 0
    done, waiting, refused = (_apply(actor, member) for member in members)
    services.record_training(
        actor=actor,
        kind=TrainingKind.QUALIFICATION,
        title="考评员任职资格培训班",
        starts_on=COURSE[0],
        ends_on=COURSE[1],
        hours=48,
        attended=members[:2],
        topics=[str(each) for each in TRAINING_TOPICS[TrainingKind.QUALIFICATION]],
        organiser="认定中心",
        place="实训楼报告厅，集中授课与现场模拟",
    )
    for application in (done, waiting):
        services.recommend(actor=actor, application=application)
    services.move(actor=actor, application=done, name="train")
    services.record_exam(
        actor=actor,
        application=done,
        taken_on=date(2026, 3, 10),
        general_score=Decimal(86),
        professional_score=Decimal(91),
        organiser="认定中心",
        passed=True,
    )
    services.move(actor=actor, application=done, name="pass")
    services.issue_card(actor=actor, application=done, decision="审定通过")
    services.move(
        actor=actor, application=refused, name="refuse", reason="所报职业的技能等级材料不全"
    )
    return APPLICANTS


def _apply(actor: Actor, member: StaffMember) -> QualificationApplication:
    services.save_facts(actor=actor, member=member, **FACTS)
    return services.apply_for(
        actor=actor,
        member=member,
        grade=Grade.ASSESSOR,
        occupations=Occupation.objects.filter(name="电工", is_active=True)[:1],
        levels=(5, 4, 3),
        applied_on=date(2026, 2, 20),
        statement="从事电工教学和竞赛指导多年，愿意承担考评工作。",
        recommendation="该同志业务熟练、作风正派，同意推荐。",
        recommended_by="机电工程学院",
    )
