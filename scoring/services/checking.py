"""The check: two rounds must agree, assessors are combined, and a third person signs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.hands import alike
from assessment_center.accounts.permission import require_act
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.batches.services.staffing import citations_for
from assessment_center.registry import Actor, RefusedError
from candidates.models import Application
from scoring.enums import EntryRound, ResultStatus, Standing
from scoring.models import FinalResult, ScoreEntry, SubjectResult
from scoring.rules.combining import (
    Combined,
    MarksDisagreeError,
    MarksMissingError,
    agree,
    mean,
    reaches,
)
from scoring.selectors import (
    PRESENT,
    VOID,
    Stood,
    entries_by_application,
    sheet,
    standings,
    ticket_number,
)
from scoring.services.entry import BY_ASSESSORS, full_score
from scoring.services.outdating import outdate_sheets

UNRECORDED, MISSING, DIFFERENT = "unrecorded", "missing", "different"


@dataclass(frozen=True, slots=True)
class Fault:
    """What stands between one candidate's marks and the check."""

    application_id: UUID
    number: str
    name: str
    kind: str
    text: str


def faults(*, batch: AssessmentBatch, offering: Offering, subject: str) -> list[Fault]:
    """Everyone whose marks are missing or disagree: shown before the check, refused by it."""
    rows = list(sheet(batch, offering, subject))
    entries = entries_by_application([row.id for row in rows], subject)
    return _faults(batch, subject, rows, standings(batch), entries)


def _faults(
    batch: AssessmentBatch,
    subject: str,
    rows: list[Application],
    stood: dict[tuple[UUID, str], Stood],
    entries: dict[UUID, list[ScoreEntry]],
) -> list[Fault]:
    found = []
    for row in rows:
        told = fault_of(batch, subject, stood.get((row.id, subject)), entries.get(row.id, []))
        if told is not None:
            found.append(Fault(row.id, ticket_number(row), row.person.name, *told))
    return found


def fault_of(
    batch: AssessmentBatch, subject: str, stood: Stood | None, entries: list[ScoreEntry]
) -> tuple[str, str] | None:
    """(kind, sentence) of what one candidate's marks still lack; None when they can be checked."""
    if stood is None:
        return UNRECORDED, _("考场记录还没有提交")
    if stood.state != PRESENT:
        return None
    try:
        combine(batch, subject, entries)
    except MarksMissingError as fault:
        told = {"have": fault.have, "need": fault.need}
        return MISSING, _("已有 %(have)s 次登分，需要 %(need)s 次") % told
    except MarksDisagreeError as fault:
        marks = {"first": fault.first, "second": fault.second}
        return DIFFERENT, _("两次登分不一致：%(first)s 与 %(second)s") % marks
    return None


def combine(batch: AssessmentBatch, subject: str, entries: list[ScoreEntry]) -> Combined:
    """The score of one candidate in one subject; raises what `rules.combining` raises."""
    if subject in BY_ASSESSORS:
        least = batch.rules.settings.assessor_min
        return mean([each.score for each in entries], at_least=least.value if least else 1)
    by_round = {each.round: each.score for each in entries}
    return agree(by_round.get(EntryRound.FIRST), by_round.get(EntryRound.SECOND))


@transaction.atomic
def check_subject(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    offering: Offering,
    subject: str,
    at: datetime | None = None,
) -> int:
    """Sign the scores of an offering's subject; returns how many results were made.

    The checker is none of those who entered. Absent and cheated stand at zero where the
    rulebook says so and never pass (SCORE-07).
    """
    require_act(actor, Act.SCORE_CHECK, _("核分"))
    AssessmentBatch.objects.select_for_update().get(pk=batch.pk)
    rows = list(sheet(batch, offering, subject))
    if not rows:
        raise RefusedError(_("没有需要参加这个科目的考生。"))
    if SubjectResult.objects.filter(application__in=rows, subject=subject).exists():
        raise RefusedError(_("这一科目已核分。"))
    entries = entries_by_application([row.id for row in rows], subject)
    mine = alike(actor, batch.subject, "score.enter")
    if any(e.entered_by_id in mine for each in entries.values() for e in each):
        cited = citations_for(batch.rules, "enter_scores", "check_scores")
        raise RefusedError(_("核分人不能是登分人，请由另一人核分。"), cited)
    stood = standings(batch)
    _refuse_faults(_faults(batch, subject, rows, stood, entries))
    common = {
        "subject": subject,
        "full_score": full_score(batch),
        "checked_by_id": actor.user_id,
        "checked_at": at or timezone.now(),
    }
    made = [
        SubjectResult(
            application_id=row.id,
            **common,
            **_outcome(batch, subject, stood[row.id, subject], entries.get(row.id, [])),
        )
        for row in rows
    ]
    SubjectResult.objects.bulk_create(made, batch_size=2000)
    payload = {"offering": str(offering.id), "subject": subject, "count": len(made)}
    record(actor=actor, verb="score.check", subject=batch.subject, payload=payload)
    return len(made)


def _refuse_faults(wrong: list[Fault]) -> None:
    if wrong:
        first = wrong[0]
        told = {
            "count": len(wrong),
            "name": first.name,
            "number": first.number,
            "text": first.text,
        }
        raise RefusedError(
            _("有 %(count)s 名考生的登分还不能核：%(name)s（%(number)s）%(text)s。") % told,
            remedy=_("请登分人核对原始评分后更正。"),
        )


def _outcome(
    batch: AssessmentBatch, subject: str, stood: Stood, entries: list[ScoreEntry]
) -> dict[str, Any]:
    """Standing, score and whether passed."""
    if stood.state != PRESENT:
        settings = batch.rules.settings
        cheated = stood.state == VOID
        zero = settings.cheat_score if cheated else settings.absent_score
        return {
            "standing": Standing.CHEATED if cheated else Standing.ABSENT,
            "score": zero.value if zero else None,
            "passed": False,
            "note": stood.note[:200],
        }
    combined = combine(batch, subject, entries)
    line = batch.rules.settings.pass_score.value
    return {
        "standing": Standing.SCORED,
        "score": combined.shown,
        "passed": reaches(combined.exact, pass_score=line),
    }


@transaction.atomic
def reopen_subject(
    *, actor: Actor, batch: AssessmentBatch, offering: Offering, subject: str, reason: str
) -> int:
    """Take a check back before publication, with its reason; the drafts of all results go.

    Printed registers are marked out of date; a report that has gone out no longer counts, for
    its results have changed.
    """
    require_act(actor, Act.SCORE_CHECK, _("退回核分"))
    AssessmentBatch.objects.select_for_update().get(pk=batch.pk)
    if not reason.strip():
        raise RefusedError(_("请写明退回核分的原因。"))
    if FinalResult.objects.filter(batch=batch).exclude(status=ResultStatus.DRAFT).exists():
        raise RefusedError(_("成绩已经公示，不能退回核分；更正须走成绩复核。"))
    done = SubjectResult.objects.filter(
        application__batch=batch, application__offering=offering, subject=subject
    )
    count = done.count()
    if not count:
        raise RefusedError(_("这一科目还没有核分。"))
    FinalResult.objects.filter(batch=batch).delete()
    done.delete()
    outdate_sheets(offering, subject)
    payload = {"offering": str(offering.id), "subject": subject, "reason": reason.strip()}
    record(actor=actor, verb="score.reopen", subject=batch.subject, payload=payload)
    return count
