"""Violations with the rulebook's own consequence, and incidents (VIO, INC)."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.catalog.enums import Subject
from assessment_center.registry import Actor, RefusedError
from assessment_center.rulebooks import Penalty, Rulebook, ViolationRule
from candidates.services.standing import impose_ban
from exams.enums import MAJOR_KINDS, IncidentKind, RecordStatus
from exams.labels import INCIDENT_LABELS
from exams.models import Incident, RoomRecord, SeatAssignment, Sitting, SittingRoom, Violation
from exams.policies import require_act

MASS = 2


@transaction.atomic
def record_violation(
    *,
    actor: Actor,
    assignment: SeatAssignment,
    act_code: str,
    description: str,
    recorder: str,
    witness: str,
    happened_at: datetime | None = None,
    corrected: bool = False,
) -> Violation:
    """Record an act of a candidate; consequence and article come from the frozen rulebook.

    `corrected`: he stopped when warned, where the act allows a warning first; then nothing else
    follows. An act that carries a ban imposes it in the same transaction (VIO-00, ELIG-90).
    Refuses unknown acts, acts of another subject, one signature only, and closed records.
    """
    require_act(actor, Act.EXAM_RECORD, _("登记违纪违规"))
    seat = SeatAssignment.objects.select_related(
        "sitting__batch__rulebook_version", "application__person"
    ).get(pk=assignment.pk)
    _check_open(seat)
    rules = seat.sitting.batch.rules
    rule, penalty = _rule(rules, act_code, seat.sitting.subject_code)
    _check_signatures(description, recorder, witness, rule)
    if corrected and penalty.settles != "after_warning":
        raise RefusedError(
            _("“%(act)s”没有先行警告的规定，应当场处理。") % {"act": rule.act}, rule.cite
        )
    if seat.violations.filter(act_code=act_code).exists():
        raise RefusedError(_("这名考生的同一行为已经登记。"))
    violation = Violation.objects.create(
        assignment=seat,
        act_code=rule.code,
        act=rule.act,
        penalty=penalty.code,
        consequence=_("口头警告后改正") if corrected else penalty.label,
        effects=["warn"] if corrected else _effects(rules, rule, penalty, seat.sitting),
        citations=[str(each) for each in rule.cite],
        cheating=rule.cheating,
        warned_only=corrected,
        happened_at=happened_at or timezone.now(),
        description=description.strip(),
        recorder=recorder.strip(),
        witness=witness.strip(),
    )
    payload = {"act": rule.code, "penalty": penalty.code, "effects": violation.effects}
    record(actor=actor, verb="exams.violation_record", subject=violation.subject, payload=payload)
    if "ban" in violation.effects:
        _ban(actor, violation, rules, rule)
    return violation


def _check_open(seat: SeatAssignment) -> None:
    sheet = RoomRecord.objects.filter(sitting_room=seat.sitting_room_id).first()
    if sheet is None:
        raise RefusedError(_("本场还没有开考。"), remedy=_("请先开考，再登记考场情况。"))
    if sheet.status == RecordStatus.SUBMITTED:
        raise RefusedError(_("考场记录已经提交，不能再登记。"))


def _rule(rules: Rulebook, code: str, subject: str) -> tuple[ViolationRule, Penalty]:
    try:
        rule = rules.violation(code)
    except KeyError:
        raise RefusedError(
            _("规程的违纪行为表中没有“%(code)s”。") % {"code": code},
            remedy=_("请从列表中选择。"),
        ) from None
    if rule.subjects and subject not in rule.subjects:
        raise RefusedError(
            _("“%(act)s”不适用于这个科目。") % {"act": rule.act}, rule.cite, _("请从列表中选择。")
        )
    return rule, rules.penalty(rule.penalty)


def _check_signatures(text: str, recorder: str, witness: str, rule: ViolationRule) -> None:
    if not text.strip():
        raise RefusedError(_("请写明经过。"), rule.cite)
    if not recorder.strip() or not witness.strip() or recorder.strip() == witness.strip():
        raise RefusedError(_("违纪记录须由两人签字：记录人与见证人。"), rule.cite)


def _effects(rules: Rulebook, rule: ViolationRule, penalty: Penalty, sitting: Sitting) -> list[str]:
    """The penalty's effects; VIO-35: cheating in theory closes the remaining subjects."""
    effects: list[str] = list(penalty.effects)
    blocks = rules.settings.block_remaining_subjects_after_theory_cheating
    wanted = blocks.value and rule.cheating and sitting.subject_code == Subject.THEORY
    if wanted and "block_remaining_subjects" not in effects:
        effects.append("block_remaining_subjects")
    return effects


def _ban(actor: Actor, violation: Violation, rules: Rulebook, rule: ViolationRule) -> None:
    starts = timezone.localdate(violation.happened_at)
    years = rules.settings.ban_years
    impose_ban(
        actor=actor,
        person=violation.assignment.application.person,
        starts=starts,
        until=_until(starts, years.value if years else None),
        reason=violation.act,
        citations=(*rule.cite, *(years.citations if years else ())),
        source=violation.subject,
    )


def _until(starts: date, years: int | None) -> date | None:
    """The last day of a ban of so many years; without a number it has no end date."""
    if not years:
        return None
    try:
        again = starts.replace(year=starts.year + years)
    except ValueError:
        again = date(starts.year + years, 3, 1)
    return again - timedelta(days=1)


@transaction.atomic
def record_incident(
    *,
    actor: Actor,
    sitting: Sitting,
    kind: str,
    text: str,
    happened_at: datetime,
    reported_at: datetime,
    reported_to: str,
    room: SittingRoom | None = None,
) -> Incident:
    """Record an incident and whether its first report came in time (INC-01, INC-02).

    A late report is kept as late, with the article; nothing is refused for being late.
    """
    require_act(actor, Act.EXAM_RECORD, _("登记突发事件"))
    if kind not in INCIDENT_LABELS:
        raise RefusedError(_("没有这类突发事件。"))
    if not text.strip() or not reported_to.strip():
        raise RefusedError(_("请写明经过、处理和报告对象。"))
    if reported_at < happened_at:
        raise RefusedError(_("首报时间不能早于发现时间。"))
    limit = sitting.batch.rules.settings.first_report_minutes
    late = limit is not None and reported_at - happened_at > timedelta(minutes=limit.value)
    incident = Incident.objects.create(
        sitting=sitting,
        sitting_room=room,
        kind=kind,
        is_major=IncidentKind(kind) in MAJOR_KINDS,
        happened_at=happened_at,
        reported_at=reported_at,
        reported_to=reported_to.strip(),
        text=text.strip(),
        is_late=late,
    )
    record(
        actor=actor,
        verb="exams.incident_record",
        subject=incident.subject,
        payload={"kind": kind, "minutes": incident.minutes, "late": late},
    )
    return incident


def cheating_rooms(sitting: Sitting) -> int:
    """Rooms of a sitting with cheating; INC-12 calls two or more a mass case."""
    found = Violation.objects.filter(assignment__sitting=sitting, cheating=True, warned_only=False)
    return found.values("assignment__sitting_room").distinct().count()
