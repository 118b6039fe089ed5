"""Who may be recommended, carded and hired: the rules of the day applied to a member's records."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.organization.selectors import active_centre, rules_on
from assessment_center.personnel.enums import ASSESSORS, EXPERTS, Applying, Grade, TrainingKind
from assessment_center.personnel.models import (
    Qualification,
    QualificationApplication,
    StaffMember,
    TrainingAttendance,
)
from assessment_center.personnel.rules import eligibility
from assessment_center.personnel.rules.eligibility import Facts, Fault
from assessment_center.personnel.wording import refused
from assessment_center.registry import ALLOWED, Actor, Citation, OpenSet, Outcome, Refused
from assessment_center.rulebooks.rules.rulebook import Rulebook

# What higher parts of the personnel file know against an application: bars, bad appraisals.
# Each is asked `objection(application, rules, on) -> Outcome` when it is recommended and carded.
objections: "OpenSet[Callable[[QualificationApplication, Rulebook, date], Outcome]]" = OpenSet(
    "personnel.objections"
)
DATES = (
    "skill_since",
    "title_since",
    "occupation_since",
    "assessor_since",
    "manager_since",
)
PLAIN = ("employment", "skill_level", "title_rank", "in_authority")
COURSES = (TrainingKind.QUALIFICATION, TrainingKind.RETRAINING)


def rules_for(on: date) -> Rulebook | None:
    """The rulebook of the centre that day: what people are judged by outside a batch."""
    centre = active_centre()
    return rules_on(centre, on) if centre else None


def facts_of(application: QualificationApplication, on: date) -> Facts:
    """The member's facts as they stand, for the grade applied for."""
    member = application.member
    return Facts(
        grade=application.grade,
        on=on,
        born=member.person.birth,
        levels=tuple(application.levels),
        occupations=application.occupations.count(),
        early=application.early,
        consent=bool(application.consent_number.strip()),
        leads=application.leads,
        new_occupation=application.is_new_occupation,
        is_senior=is_senior(member, on),
        **{name: getattr(member, name) for name in (*DATES, *PLAIN) if name != "assessor_since"},
        assessor_since=assessing_since(member),
    )


def is_senior(member: StaffMember, on: date) -> bool:
    cards = member.qualifications.filter(grade=Grade.SENIOR_ASSESSOR)
    return any(card.holds(on) for card in cards)


def assessing_since(member: StaffMember) -> date | None:
    """Since when somebody assesses: as entered, or from his first card."""
    first = member.qualifications.filter(grade__in=ASSESSORS).order_by("valid_from").first()
    days = [day for day in (member.assessor_since, first.valid_from if first else None) if day]
    return min(days, default=None)


def faults_of(application: QualificationApplication, on: date) -> list[Fault]:
    """What the rulebook of that day has against it; those waived by an exception left out."""
    rules = rules_for(on)
    if rules is None:
        return []
    found = eligibility.faults(rules.settings, facts_of(application, on))
    waived = bool(application.exception.strip())
    return [each for each in found if not (each.waivable and waived)]


def recommendable(application: QualificationApplication, _actor: Actor) -> Outcome:
    """ASR-02 to ASR-06, SUP-02, EXP-02: the facts carry the grade, the employer recommends."""
    today = timezone.localdate()
    if not application.member.is_active:
        return Refused(_("不在岗的人员不能申报。"))
    if found := faults_of(application, today):
        return refused(found, _("请核对人员档案中的事实，或等条件具备后再报。"))
    if not application.recommendation.strip() or not application.recommended_by.strip():
        rules = rules_for(today)
        form = rules.form("F-801") if rules else None
        return Refused(
            _("没有填写推荐单位和推荐意见。"), form.cite if form else (), _("请补填后再推荐。")
        )
    return objected(application, today)


def objected(application: QualificationApplication, on: date) -> Outcome:
    """The first objection of a higher part of the file, such as a bar."""
    rules = rules_for(on)
    if rules is None:
        return ALLOWED
    answers = (each(application, rules, on) for each in objections)
    return next((answer for answer in answers if isinstance(answer, Refused)), ALLOWED)


def hours_of(application: QualificationApplication) -> int:
    """Hours of qualification training since the card of this grade held before was issued."""
    held = application.member.qualifications.filter(grade=application.grade)
    last = held.filter(created_at__lt=application.created_at).order_by("-valid_from").first()
    rows = TrainingAttendance.objects.filter(member=application.member, training__kind__in=COURSES)
    if last is not None:
        rows = rows.filter(training__ends_on__gt=last.issued_on or last.valid_from)
    return int(rows.aggregate(total=Sum("hours"))["total"] or 0)


def trained(application: QualificationApplication, _actor: Actor) -> Outcome:
    """ASR-07: the hours of training are full."""
    rules = rules_for(timezone.localdate())
    if rules is None:
        return ALLOWED
    fault = eligibility.training_fault(rules.settings, application.grade, hours_of(application))
    return refused([fault], _("请先登记培训。")) if fault else ALLOWED


def examined(application: QualificationApplication, actor: Actor) -> Outcome:
    """ASR-08, SUP-04: trained, and the latest examination passed where one is ordered."""
    outcome = trained(application, actor)
    if isinstance(outcome, Refused):
        return outcome
    rules = rules_for(timezone.localdate())
    cited = eligibility.exam_needed(rules.settings, application.grade) if rules else ()
    last = application.exams.last()
    if last is None:
        return (
            Refused(_("还没有登记资格考核。"), cited, _("请先登记考核成绩。")) if cited else ALLOWED
        )
    if not last.passed:
        return Refused(_("最近一次资格考核不合格。"), cited, _("可重新考核后再登记。"))
    return ALLOWED


def cardable(application: QualificationApplication, actor: Actor) -> Outcome:
    """All that was asked before still holds on the day the card is given."""
    outcome = examined(application, actor)
    if isinstance(outcome, Refused):
        return outcome
    return objected(application, timezone.localdate())


def form_cited(code: str) -> Callable[[Any], tuple[Citation, ...]]:
    """The articles that order a form, under the rulebook of today."""

    def cite(_subject: Any) -> tuple[Citation, ...]:
        rules = rules_for(timezone.localdate())
        form = rules.form(code) if rules else None
        return form.cite if form else ()

    return cite


def hire_cited(rules: Rulebook | None, grade: str) -> tuple[Citation, ...]:
    """The articles that want a contract (or a letter) for this grade; empty: none is wanted."""
    if rules is None:
        return ()
    if grade in ASSESSORS:
        form = rules.form("F-803")
    elif grade in EXPERTS:
        form = rules.form("F-809")
    else:
        return ()
    years = rules.settings.hire_years if grade in ASSESSORS else rules.settings.expert_years
    cited = (*(form.cite if form else ()), *(years.citations if years else ()))
    return tuple(dict.fromkeys(cited))


def renewing(application: QualificationApplication) -> Qualification | None:
    """The card a renewal follows; None for a first application or where there is none."""
    if application.kind != Applying.RENEWAL:
        return None
    cards = application.member.qualifications.filter(grade=application.grade)
    return cards.order_by("-valid_from").first()
