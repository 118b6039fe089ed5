"""The two looks at an application: department first, then another person of the office."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.notices.services import notify
from assessment_center.registry import Actor, RefusedError
from assessment_center.workflow import advance
from candidates import selectors
from candidates.enums import ApplicationStatus, FeeState, Finding, ReviewKind
from candidates.labels import PART_LABELS
from candidates.lifecycle import APPLICATION
from candidates.models import Application, ReviewStep
from candidates.rules.eligibility import Verdict
from candidates.services.registration import locked


def verdict_json(verdict: Verdict) -> dict[str, object]:
    """The verdict as the review keeps it: which condition, by which article, on which facts."""
    best = verdict.best
    if best is None:
        return {"finding": verdict.finding.value}
    return {
        "finding": verdict.finding.value,
        "condition": best.condition_id,
        "label": best.label,
        "cited": [str(citation) for citation in best.citations],
        "facts": [each.fact for each in best.predicates],
    }


def _judged(row: Application, majors: Iterable[str] | None = None) -> Verdict:
    """Judge anew under the lock: evidence may have come since, or a condition changed."""
    verdict = selectors.verdict_of(row, majors=majors)
    if row.finding != verdict.finding:
        row.finding = verdict.finding
        row.save(update_fields=["finding"])
    return verdict


def _note(
    *,
    actor: Actor,
    row: Application,
    kind: ReviewKind,
    verdict: Verdict | None = None,
    note: str = "",
    part: str = "",
) -> ReviewStep:
    return ReviewStep.objects.create(
        application=row,
        kind=kind,
        by_id=actor.user_id,
        by_name=actor.label[:80],
        note=note.strip()[:300],
        part=part,
        verdict=verdict_json(verdict) if verdict else {},
    )


def _tell(row: Application, title: str, body: str) -> None:
    if row.person.user is not None:
        notify(
            recipients=[row.person.user],
            title=title,
            body=body,
            link=reverse("portal:application", args=[row.pk]),
        )


def _needs_note(verdict: Verdict, note: str) -> None:
    if verdict.finding == Finding.UNPROVEN and not note.strip():
        raise RefusedError(
            _("还有事实没有证明，通过时须写明核对情况。"),
            verdict.best.citations if verdict.best else (),
            _("请在意见中写明看过的原件或核对结果。"),
        )


@transaction.atomic
def first_review(
    *, actor: Actor, application: Application, note: str = "", at: datetime | None = None
) -> Application:
    """Pass the first review. What meets no condition cannot pass; what is unproven needs a note."""
    row = locked(application)
    _pass_first(actor, row, _judged(row), note, at)
    return row


def _pass_first(
    actor: Actor, row: Application, verdict: Verdict, note: str, at: datetime | None
) -> None:
    _needs_note(verdict, note)
    advance(
        machine=APPLICATION,
        subject=row,
        move="first_review",
        actor=actor,
        reason=note,
        updates={"first_reviewed_by": actor.user_id, "first_reviewed_at": at or timezone.now()},
        payload={"finding": verdict.finding.value},
    )
    _note(actor=actor, row=row, kind=ReviewKind.FIRST_REVIEW, verdict=verdict, note=note)


@transaction.atomic
def return_application(
    *, actor: Actor, application: Application, reason: str, part: str = "facts"
) -> Application:
    """Send it back with the reason; the candidate's page opens at `part`."""
    if part not in PART_LABELS:
        raise RefusedError(_("请选择要补正的部分。"))
    row = locked(application)
    move = "return_first" if row.status == ApplicationStatus.SUBMITTED else "return_second"
    advance(
        machine=APPLICATION,
        subject=row,
        move=move,
        actor=actor,
        reason=reason,
        updates={"return_reason": reason.strip()[:300], "return_part": part},
        payload={"part": part},
    )
    _note(actor=actor, row=row, kind=ReviewKind.RETURN, note=reason, part=part)
    _tell(row, _("您的申报已退回修改"), reason)
    return row


