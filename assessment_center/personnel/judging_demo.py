"""The demo's last year: who judged, how it was rated and appraised, and one case of misconduct."""

from datetime import date
from decimal import Decimal
from uuid import NAMESPACE_URL, uuid5

from assessment_center.accounts.enums import Role
from assessment_center.demo import Demo
from assessment_center.people.demo_data import demo_people
from assessment_center.people.services import ensure_person
from assessment_center.personnel import appraisals, conduct, confirming, dispatches
from assessment_center.personnel.enums import Grade, Post, TrainingKind
from assessment_center.personnel.judging_enums import ASSESSING, AppraisalStatus, Branch
from assessment_center.personnel.judging_selectors import appraisals_of
from assessment_center.personnel.models import Dispatch, Qualification, StaffMember
from assessment_center.personnel.rules.appraisal import Taken
from assessment_center.personnel.services import add_qualification, record_training, save_member
from assessment_center.registry import SubjectRef
from assessment_center.registry.entries import demo_steps
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.rulebooks.selectors import current_version, rules_of

YEAR = 2025
SESSIONS = (
    ("2025年春季职业技能等级认定", date(2025, 5, 17), ("95", "88", "72", "91", "58", None)),
    ("2025年秋季职业技能等级认定", date(2025, 11, 8), ("93", "84", "75", "90", "61", "86")),
)
SCORED = 90
GOOD = "按评分标准逐项独立评分，记录完整。"
FAIR = "评分记录有涂改，经提醒后改正。"
LEAVE = "因公出差，已提前请假"
REFUSALS = (date(2025, 3, 15), date(2025, 5, 17), date(2025, 11, 8))
ADULT = date(1990, 1, 1)


def last_year(demo: Demo) -> None:
    """Two assessments of last year, their ratings and the appraisal, and one decided case."""
    book = rules_of(current_version(demo.rulebook))
    settings = book.settings
    if Dispatch.objects.filter(day__year=YEAR).exists():
        return
    rated = settings.appraisal_grades or settings.session_rating_grades
    people = _assessors() if rated else []
    for name, day, scores in SESSIONS if people else ():
        for member, score in zip(people, scores, strict=False):
            _judge(demo, book, member, name, day, score)
    if settings.appraisal_grades and people:
        _appraise(demo, book)
    if settings.appraise_supervisors.value and settings.appraisal_grades:
        _supervise(demo, book)
    told = _misconduct(demo, book)
    demo.say(f"上年考评 {len(people)} 人，违规处理 {told} 件")


def _assessors() -> list[StaffMember]:
    grades = [grade.value for grade in ASSESSING]
    rows = StaffMember.objects.filter(qualifications__grade__in=grades, is_active=True)
    return list(rows.order_by("qualifications__card_number").distinct()[: len(SESSIONS[0][2])])


def _sent(book: Rulebook, name: str, day: date) -> dispatches.Sent:
    session = uuid5(NAMESPACE_URL, name)
    return dispatches.Sent(session, name, SubjectRef("exams.sitting", session), day, book)


def _judge(
    demo: Demo, book: Rulebook, member: StaffMember, name: str, day: date, score: str | None
) -> None:
    taken = Taken.SERVED if score else Taken.EXCUSED
    sent = _sent(book, name, day)
    dispatches.record_dispatch(
        actor=demo.actor(Role.CLERK),
        member=member,
        post=Post.ASSESSOR,
        sent=sent,
        taken=taken,
        reason="" if score else LEAVE,
    )
    if score is None:
        return
    grades = book.settings.session_rating_grades
    good = Decimal(score) >= SCORED
    dispatches.rate_session(
        actor=demo.actor(Role.SUPERVISOR),
        member=member,
        session_id=sent.session_id,
        rules=book,
        score=None if grades else Decimal(score),
        grade=grades.value[0 if good else 1] if grades else "",
        opinion=GOOD if good else FAIR,
    )


