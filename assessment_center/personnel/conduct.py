"""Misconduct of staff: entered by one, decided by another, and what the decision does (STV)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.hands import principal_of, shares
from assessment_center.accounts.permission import require_act
from assessment_center.audit.services import record
from assessment_center.personnel.judging_enums import GROUP_GRADES, CaseStatus, ExclusionKind
from assessment_center.personnel.judging_labels import EFFECT_LABELS, GROUP_LABELS
from assessment_center.personnel.models import StaffMember
from assessment_center.personnel.models.appraisals import Dispatch
from assessment_center.personnel.models.conduct import Exclusion, MisconductCase
from assessment_center.personnel.removal import exclude, restore, withdraw
from assessment_center.registry import Actor, RefusedError
from assessment_center.rulebooks.rules.cited import Cited
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.rulebooks.rules.staff import StaffPenalty, StaffViolation
from assessment_center.workdays.counting import counted
from assessment_center.workdays.rules.months import add_years


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided: the measures chosen among those of discretion, and their dates."""

    text: str
    chosen: frozenset[str] = frozenset()
    pause_until: date | None = None
    correct_by: date | None = None


@transaction.atomic
def enter_case(  # noqa: PLR0913 - the facts of the paper form
    *,
    actor: Actor,
    member: StaffMember,
    group: str,
    act_code: str,
    rules: Rulebook,
    happened_on: date,
    description: str,
    session_id: UUID | None = None,
    session: str = "",
) -> MisconductCase:
    """Enter an act of a member under the rulebook; act, articles and penalty are its own.

    Refuses acts of another group, a day to come and an empty account of what happened.
    """
    if not actor.may(Act.PEOPLE_MANAGE):
        raise RefusedError(_("您的角色不能登记工作人员违规。"), remedy=_("请找考务员办理。"))
    found = next((a for a in rules.staff_violations if a.code == act_code), None)
    if found is None or group not in found.groups or group not in GROUP_LABELS:
        raise RefusedError(_("规程没有这类人员的这项违规行为。"), remedy=_("请从列表中选择。"))
    if happened_on > timezone.localdate():
        raise RefusedError(_("发生日期不能晚于今天。"), found.cite)
    if not description.strip():
        raise RefusedError(_("请写明经过和证据。"), found.cite)
    facts = {
        "happened_on": happened_on,
        "description": description.strip(),
        "session_id": session_id,
        "session": session[:160],
    }
    return _open(actor, member, group, found, rules, facts)


def _open(
    actor: Actor,
    member: StaffMember,
    group: str,
    rule: StaffViolation,
    rules: Rulebook,
    facts: dict[str, Any],
) -> MisconductCase:
    penalty = rules.staff_penalty(rule.penalty)
    case = MisconductCase.objects.create(
        member=member,
        group=group,
        groups=[each for each in rule.groups if each in GROUP_GRADES],
        act_code=rule.code,
        act=rule.act,
        penalty=penalty.label,
        always=list(penalty.always),
        discretion=list(penalty.discretion),
        bar_years=_bar_years(rules, group, penalty),
        citations=[str(each) for each in rule.cite],
        rulebook=rule.cite[0].rulebook,
        **facts,
        entered_by=actor.user_id,
        entered_for=principal_of(actor),
        entered_by_name=actor.label[:80],
        must_report=rules.settings.misconduct_reported.value,
    )
    payload = {"act": rule.code, "group": group, "member": str(member.pk)}
    record(actor=actor, verb="staff.case_enter", subject=case.subject, payload=payload)
    return case


def _bar_years(rules: Rulebook, group: str, penalty: StaffPenalty) -> int | None:
    """How long a bar lasts: the rulebook's setting for assessors, else what the penalty says."""
    if "bar" not in penalty.effects:
        return None
    years = rules.settings.assessor_bar_years
    return years.value if group == "assessor" and years else penalty.bar_years


def open_refusal_case(
    *, actor: Actor, dispatch: Dispatch, rules: Rulebook, cited: Cited[int], told: str
) -> MisconductCase | None:
    """The case that refusing dispatch too often in a row amounts to, once for each run."""
    rule = next((a for a in rules.staff_violations if set(a.cite) & set(cited.citations)), None)
    if rule is None:
        return None
    pending = MisconductCase.objects.filter(
        member=dispatch.member, act_code=rule.code, status=CaseStatus.OPEN.value
    )
    if pending.exists():
        return None
    facts = {
        "happened_on": dispatch.day,
        "description": told,
        "session_id": dispatch.session_id,
        "session": dispatch.session,
    }
    return _open(actor, dispatch.member, rule.groups[0], rule, rules, facts)