@transaction.atomic
def confirm(
    *, actor: Actor, application: Application, note: str = "", at: datetime | None = None
) -> Application:
    """Pass the second review, by another person than the first; the fee falls due."""
    row = locked(application)
    _pass_second(actor, row, _judged(row), note, at)
    return row


def _pass_second(
    actor: Actor, row: Application, verdict: Verdict, note: str, at: datetime | None
) -> None:
    _needs_note(verdict, note)
    person = row.person
    advance(
        machine=APPLICATION,
        subject=row,
        move="confirm",
        actor=actor,
        reason=note,
        updates={
            "confirmed_by": actor.user_id,
            "confirmed_at": at or timezone.now(),
            "fee_state": fee_after_review(row),
        },
        payload={"finding": verdict.finding.value},
    )
    row.person = person
    _note(actor=actor, row=row, kind=ReviewKind.CONFIRM, verdict=verdict, note=note)
    _tell(row, _("您的申报审核通过"), "")


def fee_after_review(row: Application) -> FeeState:
    """FEE-01: nothing is due where the rulebook takes no fee or the offering has none."""
    mode = row.batch.rules.settings.fee_mode
    free = row.offering.fee_cents == 0 or (mode is not None and mode.value == "none")
    return FeeState.NONE if free else FeeState.DUE


@transaction.atomic
def refuse(*, actor: Actor, application: Application, reason: str) -> Application:
    """Refuse for good in this batch; the reason goes to the candidate."""
    row = locked(application)
    verdict = _judged(row)
    advance(machine=APPLICATION, subject=row, move="refuse", actor=actor, reason=reason)
    _note(actor=actor, row=row, kind=ReviewKind.REFUSE, verdict=verdict, note=reason)
    _tell(row, _("您的申报审核不通过"), reason)
    return row


@transaction.atomic
def first_review_many(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    only: Iterable[object] | None = None,
    at: datetime | None = None,
) -> tuple[int, list[str]]:
    """Pass the first review of all whose verdict is clean; (how many, why others were not)."""
    return _many(actor, batch, ApplicationStatus.SUBMITTED, only, at)


@transaction.atomic
def confirm_many(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    only: Iterable[object] | None = None,
    at: datetime | None = None,
) -> tuple[int, list[str]]:
    """Confirm all whose verdict is clean and whom somebody else reviewed first."""
    return _many(actor, batch, ApplicationStatus.FIRST_REVIEWED, only, at)


def _many(
    actor: Actor,
    batch: AssessmentBatch,
    status: ApplicationStatus,
    only: Iterable[object] | None,
    at: datetime | None,
) -> tuple[int, list[str]]:
    """All rows are locked by one query; each passes or fails on its own."""
    first = status == ApplicationStatus.SUBMITTED
    found = selectors.queue(batch, state=status).filter(finding=Finding.ELIGIBLE)
    bound = Act.APPLICATION_FIRST_REVIEW if first else Act.APPLICATION_CONFIRM
    found = selectors.visible(actor, found, act=bound)
    found = found.select_related(*selectors.RELATED, "person__user")
    if only is not None:
        found = found.filter(pk__in=[str(key) for key in only])
    rows = found.select_for_update(of=("self",), no_key=True).prefetch_related("evidence")
    decide = _pass_first if first else _pass_second
    majors: dict[object, frozenset[str]] = {}
    done, left = 0, []
    for row in rows:
        row.batch = batch
        row.offering.batch = batch
        fitting = majors.get(row.offering_id)
        if fitting is None:
            fitting = majors[row.offering_id] = selectors.majors_for(row.offering, batch)
        try:
            with transaction.atomic():
                decide(actor, row, _judged(row, fitting), "", at)
            done += 1
        except RefusedError as refusal:
            left.append(f"{row.number} {row.person.name}：{refusal}")
    return done, left
