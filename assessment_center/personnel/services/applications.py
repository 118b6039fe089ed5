"""Applying for a qualification and what becomes of it (ASR-02 to ASR-09, SUP-02, EXP-02)."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.audit.services import record
from assessment_center.catalog.models import Occupation
from assessment_center.organization.selectors import active_centre, filings_on
from assessment_center.personnel import policies
from assessment_center.personnel.enums import ApplicationStatus, Applying, Grade
from assessment_center.personnel.exclusions import may_qualify
from assessment_center.personnel.lifecycle import APPLICATION
from assessment_center.personnel.models import (
    Qualification,
    QualificationApplication,
    QualificationExam,
    StaffMember,
)
from assessment_center.personnel.rules import eligibility
from assessment_center.personnel.rules.terms import card_years, last_day
from assessment_center.personnel.services.cards import add_qualification, next_card_number
from assessment_center.personnel.services.common import locked_member, require_manage
from assessment_center.personnel.wording import refused
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.outcomes import require
from assessment_center.workflow import advance

GROUNDS = frozenset(
    {
        "early",
        "early_grounds",
        "consent_number",
        "leads",
        "is_new_occupation",
        "exception",
        "statement",
        "recommendation",
        "recommended_by",
    }
)
KEPT = (*policies.DATES, *policies.PLAIN, "employer", "education", "major", "title")


@transaction.atomic
def apply_for(
    *,
    actor: Actor,
    member: StaffMember,
    grade: Grade,
    occupations: Iterable[Occupation] = (),
    levels: Sequence[int] = (),
    kind: Applying = Applying.FIRST,
    applied_on: date | None = None,
    **grounds: Any,
) -> QualificationApplication:
    """Enter an application as a draft (F-801); one grade is applied for once at a time.

    `grounds` are fields of `GROUNDS`: why early, the exception asked for, the recommendation.
    """
    require_manage(actor)
    unknown = set(grounds) - GROUNDS
    if unknown:
        message = f"unknown grounds {sorted(unknown)}"
        raise TypeError(message)
    locked_member(member)
    require(may_qualify(member, grade, applied_on or timezone.localdate()))
    held = member.qualifications.filter(grade=grade)
    if kind == Applying.RENEWAL and not held.exists():
        raise RefusedError(_("没有这一资格的证卡，不能续期。"), remedy=_("请按首次申报办理。"))
    application = QualificationApplication(
        member=member,
        grade=grade,
        kind=kind,
        levels=sorted(set(levels), reverse=True),
        applied_on=applied_on or timezone.localdate(),
        rulebook_version=_version(),
        **grounds,
    )
    application.full_clean()
    application.save()
    application.occupations.set(occupations)
    record(
        actor=actor,
        verb="staff_application.apply",
        subject=application.subject,
        payload={"grade": grade, "kind": kind},
    )
    return application


def _version() -> Any:
    centre = active_centre()
    filing = next(iter(filings_on(centre, timezone.localdate())), None) if centre else None
    return filing.rulebook_version if filing else None


@transaction.atomic
def recommend(*, actor: Actor, application: QualificationApplication) -> QualificationApplication:
    """Recommend the applicant; the facts as they stand now are kept with the application."""
    locked = _locked(application)
    return advance(
        machine=APPLICATION,
        subject=locked,
        move="recommend",
        actor=actor,
        updates={
            "recommended_on": timezone.localdate(),
            "facts": _snapshot(locked.member),
            "rulebook_version": _version(),
        },
    )


def _snapshot(member: StaffMember) -> dict[str, Any]:
    found = {name: getattr(member, name) for name in KEPT}
    found["assessor_since"] = policies.assessing_since(member)
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in found.items()
    }


@transaction.atomic
def move(
    *, actor: Actor, application: QualificationApplication, name: str, reason: str = ""
) -> QualificationApplication:
    """Trained, passed, refused or withdrawn; recommending and carding have their own service."""
    if name not in {"train", "pass", "refuse", "withdraw"}:
        message = f"no plain move {name}"
        raise ValueError(message)
    locked = _locked(application)
    ends = name in {"refuse", "withdraw"}
    updates = {"decision": reason.strip(), "decided_on": timezone.localdate()} if ends else {}
    return advance(
        machine=APPLICATION,
        subject=locked,
        move=name,
        actor=actor,
        reason=reason if ends else "",
        updates=updates,
    )


def _locked(application: QualificationApplication) -> QualificationApplication:
    found = QualificationApplication.objects.select_for_update(of=("self",))
    return found.select_related("member__person").get(pk=application.pk)


@transaction.atomic
def record_exam(
    *,
    actor: Actor,
    application: QualificationApplication,
    taken_on: date,
    general_score: Decimal | None = None,
    professional_score: Decimal | None = None,
    organiser: str = "",
    passed: bool,
) -> QualificationExam:
    """Enter a qualification examination (ASR-08); passed against the rulebook is refused."""
    require_manage(actor)
    locked = _locked(application)
    if locked.status not in {ApplicationStatus.RECOMMENDED, ApplicationStatus.TRAINED}:
        raise RefusedError(_("推荐之后、发证卡之前才能登记考核成绩。"))
    if taken_on > timezone.localdate():
        raise RefusedError(_("考核日期不能晚于今天。"))
    rules = policies.rules_for(taken_on)
    scores = tuple(
        None if each is None else float(each) for each in (general_score, professional_score)
    )
    wrong = (
        eligibility.exam_faults(rules.settings, locked.grade, (scores[0], scores[1]))
        if rules
        else []
    )
    if passed and wrong:
        raise RefusedError(refused(wrong, _("请核对成绩，或登记为不合格。")))
    exam = QualificationExam(
        application=locked,
        taken_on=taken_on,
        general_score=general_score,
        professional_score=professional_score,
        organiser=organiser,
        passed=passed,
    )
    exam.full_clean()
    exam.save()
    record(
        actor=actor,
        verb="staff_application.exam",
        subject=locked.subject,
        payload={"passed": passed, "day": taken_on.isoformat()},
    )
    return exam


@transaction.atomic
def issue_card(
    *,
    actor: Actor,
    application: QualificationApplication,
    valid_from: date | None = None,
    card_number: str = "",
    decision: str = "",
) -> Qualification:
    """Give the card: its term by the rulebook's years, its number the next one when left out."""
    require_manage(actor)
    locked = _locked(application)
    today = timezone.localdate()
    starts = valid_from or today
    rules = policies.rules_for(starts)
    years = card_years(rules.settings, locked.grade) if rules else None
    centre = active_centre()
    card = add_qualification(
        actor=actor,
        member=locked.member,
        grade=Grade(locked.grade),
        valid_from=starts,
        valid_until=last_day(starts, years.value) if years else None,
        card_number=card_number.strip() or next_card_number(locked.grade, starts),
        occupations=locked.occupations.all(),
        levels=locked.levels,
        rules=rules,
        issued_on=today,
        issuer=centre.name if centre else "",
    )
    advance(
        machine=APPLICATION,
        subject=locked,
        move="card",
        actor=actor,
        updates={"qualification": card, "decision": decision.strip(), "decided_on": today},
        payload={"card": card.card_number},
    )
    return card