@transaction.atomic
def decide_case(
    *, actor: Actor, case: MisconductCase, decision: Decision, rules: Rulebook | None = None
) -> MisconductCase:
    """Decide a case: what always follows and what was chosen takes hold at once (STV-01..05).

    Another person than the one who entered it, also counting deputies; never about oneself. Cards
    are revoked, hires ended and bars set in the same transaction, by the articles of the act.
    """
    row = _for_decision(actor, case, decision.text)
    measures = _measures(row, decision, rules)
    today = timezone.localdate()
    _refuse_dates(row, measures, decision, today)
    row.measures = measures
    row.pause_until = decision.pause_until if "pause_duty" in measures else None
    row.correct_by = decision.correct_by if "correct_in_time" in measures else None
    _settle(actor, row, CaseStatus.DECIDED, decision.text, today, rules)
    _carry_out(actor, row, today)
    payload = {"measures": measures, "act": row.act_code}
    record(actor=actor, verb="staff.case_decide", subject=row.subject, payload=payload)
    return row


@transaction.atomic
def reject_case(
    *, actor: Actor, case: MisconductCase, reason: str, rules: Rulebook | None = None
) -> MisconductCase:
    """Close a case as unfounded; nothing follows."""
    row = _for_decision(actor, case, reason)
    _settle(actor, row, CaseStatus.UNFOUNDED, reason, timezone.localdate(), rules)
    record(actor=actor, verb="staff.case_reject", subject=row.subject)
    return row


def _for_decision(actor: Actor, case: MisconductCase, text: str) -> MisconductCase:
    if not actor.may(Act.STAFF_DECIDE):
        raise RefusedError(_("您的角色不能处理工作人员违规。"), case.cited, _("请报主任决定。"))
    row = MisconductCase.objects.select_for_update().get(pk=case.pk)
    if row.status != CaseStatus.OPEN:
        raise RefusedError(_("这件违规已经处理。"), row.cited)
    if shares(actor, row.entered_by, row.entered_for):
        raise RefusedError(
            _("登记和决定不能是同一人，代理人与被代理人也算同一人。"),
            row.cited,
            _("请由另一人决定。"),
        )
    if row.member.person.user_id is not None and shares(actor, row.member.person.user_id):
        raise RefusedError(_("不能处理自己的违规。"), row.cited)
    if not text.strip():
        raise RefusedError(_("请写明处理意见。"), row.cited)
    return row


def _measures(row: MisconductCase, decision: Decision, rules: Rulebook | None) -> list[str]:
    unknown = decision.chosen - set(row.discretion)
    if unknown:
        raise RefusedError(_("规程对这项行为没有规定这种处理。"), row.cited)
    chosen = set(decision.chosen)
    for_good = rules.settings.supervisor_permanent_bar if rules else None
    if row.group == "supervisor" and "lose_post" in chosen and for_good and for_good.value:
        chosen.add("bar_for_good")
    found = [each for each in (*row.always, *row.discretion) if each in {*row.always, *chosen}]
    if not found:
        raise RefusedError(_("请至少选择一种处理。"), row.cited)
    return found


def _refuse_dates(
    row: MisconductCase, measures: Collection[str], decision: Decision, today: date
) -> None:
    if "pause_duty" in measures and (not decision.pause_until or decision.pause_until < today):
        raise RefusedError(_("暂停委派须写明到哪一天，不早于今天。"), row.cited)
    if "correct_in_time" in measures and (not decision.correct_by or decision.correct_by < today):
        raise RefusedError(_("限期改正须写明期限，不早于今天。"), row.cited)


def _settle(
    actor: Actor,
    row: MisconductCase,
    status: CaseStatus,
    text: str,
    today: date,
    rules: Rulebook | None,
) -> None:
    row.status = status
    row.decision = text.strip()
    row.decided_by, row.decided_for = actor.user_id, principal_of(actor)
    row.decided_by_name = actor.label[:80]
    row.decided_on = today
    if row.must_report and rules is not None:
        days = rules.settings.misconduct_report_workdays.value
        row.report_due = counted(_("处理决定"), today, days).due
    row.save()


def _carry_out(actor: Actor, row: MisconductCase, today: date) -> None:
    """Make the measures bite: cards, hires, exclusions."""
    measures = set(row.measures)
    grades = sorted({grade for group in row.groups for grade in GROUP_GRADES[group]})
    if not grades:
        return
    why = f"{row.act}"
    facts: dict[str, Any] = {
        "actor": actor,
        "member": row.member,
        "grades": grades,
        "reason": why,
        "source": row,
    }
    if measures & {"cancel_card", "lose_post", "end_hire"}:
        withdraw(on=today, **facts)
    _keep_away(row, measures, today, facts)


