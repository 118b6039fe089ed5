"""Recognitions without examination: proposed by one person, confirmed by another (FIL-22)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.permission import require_act
from assessment_center.audit.services import record
from assessment_center.batches.enums import Route
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.outcomes import require
from assessment_center.workflow import advance
from candidates.enums import ApplicationStatus
from candidates.models import Application
from candidates.services.registration import locked
from scoring.enums import RecognitionStatus, RecognitionVerdict
from scoring.lifecycle import RECOGNITION
from scoring.models import FinalResult, RecognitionDecision
from scoring.recognition import (
    Assessment,
    assess,
    assess_all,
    candidates_of,
    may_propose,
    record_citations,
)

REASON, MEETING = 300, 120


@transaction.atomic
def propose_recognition(
    *,
    actor: Actor,
    application: Application,
    verdict: RecognitionVerdict,
    reason: str = "",
    at: datetime | None = None,
) -> RecognitionDecision:
    """Put down facts, papers and articles of one candidate, and what should follow.

    Refused for a withdrawn application, before the papers are there, against what the
    conditions say, once results are published, and beside a decision that already stands.
    """
    require_act(actor, Act.RECOGNITION_PROPOSE, _("提出认定意见"))
    if actor.user_id is None:
        raise RefusedError(_("认定须由具体的经办人提出。"))
    row = locked(application)
    _refuse_closed(row)
    found = assess(row)
    require(may_propose(found, verdict, reason))
    facts = _facts(found, verdict, reason) | {
        "prepared_by_id": actor.user_id,
        "prepared_at": at or timezone.now(),
    }
    standing = RecognitionDecision.objects.filter(application=row).first()
    if standing is not None:
        return advance(
            machine=RECOGNITION,
            subject=standing,
            move="propose_again",
            actor=actor,
            updates=facts,
            payload={"verdict": verdict.value, "batch": row.batch.code},
        )
    return _first(actor, row, facts)


def _first(actor: Actor, row: Application, facts: dict[str, Any]) -> RecognitionDecision:
    """Keep the first proposal; two at the same moment leave one."""
    try:
        with transaction.atomic():
            decision = RecognitionDecision.objects.create(application=row, **facts)
    except IntegrityError as clash:
        raise RefusedError(_("这名考生的认定刚刚已由他人提出。")) from clash
    record(
        actor=actor,
        verb="recognition.propose",
        subject=decision.subject,
        payload={
            "verdict": decision.verdict,
            "batch": row.batch.code,
            "cited": decision.articles,
            "papers": [paper["digest"] for paper in decision.evidence],
        },
    )
    return decision


def _refuse_closed(row: Application) -> None:
    if row.route == Route.EXAM:
        raise RefusedError(_("考试考核的结果来自成绩，不作认定结论。"))
    if row.status != ApplicationStatus.CONFIRMED:
        raise RefusedError(
            _("这份申报“%(status)s”，不能认定。") % {"status": row.get_status_display()},
            remedy=_("只认定审核通过的申报。"),
        )
    if FinalResult.objects.filter(batch=row.batch_id).exclude(status="draft").exists():
        raise RefusedError(_("本批结果已经公示，不能再提出认定。"))


def _facts(found: Assessment, verdict: RecognitionVerdict, reason: str) -> dict[str, Any]:
    """The decision's columns: a whole copy of what was judged, so that nothing later alters it."""
    best, claimed = found.condition, found.claimed
    basis = claimed.basis if claimed else None
    return {
        "route": found.application.route,
        "basis_id": basis.pk if basis else None,
        "facts": {
            "condition": {"id": best.condition_id, "label": best.label} if best else None,
            "predicates": [{"fact": p.fact, "truth": int(p.truth)} for p in best.predicates]
            if best
            else [],
            "claim": [
                {"label": one.label, "value": one.value, "asked": one.asked, "met": one.met}
                for one in (claimed.lines if claimed else ())
            ],
            "basis": {"title": basis.title, "document": basis.document} if basis else None,
        },
        "evidence": [
            {
                "id": str(paper.pk),
                "kind": paper.kind,
                "title": str(paper),
                "digest": paper.digest,
            }
            for paper in found.papers
        ],
        "verdict": verdict.value,
        "reason": reason.strip()[:REASON],
        "articles": [str(each) for each in found.citations],
        "return_reason": "",
    }


@transaction.atomic
def propose_clean(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    offering: Offering | None = None,
    at: datetime | None = None,
) -> int:
    """Propose to recognise everybody whose facts and papers leave nothing open; how many."""
    require_act(actor, Act.RECOGNITION_PROPOSE, _("提出认定意见"))
    waiting = list(candidates_of(batch, offering=offering, state="open"))
    clean = [each.application for each in assess_all(waiting) if each.clean]
    for row in clean:
        propose_recognition(actor=actor, application=row, verdict=RecognitionVerdict.GRANTED, at=at)
    return len(clean)


@transaction.atomic
def confirm_recognition(
    *,
    actor: Actor,
    decision: RecognitionDecision,
    meeting: str,
    at: datetime | None = None,
) -> RecognitionDecision:
    """The second person confirms; from now on the decision stays as it is.

    `meeting` names the minutes or the record of the work, which the rulebook may want (F-111).
    """
    row = (
        RecognitionDecision.objects.select_for_update(of=("self",))
        .select_related("application__batch__rulebook_version", "application__person")
        .get(pk=decision.pk)
    )
    wanted = record_citations(row.application.batch)
    if wanted and not meeting.strip():
        raise RefusedError(_("请写明会议或工作记录的名称、编号。"), wanted)
    return advance(
        machine=RECOGNITION,
        subject=row,
        move="confirm",
        actor=actor,
        updates={
            "decided_by_id": actor.user_id,
            "decided_at": at or timezone.now(),
            "meeting": meeting.strip()[:MEETING],
        },
        payload={
            "verdict": row.verdict,
            "batch": row.application.batch.code,
            "meeting": meeting.strip()[:MEETING],
        },
    )


@transaction.atomic
def confirm_recognitions(
    *,
    actor: Actor,
    decisions: Iterable[RecognitionDecision],
    meeting: str,
    at: datetime | None = None,
) -> int:
    """Confirm several at once, all or none; how many."""
    chosen = list(decisions)
    if not chosen:
        raise RefusedError(_("请选择要确认的认定。"))
    for each in chosen:
        confirm_recognition(actor=actor, decision=each, meeting=meeting, at=at)
    return len(chosen)


@transaction.atomic
def return_recognition(
    *, actor: Actor, decision: RecognitionDecision, reason: str
) -> RecognitionDecision:
    """The second person does not agree: back to whoever proposed, with the reason."""
    row = (
        RecognitionDecision.objects.select_for_update(of=("self",))
        .select_related("application__batch__rulebook_version", "application__person")
        .get(pk=decision.pk)
    )
    return advance(
        machine=RECOGNITION,
        subject=row,
        move="send_back",
        actor=actor,
        reason=reason,
        updates={"return_reason": reason.strip()[:REASON]},
        payload={"batch": row.application.batch.code},
    )


def undecided(batch: AssessmentBatch) -> list[Application]:
    """Those to be recognised whose decision is not confirmed."""
    return list(candidates_of(batch).exclude(recognition__status=RecognitionStatus.CONFIRMED))
