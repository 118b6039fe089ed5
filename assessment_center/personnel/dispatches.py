"""Who was sent, who took part, and how the work of each assessment was rated (ASR-15, ASR-19)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.permission import require_act
from assessment_center.audit.services import record
from assessment_center.personnel.conduct import open_refusal_case
from assessment_center.personnel.judging_enums import BRANCH_OF_POST, AppraisalStatus, Branch
from assessment_center.personnel.judging_selectors import as_session, session_facts
from assessment_center.personnel.models import StaffMember
from assessment_center.personnel.models.appraisals import TOP, Appraisal, Dispatch, SessionRating
from assessment_center.personnel.rules.appraisal import Taken, latest_run
from assessment_center.registry import Actor, RefusedError, SubjectRef
from assessment_center.rulebooks.rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Sent:
    """One sitting of an assessment to which somebody was sent; `source` is the sitting."""

    session_id: UUID
    session: str
    source: SubjectRef
    day: date
    rules: Rulebook


@transaction.atomic
def record_dispatch(
    *,
    actor: Actor,
    member: StaffMember,
    post: str,
    sent: Sent,
    taken: Taken,
    reason: str = "",
) -> Dispatch | None:
    """Note how somebody answered a dispatch; posts that are not appraised leave nothing.

    The service that fills the post has checked the actor. The same sitting is noted once; a later
    answer takes the place of an earlier one. The refusal that completes the rulebook's number in a
    row opens a case of misconduct, which another person decides (ASR-19).
    """
    branch = BRANCH_OF_POST.get(post)
    if branch is None:
        return None
    StaffMember.objects.select_for_update().get(pk=member.pk)
    told = reason.strip()
    if taken != Taken.SERVED and not told:
        raise RefusedError(_("没有参加的，须写明情况。"))
    _refuse_judged(member, branch, sent.day.year)
    row, _new = Dispatch.objects.update_or_create(
        member=member,
        branch=branch,
        source_id=sent.source.uuid,
        defaults={
            "session_id": sent.session_id,
            "session": sent.session[:160],
            "day": sent.day,
            "taken": taken,
            "reason": told[:200],
            "recorded_by": actor.user_id,
        },
    )
    payload = {"session": row.session, "taken": taken.value, "reason": row.reason}
    record(actor=actor, verb="staff.dispatch", subject=member.subject, payload=payload)
    if taken == Taken.REFUSED:
        _count_refusals(actor, row, sent.rules)
    return row


@transaction.atomic
def correct_dispatch(
    *, actor: Actor, dispatch: Dispatch, taken: Taken, reason: str, rules: Rulebook | None
) -> Dispatch:
    """Put right how a dispatch was answered, with the reason, until the year is confirmed."""
    require_act(actor, Act.PEOPLE_MANAGE, _("更正派遣记录"))
    row = Dispatch.objects.select_for_update().get(pk=dispatch.pk)
    _refuse_judged(row.member, row.branch, row.day.year)
    if not reason.strip():
        raise RefusedError(_("更正须写明原因。"))
    before = row.taken
    row.taken, row.reason, row.recorded_by = taken, reason.strip()[:200], actor.user_id
    row.save(update_fields=["taken", "reason", "recorded_by"])
    payload = {"session": row.session, "from": before, "taken": taken.value, "reason": row.reason}
    record(actor=actor, verb="staff.dispatch_correct", subject=row.member.subject, payload=payload)
    if taken == Taken.REFUSED and rules is not None:
        _count_refusals(actor, row, rules)
    return row


def _count_refusals(actor: Actor, row: Dispatch, rules: Rulebook) -> None:
    limit = rules.settings.dismiss_after_refusals
    if limit is None or row.branch != Branch.ASSESSOR:
        return
    facts = session_facts([row.member_id], row.branch, until=row.day).get(row.member_id, [])
    run = latest_run([as_session(fact) for fact in facts], (Taken.REFUSED,))
    if run >= limit.value:
        told = _("连续 %(n)s 次拒绝派遣：%(sessions)s") % {
            "n": run,
            "sessions": "；".join(
                f"{fact['day']} {fact['session']}（{fact['reason']}）" for fact in facts[-run:]
            ),
        }
        open_refusal_case(actor=actor, dispatch=row, rules=rules, cited=limit, told=told)


@transaction.atomic
def rate_session(
    *,
    actor: Actor,
    member: StaffMember,
    session_id: UUID,
    rules: Rulebook,
    score: Decimal | None = None,
    grade: str = "",
    opinion: str = "",
) -> SessionRating:
    """Rate one assessor's work in one assessment, by the office's staff or a supervisor (ASR-15).

    Refuses whoever took no part, oneself, a grade the rulebook does not have, and a year whose
    appraisal is confirmed. A rating may be changed until then.
    """
    require_act(actor, Act.EXAM_RECORD, _("评价考评员"))
    served = Dispatch.objects.filter(
        member=member, branch=Branch.ASSESSOR, session_id=session_id, taken=Taken.SERVED
    ).order_by("day")
    first = served.first()
    if first is None:
        raise RefusedError(_("%(member)s 没有参加这个批次的考评。") % {"member": member})
    if member.person.user_id is not None and member.person.user_id == actor.user_id:
        raise RefusedError(_("不能评价自己。"), remedy=_("请由另一位考务人员或督导员评价。"))
    _refuse_judged(member, Branch.ASSESSOR, first.day.year)
    _refuse_odd(rules, score, grade)
    row, _new = SessionRating.objects.update_or_create(
        member=member,
        session_id=session_id,
        defaults={
            "session": first.session,
            "day": first.day,
            "score": score,
            "grade": grade,
            "opinion": opinion.strip(),
            "rated_by": actor.user_id,
            "rated_by_name": actor.label[:80],
            "rated_at": timezone.now(),
        },
    )
    told = str(score) if score is not None else ""
    payload = {"session": row.session, "score": told, "grade": grade}
    record(actor=actor, verb="staff.rate", subject=member.subject, payload=payload)
    return row


def _refuse_odd(rules: Rulebook, score: Decimal | None, grade: str) -> None:
    """A rulebook of bands needs a score, one of grades a grade it has."""
    settings = rules.settings
    if score is not None and not 0 <= score <= TOP:
        raise RefusedError(_("认定分数在 0 至 100 之间。"))
    if settings.appraisal_bands and score is None:
        raise RefusedError(
            _("年度考核按每次认定的分数加权平均，请给出分数。"), settings.appraisal_bands.citations
        )
    grades = settings.session_rating_grades
    if grade and grades and grade not in grades.value:
        raise RefusedError(
            _("评价等次只有：%(all)s。") % {"all": "、".join(grades.value)}, grades.citations
        )
    if score is None and not grade:
        raise RefusedError(_("请给出分数或评价等次。"))


def _refuse_judged(member: StaffMember, branch: str, year: int) -> None:
    judged = Appraisal.objects.filter(
        member=member, branch=branch, year=year, status=AppraisalStatus.CONFIRMED.value
    )
    if judged.exists():
        raise RefusedError(
            _("%(member)s %(year)s 年度考核已经审定，派遣和评价不能再改。")
            % {"member": member, "year": year}
        )