def _appraise(demo: Demo, book: Rulebook) -> None:
    """All drafted and written by the clerk, all but the last confirmed by the head."""
    clerk, head = demo.actor(Role.CLERK), demo.actor(Role.HEAD)
    appraisals.draft_year(actor=clerk, year=YEAR, rules=book)
    rows = list(appraisals_of(YEAR, Branch.ASSESSOR).order_by("mean", "id"))
    asked = book.settings.appraisal_content
    grades = book.settings.appraisal_grades
    assert grades is not None  # asked by the caller
    for place, row in enumerate(rows):
        best = (row.mean or Decimal(0)) >= SCORED
        grade = "" if book.settings.appraisal_bands else grades.value[0 if best else 1]
        written = appraisals.Written(
            grade=grade,
            content=dict.fromkeys(asked.value, "符合要求。") if asked else {},
            summary="全年参加考评工作，熟悉标准和评分办法，遵守回避和保密规定。",
            manager_opinion="服从派遣，按时到岗，记录规范。",
            supervisor_opinion="评分客观，现场把握得当。" if best else "评分记录需进一步规范。",
        )
        done = appraisals.write_appraisal(actor=clerk, appraisal=row, written=written, rules=book)
        if place < len(rows) - 1 and done.status == AppraisalStatus.DRAFT:
            confirming.confirm_appraisal(actor=head, appraisal=done, rules=book)


def _supervise(demo: Demo, book: Rulebook) -> None:
    """Two supervisors trained, sent to both assessments and appraised (SUP-11)."""
    clerk, head = demo.actor(Role.CLERK), demo.actor(Role.HEAD)
    grade = Grade.SUPERVISOR_INTERNAL
    cards = Qualification.objects.filter(grade=grade, valid_from__year=YEAR)
    members = [card.member for card in cards.order_by("card_number")[:2]]
    record_training(
        actor=clerk,
        kind=TrainingKind.QUALIFICATION,
        title="质量督导员培训",
        starts_on=date(YEAR, 3, 6),
        ends_on=date(YEAR, 3, 7),
        hours=16,
        attended=members,
    )
    for name, day, _scores in SESSIONS:
        for member in members:
            dispatches.record_dispatch(
                actor=clerk, member=member, post=Post.SUPERVISOR, sent=_sent(book, name, day),
                taken=Taken.SERVED,
            )  # fmt: skip
    appraisals.draft_year(actor=clerk, year=YEAR, rules=book, branch=Branch.SUPERVISOR)
    grades = book.settings.appraisal_grades
    for place, row in enumerate(appraisals_of(YEAR, Branch.SUPERVISOR).order_by("id")):
        best = grades.value[min(place, 1)] if grades else ""
        words = appraisals.Written(grade=best, manager_opinion="督导客观公正，反馈及时、如实。")
        done = appraisals.write_appraisal(actor=clerk, appraisal=row, written=words, rules=book)
        confirming.confirm_appraisal(actor=head, appraisal=done, rules=book)


def _misconduct(demo: Demo, book: Rulebook) -> int:
    """Somebody of his own who broke a rule for assessors, if the rulebook has one."""
    acts = conduct.acts_for(book, "assessor")
    if not acts:
        return 0
    clerk, head = demo.actor(Role.CLERK), demo.actor(Role.HEAD)
    member = _newcomer(demo)
    limit = book.settings.dismiss_after_refusals
    if limit:
        for day in REFUSALS[: limit.value]:
            dispatches.record_dispatch(
                actor=clerk,
                member=member,
                post=Post.ASSESSOR,
                sent=_sent(book, f"{day:%Y年%m月}考评派遣", day),
                taken=Taken.REFUSED,
                reason="无正当理由",
            )
        case = member.cases.get()
    else:
        case = conduct.enter_case(
            actor=clerk,
            member=member,
            group="assessor",
            act_code=acts[0].code,
            rules=book,
            happened_on=SESSIONS[1][1],
            session=SESSIONS[1][0],
            description="督导员现场发现并制止，本人说明情况，有督导记录。",
        )
    decision = conduct.Decision("经调查属实，按规定处理。", frozenset(), None, date(2030, 1, 31))
    conduct.decide_case(actor=head, case=case, decision=decision, rules=book)
    return 1


def _newcomer(demo: Demo) -> StaffMember:
    seed = sum(demo.rulebook.encode()) + 77
    who = next(each for each in demo_people(60, seed) if each.birth < ADULT)
    person = ensure_person(
        actor=demo.actor(Role.CLERK),
        name=who.name,
        id_kind="resident",
        id_number=who.id_number,
        phone=who.phone,
    )
    member = save_member(actor=demo.actor(Role.CLERK), person=person, title="工程师")
    add_qualification(
        actor=demo.actor(Role.CLERK),
        member=member,
        grade=Grade.ASSESSOR,
        card_number=f"{demo.rulebook[:2].upper()}-WG0001",
        valid_from=date(2025, 1, 1),
        valid_until=date(2027, 12, 31),
    )
    return member


demo_steps.register("personnel.judging", last_year, order=190)
