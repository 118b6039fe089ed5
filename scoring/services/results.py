"""Results: compiled from the checked subjects, published, reviewed, final."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches.enums import ReportStatus
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import Actor, Refused, RefusedError
from assessment_center.registry.outcomes import require
from assessment_center.workdays.services import add_workdays, workdays_between
from candidates.models import Application
from candidates.selectors import admitted
from candidates.services.standing import grant_subject_pass
from scoring.enums import PublicityStatus, ResultStatus
from scoring.models import FinalResult, Publicity, ScoreReview, SubjectResult
from scoring.rules.combining import grade, passes
from scoring.rules.validity import add_months
from scoring.selectors import subject_results


def _require(actor: Actor, act: Act, words: str) -> None:
    if not actor.may(act):
        raise RefusedError(_("您的角色不能%(what)s。") % {"what": words})


@transaction.atomic
def compile_results(*, actor: Actor, batch: AssessmentBatch) -> int:
    """Make the draft result of every admitted application; returns how many.

    Refused while any subject of anyone lacks its checked score: a result has all its subjects.
    """
    _require(actor, Act.SCORE_CHECK, _("汇总成绩"))
    AssessmentBatch.objects.select_for_update().get(pk=batch.pk)
    if FinalResult.objects.filter(batch=batch).exclude(status=ResultStatus.DRAFT).exists():
        raise RefusedError(_("成绩已经公示，不能重新汇总。"))
    scores = subject_results(batch)
    rows = list(admitted(batch))
    if not rows:
        raise RefusedError(_("这个批次没有可汇总成绩的考生。"))
    made = [_compile(batch, row, scores.get(row.id, {})) for row in rows]
    FinalResult.objects.filter(batch=batch).delete()
    FinalResult.objects.bulk_create(made, batch_size=2000)
    record(
        actor=actor,
        verb="result.compile",
        subject=batch.subject,
        payload={"count": len(made), "passed": sum(each.passed for each in made)},
    )
    return len(made)


def _compile(
    batch: AssessmentBatch, row: Application, scores: dict[str, SubjectResult]
) -> FinalResult:
    missing = [subject for subject in row.subjects if subject not in scores]
    if missing:
        raise RefusedError(
            _("%(name)s（%(number)s）还有 %(count)s 个科目没有核分。")
            % {"name": row.person.name, "number": row.number, "count": len(missing)}
        )
    rules = batch.rules.settings
    every = rules.all_subjects
    ok = passes(
        {subject: result.passed for subject, result in scores.items()},
        wanted=row.subjects,
        all_subjects=every.value if every else True,
    )
    facts: list[dict[str, Any]] = [
        {
            "subject": subject,
            "standing": scores[subject].standing,
            "score": None if scores[subject].score is None else str(scores[subject].score),
            "passed": scores[subject].passed,
        }
        for subject in row.subjects
    ]
    return FinalResult(
        application=row,
        batch=batch,
        subjects=facts,
        passed=ok,
        grade_label=_grade(batch, scores) if ok else "",
    )


def _grade(batch: AssessmentBatch, scores: dict[str, SubjectResult]) -> str:
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
    """Open the publicity period: long enough, and reported before where the rulebook says so."""
    _require(actor, Act.SCORE_PUBLISH, _("公示成绩"))
    AssessmentBatch.objects.select_for_update().get(pk=batch.pk)
    rules = batch.rules.settings
    drafts = FinalResult.objects.filter(batch=batch, status=ResultStatus.DRAFT)
    if not drafts.exists():
        raise RefusedError(_("还没有汇总成绩，不能公示。"))
    before = rules.report_before_publicity
    if (
        before
        and before.value
        and not batch.reports.filter(kind="results")
        .exclude(status__in=[ReportStatus.DRAFT, ReportStatus.RETURNED])
        .exists()
    ):
        raise RefusedError(_("成绩须先上报主管部门，再公示。"), before.citations)
    length = rules.publicity_min_workdays
    if length and workdays_between(starts_on, ends_on) < length.value:
        raise RefusedError(
            _("公示期不足 %(n)s 个工作日；从 %(start)s 起至少到 %(end)s。")
            % {
                "n": length.value,
                "start": starts_on,
                "end": add_workdays(starts_on, length.value),
            },
            length.citations,
        )
    publicity = Publicity.objects.create(
        batch=batch,
        starts_on=starts_on,
        ends_on=ends_on,
        place=place,
        published_by_id=actor.user_id,
    )
    count = drafts.update(status=ResultStatus.PUBLISHED, published_at=at or timezone.now())
    record(
        actor=actor,
        verb="result.publish",
        subject=batch.subject,
        payload={"count": count, "from": str(starts_on), "to": str(ends_on), "place": place},
    )
    return publicity


def final_allowed(batch: AssessmentBatch, *, on: date) -> Refused | None:
    """Why the results cannot become final on that day, or None."""
    publicity = Publicity.objects.filter(batch=batch).first()
    if publicity is None:
        return Refused(_("成绩还没有公示。"))
    rules = batch.rules.settings
    if on <= publicity.ends_on:
        cited = rules.publicity_min_workdays
        return Refused(
            _("公示到 %(end)s 结束，之后成绩才能生效。") % {"end": publicity.ends_on},
            cited.citations if cited else (),
        )
    wait = rules.publish_after_workdays
    if wait and on < (earliest := add_workdays(batch.exam_ends, wait.value)):
        return Refused(
            _("成绩最早于 %(day)s 生效（考试结束 %(n)s 个工作日后）。")
            % {"day": earliest, "n": wait.value},
            wait.citations,
        )
    if ScoreReview.objects.filter(result__batch=batch, answered_at=None).exists():
        return Refused(_("还有成绩复核申请没有答复。"))
    return None


@transaction.atomic
def finalise(*, actor: Actor, batch: AssessmentBatch, objections: str, at: datetime) -> int:
    """Make the published results final; passed single subjects stay valid for their term.

    `objections` says what was raised and how it was handled (“无异议” where nothing was).
    """
    _require(actor, Act.SCORE_FINALISE, _("使成绩生效"))
    AssessmentBatch.objects.select_for_update().get(pk=batch.pk)
    if not objections.strip():
        raise RefusedError(_("请写明公示期间的异议及处理；没有异议请写“无异议”。"))
    refused = final_allowed(batch, on=timezone.localdate(at))
    if refused is not None:
        require(refused)
    Publicity.objects.filter(batch=batch).update(
        status=PublicityStatus.CLOSED, objections=objections
    )
    published = FinalResult.objects.filter(batch=batch, status=ResultStatus.PUBLISHED)
    failed = list(published.filter(passed=False).select_related("application"))
    count = published.update(status=ResultStatus.FINAL, final_at=at)
    if not count:
        raise RefusedError(_("没有公示中的成绩。"))
    _grant_passes(actor, batch, failed)
    record(
        actor=actor,
        verb="result.finalise",
        subject=batch.subject,
        payload={"count": count, "objections": objections[:200]},
    )
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
