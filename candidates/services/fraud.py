"""Fraud in an application: found by one, decided by another, with all that follows (REG-16)."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.permission import require_act
from assessment_center.audit.services import record
from assessment_center.registry import Actor, Citation, RefusedError
from assessment_center.rulebooks import Rulebook
from assessment_center.workdays.rules.months import add_months
from assessment_center.workflow import advance
from candidates.cases import false_paper_rules
from candidates.enums import IN_HAND, ApplicationStatus, CaseStatus
from candidates.lifecycle import APPLICATION
from candidates.models import Application, FraudCase, SubjectPass
from candidates.seams import fraud_consequences
from candidates.services.standing import impose_ban

# Effects by which scores, passes and certificates that rest on the application fall.
VOIDING = frozenset({"void_batch", "void_year", "revoke_certificate", "cancel_application"})


@transaction.atomic
def find_fraud(*, actor: Actor, application: Application, act_code: str, facts: str) -> FraudCase:
    """Enter what was found out; act and consequence come from the batch's frozen rulebook.

    Nothing follows yet: somebody else decides. Refuses an act the rulebook does not name as
    fraud in registration, a case without facts, and a second case while one stands.
    """
    if not actor.may(Act.APPLICATION_CONFIRM):
        require_act(actor, Act.APPLICATION_FIRST_REVIEW, _("登记弄虚作假"))
    row = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    rules = row.batch.rules
    rule = next((each for each in false_paper_rules(rules) if each.code == act_code), None)
    if rule is None:
        raise RefusedError(_("规程没有把这种行为列为报名弄虚作假。"))
    if not facts.strip():
        raise RefusedError(_("请写明查明的事实和证据。"), rule.cite)
    if row.status not in IN_HAND:
        raise RefusedError(_("这份申报没有提交，或已经撤回、不通过。"), rule.cite)
    if row.fraud_cases.exclude(status=CaseStatus.DISMISSED).exists():
        raise RefusedError(_("这份申报已有待决定或已成立的弄虚作假处理。"), rule.cite)
    penalty = rules.penalty(rule.penalty)
    case = FraudCase(
        application=row,
        act_code=rule.code,
        act=rule.act,
        consequence=penalty.label,
        effects=list(penalty.effects),
        citations=[str(each) for each in rule.cite],
        facts=facts.strip(),
        found_by_id=actor.user_id,
    )
    case.full_clean()
    case.save(force_insert=True)
    payload = {"case": str(case.pk), "act": rule.code, "penalty": penalty.code}
    record(actor=actor, verb="application.fraud_found", subject=row.subject, payload=payload)
    return case


@transaction.atomic
def decide_fraud(*, actor: Actor, case: FraudCase, upheld: bool, decision: str) -> FraudCase:
    """Uphold or dismiss; upheld, every effect of the rulebook's penalty takes place at once.

    The application is cancelled, its scores and passes fall, a certificate is revoked, the
    person is banned: as the penalty says. Who found it does not decide it.
    """
    require_act(actor, Act.SCORE_FINALISE, _("决定弄虚作假的处理"))
    found = FraudCase.objects.select_for_update(of=("self",)).get(pk=case.pk)
    row = Application.objects.select_for_update(of=("self",)).get(pk=found.application_id)
    rules = row.batch.rules
    cited = _cited(rules, found)
    if found.status != CaseStatus.OPEN:
        raise RefusedError(_("这件事已经决定。"), cited)
    if actor.user_id is not None and found.found_by_id == actor.user_id:
        raise RefusedError(_("处理决定须由登记人以外的人作出。"), cited)
    if not decision.strip():
        raise RefusedError(_("请写明决定的理由。"), cited)
    found.status = CaseStatus.UPHELD if upheld else CaseStatus.DISMISSED
    found.decided_by_id, found.decided_at = actor.user_id, timezone.now()
    found.decision = decision.strip()[:300]
    found.full_clean(exclude=["application"])
    found.save()
    verb = "application.fraud_upheld" if upheld else "application.fraud_dismissed"
    payload = {"case": str(found.pk), "effects": found.effects if upheld else []}
    record(actor=actor, verb=verb, subject=row.subject, payload=payload)
    if upheld:
        _take_effect(actor, found, row, rules)
    return found


def _cited(rules: Rulebook, case: FraudCase) -> tuple[Citation, ...]:
    """The articles of the act under the frozen rulebook."""
    acts = [each for each in false_paper_rules(rules) if each.code == case.act_code]
    return tuple(cited for each in acts for cited in each.cite)


def _take_effect(actor: Actor, case: FraudCase, row: Application, rules: Rulebook) -> None:
    if "ban" in case.effects:
        _ban(actor, case, rules)
    if not VOIDING & set(case.effects):
        return
    for each in _reached(case, row):
        for follow in fraud_consequences:
            follow(actor, case, each)
        SubjectPass.objects.filter(application=each).delete()
        if each.status in IN_HAND:
            advance(
                machine=APPLICATION,
                subject=each,
                move="strike",
                actor=actor,
                reason=f"{case.act}：{case.consequence}"[:300],
            )


def _reached(case: FraudCase, row: Application) -> list[Application]:
    """The application, and where the whole year is void the person's others of that year."""
    if "void_year" not in case.effects:
        return [row]
    others = Application.objects.filter(
        person=row.person_id,
        batch__centre=row.batch.centre_id,
        batch__exam_starts__year=row.batch.exam_starts.year,
        status=ApplicationStatus.CONFIRMED,
    ).exclude(pk=row.pk)
    return [row, *others.select_related("batch")]


def _ban(actor: Actor, case: FraudCase, rules: Rulebook) -> None:
    starts, years = timezone.localdate(), rules.settings.ban_years
    cited = (*_cited(rules, case), *(years.citations if years else ()))
    impose_ban(
        actor=actor,
        person=case.application.person,
        starts=starts,
        until=_until(starts, years.value) if years else None,
        reason=case.act,
        citations=cited,
        source=case.subject,
    )


def _until(starts: date, years: int) -> date:
    """The last day of a ban of so many years."""
    return add_months(starts, 12 * years) - timedelta(days=1)
