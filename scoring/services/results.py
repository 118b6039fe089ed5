"""Results: compiled from the checked subjects, published, final."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.permission import require_act
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.outcomes import require
from assessment_center.workdays.rules.months import add_months
from assessment_center.workflow import advance
from candidates.models import Application
from candidates.selectors import admitted, to_recognise
from candidates.services.standing import grant_subject_pass
from scoring.enums import RecognitionVerdict, ResultStatus
from scoring.lifecycle import PUBLICITY
from scoring.models import FinalResult, Publicity, SubjectResult
from scoring.policies import final_allowed, publicity_length
from scoring.recognition import decisions_of, route_citations
from scoring.rules.combining import grade, passes
from scoring.selectors import publicity_of, reported_now, subject_results, ticket_number
from scoring.services.moving import advance_all
from scoring.services.recognition import undecided

Scores = dict[str, SubjectResult]


@transaction.atomic
def compile_results(*, actor: Actor, batch: AssessmentBatch) -> int:
    """Make the draft result of every accepted application; returns how many.

    Refused while any subject of anyone lacks its checked score, or anyone who is not examined
    lacks the confirmed decision: a result has all its subjects, or its recognition.
    """
    require_act(actor, Act.SCORE_CHECK, _("汇总成绩"))
    AssessmentBatch.objects.select_for_update().get(pk=batch.pk)
    if FinalResult.objects.filter(batch=batch).exclude(status=ResultStatus.DRAFT).exists():
        raise RefusedError(_("成绩已经公示，不能重新汇总。"))
    scores = subject_results(batch)
    rows = list(admitted(batch).select_related("person", "ticket"))
    for row in rows:
        _refuse_missing(row, scores.get(row.id, {}))
    made = [
        FinalResult(application=row, batch=batch, **outcome(batch, row, scores[row.id]))
        for row in rows
    ]
    made += _recognised(batch)
    if not made:
        raise RefusedError(_("这个批次没有可汇总成绩的考生。"))
    FinalResult.objects.filter(batch=batch).delete()
    FinalResult.objects.bulk_create(made, batch_size=2000)
    payload = {"count": len(made), "passed": sum(each.passed for each in made)}
    record(actor=actor, verb="result.compile", subject=batch.subject, payload=payload)
    return len(made)


def _recognised(batch: AssessmentBatch) -> list[FinalResult]:
    """The results of those who are not examined: what was decided, without subjects."""
    waiting = undecided(batch)
    if waiting:
        raise RefusedError(
            _("还有 %(count)s 人的认定没有确认，例如%(name)s。")
            % {"count": len(waiting), "name": waiting[0].person.name},
            route_citations(waiting[0]),
            _("请先办完认定。"),
        )
    taken = to_recognise(batch)
    decisions = decisions_of(batch).filter(application__in=taken)
    return [
        FinalResult(
            application=each.application,
            batch=batch,
            subjects=[],
            passed=each.verdict == RecognitionVerdict.GRANTED,
        )
        for each in decisions
    ]


def _refuse_missing(row: Application, scores: Scores) -> None:
    missing = [subject for subject in row.subjects if subject not in scores]
    if missing:
        told = {
            "name": row.person.name,
            "number": ticket_number(row),
            "count": len(missing),
        }
        raise RefusedError(
            _("%(name)s（%(number)s）还有 %(count)s 个科目没有核分。") % told,
            remedy=_("请先核分。"),
        )


def outcome(batch: AssessmentBatch, row: Application, scores: Scores) -> dict[str, Any]:
    """Facts of every subject, whether passed as a whole, and the grade where there is one."""
    every = batch.rules.settings.all_subjects
    ok = passes(
        {subject: result.passed for subject, result in scores.items()},
        wanted=row.subjects,
        all_subjects=every.value,
    )
    facts = [
        {
            "subject": subject,
            "standing": str(scores[subject].standing),
            "score": shown(scores[subject].score),
            "passed": scores[subject].passed,
        }
        for subject in row.subjects
    ]
    label = _grade(batch, scores) if ok else ""
    return {"subjects": facts, "passed": ok, "grade_label": label}


def shown(score: Decimal | int | None) -> str | None:
    """A score as it is kept and printed: always two decimals."""
    return None if score is None else f"{Decimal(score):.2f}"


def _grade(batch: AssessmentBatch, scores: Scores) -> str:
    bands = batch.rules.settings.grade_bands
    marks = [result.score for result in scores.values() if result.score is not None]
    if bands is None or not marks:
        return ""
    return grade(min(marks), [(band.min, band.label) for band in bands.value])


@transaction.atomic
def publish(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    starts_on: date,
    ends_on: date,
    place: str,
    at: datetime | None = None,
) -> Publicity:
    """Open the publicity period (PUB-01, PUB-02, PUB-06).

    Refused: a period that is too short or starts in the past, results that were not compiled,
    and, where the rulebook has them reported first, results other than those reported.
    """
    require_act(actor, Act.SCORE_PUBLISH, _("公示成绩"))
    AssessmentBatch.objects.select_for_update().get(pk=batch.pk)
    moment = at or timezone.now()
    drafts = FinalResult.objects.filter(batch=batch, status=ResultStatus.DRAFT)
    if not drafts.exists():
        raise RefusedError(_("没有待公示的成绩。"), remedy=_("请先汇总成绩。"))
    if not place.strip():
        raise RefusedError(_("请写明公示方式，例如学院网站和公告栏。"))
    before = batch.rules.settings.report_before_publicity
    if before.value and not reported_now(batch):
        raise RefusedError(
            _("现在的成绩还没有上报主管部门，不能公示。"),
            before.citations,
            _("请先上报；上报后有变动的须重新上报。"),
        )
    if starts_on < timezone.localdate(moment):
        raise RefusedError(_("公示不能从过去的日子开始。"))
    require(publicity_length(batch, starts_on, ends_on))
    publicity = Publicity(
        batch=batch,
        starts_on=starts_on,
        ends_on=ends_on,
        place=place.strip(),
        published_by_id=actor.user_id,
    )
    publicity.full_clean(exclude=["published_by"])
    publicity.save(force_insert=True)
    advance_all(
        actor=actor,
        batch=batch,
        rows=drafts,
        move="publish",
        updates={"published_at": moment},
        payload={"starts": str(starts_on), "ends": str(ends_on), "place": place.strip()},
    )
    return publicity


@transaction.atomic
def finalise(
    *, actor: Actor, batch: AssessmentBatch, objections: str, at: datetime | None = None
) -> int:
    """Make the published results final; passed single subjects stay valid for their term.

    `objections` says what was raised and how it was handled (“无异议” where nothing was).
    Refused before publicity, the time for reviews and the wait after the examination are over.
    """
    require_act(actor, Act.SCORE_FINALISE, _("使成绩生效"))
    AssessmentBatch.objects.select_for_update().get(pk=batch.pk)
    moment = at or timezone.now()
    if not objections.strip():
        raise RefusedError(_("请写明公示期间的异议及处理；没有异议请写“无异议”。"))
    require(final_allowed(batch, on=timezone.localdate(moment)))
    published = FinalResult.objects.filter(batch=batch, status=ResultStatus.PUBLISHED)
    failed = list(published.filter(passed=False).select_related("application"))
    publicity = publicity_of(batch)
    assert publicity is not None
    advance(
        machine=PUBLICITY,
        subject=publicity,
        move="close",
        actor=actor,
        updates={"objections": objections.strip()},
    )
    count = advance_all(
        actor=actor,
        batch=batch,
        rows=published,
        move="finalise",
        updates={"final_at": moment},
        payload={"objections": objections.strip()[:200]},
    )
    _grant_passes(actor, batch, failed)
    return count


def _grant_passes(actor: Actor, batch: AssessmentBatch, failed: list[FinalResult]) -> None:
    """A passed subject of a failed whole stays valid (VAL-01), counted from the last exam day."""
    months = batch.rules.settings.single_pass_valid_months
    if months is None:
        return
    until = add_months(batch.exam_ends, months.value)
    for result in failed:
        for fact in result.subjects:
            if fact["passed"]:
                grant_subject_pass(
                    actor=actor,
                    application=result.application,
                    subject=fact["subject"],
                    passed_on=batch.exam_ends,
                    valid_until=until,
                    source=result.subject,
                )
