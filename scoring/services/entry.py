"""Entering marks: twice by two people for papers, by each assessor for practical work."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.hands import alike
from assessment_center.accounts.permission import require_act
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.catalog.enums import Subject
from assessment_center.registry import Actor, Citation, RefusedError
from candidates.models import Application
from scoring.enums import EntryRound
from scoring.models import ScoreEntry, SubjectResult
from scoring.rules.marks import MarkFault, fault_of
from scoring.selectors import PRESENT, Stood, sheet, standings, ticket_number

BY_ASSESSORS = frozenset({Subject.PRACTICAL.value, Subject.REVIEW.value})
REASON_LENGTH = 200


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

    `marks` by application id, in points from 0 to the full score with at most two decimals. All
    or none: the first fault names its person. Refused: who did not sit, a room not yet recorded,
    a mark outside the range, a zero without its written reason (`zero_needs_reason`), a second
    entry by the same person, marks already checked, a round that does not fit the subject.
    """
    require_act(actor, Act.SCORE_ENTER, _("登分"))
    entered_by = actor.user_id
    if entered_by is None:
        raise RefusedError(_("登分须由本人签名，不能由系统代登。"))
    AssessmentBatch.objects.select_for_update().get(pk=batch.pk)
    _check_round(subject, entry_round)
    people = {each.id: each for each in sheet(batch, offering, subject)}
    _check_all(batch, subject, people, marks, reasons or {})
    rows = [
        ScoreEntry(
            application=people[key],
            subject=subject,
            round=entry_round,
            score=mark,
            full_score=full_score(batch),
            reason=(reasons or {}).get(key, "").strip()[:REASON_LENGTH],
            entered_by_id=entered_by,
        )
        for key, mark in marks.items()
    ]
    if not rows:
        raise RefusedError(_("还没有填写分数。"))
    _refuse_repeats(actor, subject, entry_round, people, list(marks))
    _create(rows)
    payload = {
        "offering": str(offering.id),
        "subject": subject,
        "round": entry_round.value,
        "count": len(rows),
    }
    record(actor=actor, verb="score.enter", subject=batch.subject, payload=payload)
    return len(rows)


def _check_all(
    batch: AssessmentBatch,
    subject: str,
    people: Mapping[UUID, Application],
    marks: Mapping[UUID, Decimal],
    reasons: Mapping[UUID, str],
) -> None:
    """Refuse the first mark that cannot stand, and the first person who cannot have one."""
    stood = standings(batch)
    for key, mark in marks.items():
        application = people.get(key)
        if application is None:
            raise RefusedError(_("名单中没有这名考生，请刷新后再登。"))
        check_mark(batch, application, mark, reasons.get(key, ""))
        _check_sat(application, stood.get((key, subject)))


def _create(rows: Sequence[ScoreEntry]) -> None:
    try:
        with transaction.atomic():
            ScoreEntry.objects.bulk_create(rows, batch_size=2000)
    except IntegrityError as clash:
        raise RefusedError(_("其中有的分数已登过，请刷新后再登。")) from clash


def _check_round(subject: str, entry_round: EntryRound) -> None:
    if (subject in BY_ASSESSORS) != (entry_round == EntryRound.ASSESSOR):
        raise RefusedError(
            _("这一科目由考评员各自评分。")
            if subject in BY_ASSESSORS
            else _("这一科目由两人分别登分。")
        )


def _check_sat(application: Application, stood: Stood | None) -> None:
    named = {"name": application.person.name}
    if stood is None:
        raise RefusedError(
            _("%(name)s 的考场记录还没有提交，不能登分。") % named,
            remedy=_("请先提交考场情况记录。"),
        )
    if stood.state != PRESENT:
        raise RefusedError(_("%(name)s 未参加这一科目（缺考或违纪），不能登分。") % named)


def full_score(batch: AssessmentBatch) -> int:
    return batch.rules.settings.full_score.value


def check_mark(
    batch: AssessmentBatch, application: Application, mark: Decimal, reason: str
) -> None:
    """Refuse a mark that cannot stand, naming the person (SCORE-01, SCORE-06)."""
    fault = mark_problem(batch, mark, reason)
    if fault is not None:
        raise RefusedError(f"{application.person.name}：{fault[0]}", fault[1])


def mark_problem(
    batch: AssessmentBatch, mark: Decimal, reason: str
) -> tuple[str, tuple[Citation, ...]] | None:
    """What is wrong with a mark, as a sentence with its articles."""
    settings = batch.rules.settings
    limit = settings.full_score
    fault = fault_of(mark, full=limit.value)
    if fault is MarkFault.OUT_OF_RANGE:
        told = {"mark": mark, "limit": limit.value}
        return _("分数 %(mark)s 不在 0 至 %(limit)s 之间。") % told, limit.citations
    if fault is MarkFault.TOO_FINE:
        return _("分数 %(mark)s 的小数多于两位。") % {"mark": mark}, ()
    if fault is MarkFault.NOT_A_NUMBER:
        return _("不是分数。"), ()
    rule = settings.zero_needs_reason
    if mark == 0 and rule.value and not reason.strip():
        return _("零分须写明原因。"), rule.citations
    return None


def _refuse_repeats(
    actor: Actor,
    subject: str,
    entry_round: EntryRound,
    people: Mapping[UUID, Application],
    keys: list[UUID],
) -> None:
    def named(row: ScoreEntry | SubjectResult) -> dict[str, str]:
        person = people[row.application_id]
        return {"name": person.person.name, "number": ticket_number(person)}

    checked = SubjectResult.objects.filter(application_id__in=keys, subject=subject).first()
    if checked:
        raise RefusedError(_("%(name)s（%(number)s）的这一科目已核分，不能再登。") % named(checked))
    earlier = ScoreEntry.objects.filter(application_id__in=keys, subject=subject)
    same = alike(actor, next(iter(people.values())).batch.subject, "score.enter")
    mine = earlier.filter(entered_by_id__in=same).first()
    if mine:
        raise RefusedError(
            _("您已登过 %(name)s（%(number)s）的分数；第二次登分须由另一人完成。") % named(mine)
        )
    taken = earlier.filter(round=entry_round).exclude(round=EntryRound.ASSESSOR).first()
    if taken:
        raise RefusedError(_("%(name)s（%(number)s）的这一轮分数已登。") % named(taken))


@transaction.atomic
def correct_entry(*, actor: Actor, entry: ScoreEntry, score: Decimal, reason: str) -> ScoreEntry:
    """Correct one's own mark before the check, with a reason; the old mark stays in the trail."""
    require_act(actor, Act.SCORE_ENTER, _("更正分数"))
    application = entry.application
    AssessmentBatch.objects.select_for_update().get(pk=application.batch_id)
    locked = ScoreEntry.objects.select_for_update().get(pk=entry.pk)
    if locked.entered_by_id != actor.user_id:
        raise RefusedError(_("只能更正自己登的分数。"))
    if not reason.strip():
        raise RefusedError(_("请写明更正的原因。"))
    done = SubjectResult.objects.filter(application=application, subject=locked.subject)
    if done.exists():
        raise RefusedError(_("这一科目已核分，更正须走成绩复核。"))
    check_mark(application.batch, application, score, reason)
    before = locked.score
    locked.score, locked.reason = score, reason.strip()[:REASON_LENGTH]
    locked.save(update_fields=["score", "reason", "updated_at"])
    payload = {"from": str(before), "to": str(score), "reason": reason.strip()}
    record(actor=actor, verb="score.correct", subject=locked.ref, payload=payload)
    return locked
