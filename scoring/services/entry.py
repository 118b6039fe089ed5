"""Entering marks: twice by two people for papers, by each assessor for practical work."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.registry import Actor, RefusedError
from candidates.models import Application
from scoring.enums import EntryRound
from scoring.models import ScoreEntry, SubjectResult
from scoring.selectors import sheet, standings

PRESENT = "present"
DEFAULT_FULL = 100


@transaction.atomic
def enter_scores(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    offering: Offering,
    subject: str,
    entry_round: EntryRound,
    marks: Mapping[UUID, Decimal],
    reasons: Mapping[UUID, str] | None = None,
) -> int:
    """Enter marks of one offering and subject; returns how many.

    `marks` by application id, in points from 0 to the full score. All or none: the first fault
    names its person. Refused: who did not sit, a mark outside the range, a zero without its
    written reason (`zero_needs_reason`), a second entry by the same person, marks already
    checked.
    """
    if not actor.may(Act.SCORE_ENTER):
        raise RefusedError(_("您的角色不能登分。"))
    AssessmentBatch.objects.select_for_update().get(pk=batch.pk)
    reasons = reasons or {}
    people = {each.id: each for each in sheet(batch, offering, subject)}
    stood = standings(batch)
    rows = []
    for key, mark in marks.items():
        application = people.get(key)
        if application is None:
            raise RefusedError(_("名单中没有这名考生，请刷新后再登。"))
        _check_mark(batch, application, mark, reasons.get(key, ""))
        if stood.get((key, subject)) != PRESENT:
            raise RefusedError(
                _("%(name)s 未参加这一科目（缺考或违纪），不能登分。")
                % {"name": application.person.name}
            )
        rows.append(
            ScoreEntry(
                application=application,
                subject=subject,
                round=entry_round,
                score=mark,
                full_score=full_score(batch),
                reason=reasons.get(key, ""),
                entered_by_id=actor.user_id,
            )
        )
    _refuse_repeats(actor, subject, entry_round, people, list(marks))
    ScoreEntry.objects.bulk_create(rows, batch_size=2000)
    record(
        actor=actor,
        verb="score.enter",
        subject=batch.subject,
        payload={
            "offering": str(offering.id),
            "subject": subject,
            "round": entry_round,
            "count": len(rows),
        },
    )
    return len(rows)


def full_score(batch: AssessmentBatch) -> int:
    cited = batch.rules.settings.full_score
    return cited.value if cited else DEFAULT_FULL


def _check_mark(
    batch: AssessmentBatch, application: Application, mark: Decimal, reason: str
) -> None:
    limit = full_score(batch)
    name = application.person.name
    if not 0 <= mark <= limit:
        raise RefusedError(
            _("%(name)s 的分数 %(mark)s 不在 0 至 %(limit)s 之间。")
            % {"name": name, "mark": mark, "limit": limit}
        )
    rule = batch.rules.settings.zero_needs_reason
    if mark == 0 and rule is not None and rule.value and not reason.strip():
        raise RefusedError(_("%(name)s 为零分，请写明原因。") % {"name": name}, rule.citations)


def _refuse_repeats(
    actor: Actor,
    subject: str,
    entry_round: EntryRound,
    people: Mapping[UUID, Application],
    keys: list[UUID],
) -> None:
    checked = SubjectResult.objects.filter(application_id__in=keys, subject=subject).first()
    if checked:
        raise RefusedError(
            _("%(name)s 的这一科目已核分，不能再登。")
            % {"name": people[checked.application_id].person.name}
        )
    earlier = ScoreEntry.objects.filter(application_id__in=keys, subject=subject)
    mine = earlier.filter(entered_by_id=actor.user_id).first()
    if mine:
        raise RefusedError(
            _("您已登过 %(name)s 的分数；第二次登分须由另一人完成。")
            % {"name": people[mine.application_id].person.name}
        )
    taken = earlier.filter(round=entry_round).exclude(round=EntryRound.ASSESSOR).first()
    if taken:
        raise RefusedError(
            _("%(name)s 的这一轮分数已登。") % {"name": people[taken.application_id].person.name}
        )


@transaction.atomic
def correct_entry(*, actor: Actor, entry: ScoreEntry, score: Decimal, reason: str) -> ScoreEntry:
    """Correct one's own mark before the check, with a reason; the old mark stays in the trail."""
    locked = ScoreEntry.objects.select_for_update().get(pk=entry.pk)
    if locked.entered_by_id != actor.user_id:
        raise RefusedError(_("只能更正自己登的分数。"))
    if not reason.strip():
        raise RefusedError(_("请写明更正的原因。"))
    if SubjectResult.objects.filter(
        application_id=locked.application_id, subject=locked.subject
    ).exists():
        raise RefusedError(_("这一科目已核分，更正须走成绩复核。"))
    application = locked.application
    _check_mark(application.batch, application, score, reason)
    before = locked.score
    locked.score, locked.reason = score, reason[:200]
    locked.save(update_fields=["score", "reason", "updated_at"])
    record(
        actor=actor,
        verb="score.correct",
        subject=locked.ref,
        payload={"from": str(before), "to": str(score), "reason": reason},
    )
    return locked