def _keep_away(row: MisconductCase, measures: set[str], today: date, facts: dict[str, Any]) -> None:
    """The exclusions a decision sets, each with its own end."""
    if measures & {"cancel_card", "lose_post"} and not measures & {"bar", "bar_for_good"}:
        exclude(kind=ExclusionKind.DISMISSED, starts=today, **facts)
    if "bar_for_good" in measures:
        exclude(kind=ExclusionKind.BARRED, starts=today, for_good=True, **facts)
    elif "bar" in measures and row.bar_years:
        until = add_years(today, row.bar_years) - timedelta(days=1)
        exclude(kind=ExclusionKind.BARRED, starts=today, until=until, **facts)
    if "pause_duty" in measures:
        exclude(kind=ExclusionKind.PAUSED, starts=today, until=row.pause_until, **facts)
    if measures & {"lose_session", "replace", "end_duty"} and row.session_id:
        session: dict[str, Any] = {"session_id": row.session_id, "starts": row.happened_on}
        exclude(kind=ExclusionKind.SESSION, **session, **facts)


@transaction.atomic
def report_case(*, actor: Actor, case: MisconductCase, on: date, receipt: str) -> MisconductCase:
    """Note that the result went to the authority (R-22)."""
    require_act(actor, Act.PEOPLE_MANAGE, _("登记报送"))
    row = MisconductCase.objects.select_for_update().get(pk=case.pk)
    if row.status == CaseStatus.OPEN or row.decided_on is None:
        raise RefusedError(_("处理以后才能报送结果。"), row.cited)
    if not row.decided_on <= on <= timezone.localdate():
        raise RefusedError(_("报送日期在决定之日和今天之间。"))
    row.reported_on, row.receipt = on, receipt.strip()[:80]
    row.save(update_fields=["reported_on", "receipt"])
    payload = {"on": on.isoformat(), "receipt": row.receipt}
    record(actor=actor, verb="staff.case_report", subject=row.subject, payload=payload)
    return row


@transaction.atomic
def note_correction(*, actor: Actor, case: MisconductCase, on: date) -> MisconductCase:
    """Note that what was to be corrected in time has been."""
    require_act(actor, Act.PEOPLE_MANAGE, _("登记改正"))
    row = MisconductCase.objects.select_for_update().get(pk=case.pk)
    if "correct_in_time" not in row.measures or row.decided_on is None:
        raise RefusedError(_("这件违规没有限期改正的决定。"), row.cited)
    if not row.decided_on <= on <= timezone.localdate():
        raise RefusedError(_("改正日期在决定之日和今天之间。"))
    row.corrected_on = on
    row.save(update_fields=["corrected_on"])
    payload = {"on": on.isoformat()}
    record(actor=actor, verb="staff.case_correct", subject=row.subject, payload=payload)
    return row


@transaction.atomic
def record_appeal(
    *, actor: Actor, case: MisconductCase, on: date, note: str, upheld: bool
) -> MisconductCase:
    """Note an appeal against the decision; one upheld lifts what the decision set (STV-11).

    Cards it cancelled stay cancelled; others are issued in their place for the rest of the term.
    """
    require_act(actor, Act.STAFF_DECIDE, _("登记申诉结果"))
    row = MisconductCase.objects.select_for_update().get(pk=case.pk)
    if row.status != CaseStatus.DECIDED or row.decided_on is None:
        raise RefusedError(_("还没有处理决定，不能登记申诉。"), row.cited)
    if not note.strip() or not row.decided_on <= on <= timezone.localdate():
        raise RefusedError(_("请写明申诉结果，日期在决定之日和今天之间。"))
    row.appealed_on, row.appeal_note = on, note.strip()
    row.save(update_fields=["appealed_on", "appeal_note"])
    if upheld:
        lifted = Exclusion.objects.filter(source_id=row.pk, lifted_on=None)
        lifted.update(lifted_on=on, lifted_reason=row.appeal_note[:300])
        restore(actor=actor, on=on, source=row)
    payload = {"on": on.isoformat(), "upheld": upheld}
    record(actor=actor, verb="staff.case_appeal", subject=row.subject, payload=payload)
    return row


def acts_for(rules: Rulebook, group: str) -> Sequence[StaffViolation]:
    """The acts of one group of people, without those of the institution itself."""
    return [a for a in rules.staff_violations if group in a.groups and group in GROUP_LABELS]


def measure_words(codes: Collection[str]) -> str:
    return "、".join(str(EFFECT_LABELS.get(code, code)) for code in codes)
