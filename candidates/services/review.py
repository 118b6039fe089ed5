"""The two looks at an application: department first, then another person of the office.

`seen` tells over which content somebody decided; what changed since is looked at first.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.language import in_chinese
from assessment_center.workflow import advance
from candidates import policies
from candidates.enums import ApplicationStatus, FeeState, Finding, ReviewKind
from candidates.labels import PART_LABELS, REASON_PARTS, RETURN_REASONS
from candidates.lifecycle import APPLICATION
from candidates.models import Application, SampleDraw
from candidates.rules.eligibility import Verdict
from candidates.services.registration import locked
from candidates.services.steps import NOTE, as_seen, judged, tell, write_step

RETURN_MOVES = {
    ApplicationStatus.SUBMITTED: "return_first",
    ApplicationStatus.CONFIRMED: "return_confirmed",
}


def _needs_note(verdict: Verdict, note: str) -> None:
    if verdict.finding == Finding.UNPROVEN and not note.strip():
        raise RefusedError(
            _("还有事实没有证明，通过时须写明核对情况。"),
            verdict.best.citations if verdict.best else (),
            _("请在意见中写明看过的原件或核对结果。"),
        )


@transaction.atomic
def first_review(
    *,
    actor: Actor,
    application: Application,
    note: str = "",
    at: datetime | None = None,
    seconds: int | None = None,
    seen: str = "",
) -> Application:
    """Pass the first review. What meets no condition cannot pass; what is unproven needs a note."""
    row = locked(application)
    as_seen(row, seen)
    pass_first(actor, row, judged(row), note, at, seconds=seconds)
    return row


def pass_first(
    actor: Actor,
    row: Application,
    verdict: Verdict,
    note: str,
    at: datetime | None,
    *,
    seconds: int | None = None,
    draw: SampleDraw | None = None,
) -> None:
    """The first pass of a row that is locked and judged."""
    _needs_note(verdict, note)
    advance(
        machine=APPLICATION,
        subject=row,
        move="first_review",
        actor=actor,
        reason=note,
        updates={"first_reviewed_by": actor.user_id, "first_reviewed_at": at or timezone.now()},
        payload=_facts(verdict, draw),
    )
    kind = ReviewKind.FIRST_REVIEW
    write_step(
        actor=actor, row=row, kind=kind, verdict=verdict, note=note, seconds=seconds, draw=draw
    )


def _facts(verdict: Verdict, draw: SampleDraw | None) -> dict[str, str]:
    return {"finding": verdict.finding.value, **({"sample": str(draw.pk)} if draw else {})}


@in_chinese
def _why_returned(listed: Iterable[str], reason: str) -> str:
    """The reasons of the list and the words beside them, as they are kept and sent."""
    return "；".join(filter(None, (*(str(RETURN_REASONS[k]) for k in listed), reason.strip())))


@transaction.atomic
def return_application(
    *,
    actor: Actor,
    application: Application,
    reason: str = "",
    part: str = "",
    reasons: Collection[str] = (),
    seconds: int | None = None,
    seen: str = "",
) -> Application:
    """Send it back with reasons of the list, words, or both.

    The candidate may change the parts of the reasons and `part`; everything where neither is given.
    A confirmed one goes back for a correction that somebody asks for; what is changed then is
    reviewed anew.
    """
    if unknown := set(reasons) - set(RETURN_REASONS):
        raise RefusedError(_("没有这种退回原因：%(names)s。") % {"names": "、".join(unknown)})
    listed = [key for key in RETURN_REASONS if key in reasons]
    if part and part not in PART_LABELS:
        raise RefusedError(_("请选择要补正的部分。"))
    opened = {part, *(REASON_PARTS[key] for key in listed)}
    parts = ",".join(key for key in PART_LABELS if key in opened)
    text = _why_returned(listed, reason)
    if len(text) > NOTE:
        raise RefusedError(_("退回原因太长，请写得短些（共不超过 300 字）。"))
    row = locked(application)
    as_seen(row, seen)
    advance(
        machine=APPLICATION,
        subject=row,
        move=RETURN_MOVES.get(ApplicationStatus(row.status), "return_second"),
        actor=actor,
        reason=text,
        updates={"return_reason": text, "return_part": parts},
        payload={"part": parts, **({"reasons": listed} if listed else {})},
    )
    kind = ReviewKind.RETURN
    write_step(
        actor=actor, row=row, kind=kind, note=text, part=parts, reasons=listed, seconds=seconds
    )
    tell(row, _lazy("您的申报已退回修改"), text)
    return row


@transaction.atomic
def confirm(
    *,
    actor: Actor,
    application: Application,
    note: str = "",
    at: datetime | None = None,
    seconds: int | None = None,
    seen: str = "",
) -> Application:
    """Pass the second review, by another person than the first; the fee falls due."""
    row = locked(application)
    as_seen(row, seen)
    pass_second(actor, row, judged(row), note, at, seconds=seconds)
    return row


def pass_second(
    actor: Actor,
    row: Application,
    verdict: Verdict,
    note: str,
    at: datetime | None,
    *,
    seconds: int | None = None,
    draw: SampleDraw | None = None,
) -> None:
    """The confirmation of a row that is locked and judged; what was paid stays paid."""
    _needs_note(verdict, note)
    person = row.person
    settled = row.fee_state in {FeeState.PAID, FeeState.WAIVED}
    advance(
        machine=APPLICATION,
        subject=row,
        move="confirm",
        actor=actor,
        reason=note,
        updates={
            "confirmed_by": actor.user_id,
            "confirmed_at": at or timezone.now(),
            "fee_state": row.fee_state if settled else fee_after_review(row),
        },
        payload=_facts(verdict, draw),
    )
    row.person = person
    kind = ReviewKind.CONFIRM
    write_step(
        actor=actor, row=row, kind=kind, verdict=verdict, note=note, seconds=seconds, draw=draw
    )
    tell(row, _lazy("您的申报审核通过"))


def fee_after_review(row: Application) -> FeeState:
    """FEE-01: nothing is due where the rulebook takes no fee or the offering has none."""
    mode = row.batch.rules.settings.fee_mode
    free = row.fee_cents == 0 or (mode is not None and mode.value == "none")
    return FeeState.NONE if free else FeeState.DUE


@in_chinese
def _basis(article: str) -> str:
    return _("（依据：%(article)s）") % {"article": article} if article else ""


@transaction.atomic
def refuse(
    *,
    actor: Actor,
    application: Application,
    reason: str,
    article: str = "",
    seconds: int | None = None,
    seen: str = "",
) -> Application:
    """Refuse for good in this batch, by an article that was not met; the candidate is told both.

    `article` is one of `policies.refusal_articles`; without it the first, that of the level.
    """
    row = locked(application)
    as_seen(row, seen)
    verdict = judged(row)
    known = [str(citation) for citation in policies.refusal_articles(row, verdict)]
    if article and article not in known:
        raise RefusedError(_("请从所列条款中选择不通过的依据。"))
    article = article or next(iter(known), "")
    advance(
        machine=APPLICATION,
        subject=row,
        move="refuse",
        actor=actor,
        reason=reason,
        payload={"article": article},
    )
    write_step(
        actor=actor,
        row=row,
        kind=ReviewKind.REFUSE,
        verdict=verdict,
        note=reason,
        article=article[:200],
        seconds=seconds,
    )
    tell(row, _lazy("您的申报审核不通过"), f"{reason}{_basis(article)}")
    return row
