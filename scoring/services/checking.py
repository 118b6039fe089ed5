"""The check: two rounds must agree, assessors are combined, and a third person signs."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.catalog.enums import Subject
from assessment_center.registry import Actor, RefusedError
from scoring.enums import EntryRound, Standing
from scoring.models import ScoreEntry, SubjectResult
from scoring.rules.combining import (
    Combined,
    MarksDisagreeError,
    MarksMissingError,
    agree,
    mean,
    reaches,
)
from scoring.selectors import entries_by_application, sheet, standings
from scoring.services.entry import PRESENT, full_score

BY_ASSESSORS = {Subject.PRACTICAL, Subject.REVIEW}
DEFAULT_PASS = 60
STANDINGS = {"absent": Standing.ABSENT, "late_refused": Standing.ABSENT}


@dataclass(frozen=True)
class Fault:
    """What stands between one candidate's marks and the check."""

    application_id: UUID
    number: str
    name: str
    text: str


def faults(*, batch: AssessmentBatch, offering: Offering, subject: str) -> list[Fault]:
    """Everyone whose marks are missing or disagree: shown before the check, refused by it."""
    stood = standings(batch)
    rows = list(sheet(batch, offering, subject))
    entries = entries_by_application([row.id for row in rows], subject)
    found = []
    for row in rows:
        if stood.get((row.id, subject)) != PRESENT:
            continue
        try:
            combine(batch, subject, entries[row.id])
        except MarksMissingError as fault:
            text = _("已有 %(have)s 次登分，需要 %(need)s 次") % fault.__dict__
        except MarksDisagreeError as fault:
            text = _("两次登分不一致：%(first)s 与 %(second)s") % fault.__dict__
        else:
            continue
        found.append(Fault(row.id, row.number, row.person.name, text))
    return found


def combine(batch: AssessmentBatch, subject: str, entries: list[ScoreEntry]) -> Combined:
    """The score of one candidate in one subject; raises what `rules.combining` raises."""
    if subject in BY_ASSESSORS:
        least = batch.rules.settings.assessor_min
        return mean([each.score for each in entries], at_least=least.value if least else 1)
    by_round = {each.round: each.score for each in entries}
    return agree(by_round.get(EntryRound.FIRST), by_round.get(EntryRound.SECOND))


@transaction.atomic
def check_subject(*, actor: Actor, batch: AssessmentBatch, offering: Offering, subject: str) -> int:
    """Sign the scores of an offering's subject; returns how many results were made.

    The checker is none of those who entered. Absent and cheated stand at zero where the
    rulebook says so and never pass (SCORE-07).
    """
    if not actor.may(Act.SCORE_CHECK):
        raise RefusedError(_("您的角色不能核分。"))
    AssessmentBatch.objects.select_for_update().get(pk=batch.pk)
    rows = list(sheet(batch, offering, subject))
    if SubjectResult.objects.filter(application__in=rows, subject=subject).exists():
        raise RefusedError(_("这一科目已核分。"))
    entries = entries_by_application([row.id for row in rows], subject)
    if any(e.entered_by_id == actor.user_id for each in entries.values() for e in each):
        raise RefusedError(_("核分人不能是登分人，请由另一人核分。"))
    wrong = faults(batch=batch, offering=offering, subject=subject)
    if wrong:
        first = wrong[0]
        raise RefusedError(
            _("有 %(count)s 名考生的登分还不能核：%(name)s（%(number)s）%(text)s。")
            % {"count": len(wrong), "name": first.name, "number": first.number, "text": first.text}
        )
    stood = standings(batch)
    made = [
        _result(actor, batch, row.id, subject, stood.get((row.id, subject)), entries[row.id])
        for row in rows
    ]
    SubjectResult.objects.bulk_create(made, batch_size=2000)
    record(
        actor=actor,
        verb="score.check",
        subject=batch.subject,
        payload={"offering": str(offering.id), "subject": subject, "count": len(made)},
    )
    return len(made)


def _result(
    actor: Actor,
    batch: AssessmentBatch,
    application_id: UUID,
    subject: str,
    state: str | None,
    entries: list[ScoreEntry],
) -> SubjectResult:
    rules = batch.rules.settings
    common = {
        "application_id": application_id,
        "subject": subject,
        "full_score": full_score(batch),
        "checked_by_id": actor.user_id,
        "checked_at": timezone.now(),
    }
    if state != PRESENT:
        standing = STANDINGS.get(state or "absent", Standing.CHEATED)
        zero = rules.absent_score if standing == Standing.ABSENT else rules.cheat_score
        return SubjectResult(
            standing=standing, score=zero.value if zero else None, passed=False, **common
        )
    combined = combine(batch, subject, entries)
    line = rules.pass_score
    return SubjectResult(
        standing=Standing.SCORED,
        score=combined.shown,
        passed=reaches(combined.exact, pass_score=line.value if line else DEFAULT_PASS),
        **common,
    )
