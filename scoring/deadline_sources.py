"""The dated duties that follow from marking, publicity and requests for a recount."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.batches.enums import ReportStatus
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry.entries import (
    Counting,
    DeadlineSpec,
    DeadlineWatch,
    deadline_sources,
    deadline_watches,
)
from assessment_center.workdays.counting import count_term, counted, day_of, on
from scoring import policies, selectors
from scoring.enums import PublicityStatus, ResultStatus
from scoring.models import FinalResult, Publicity

EXAM_END, STARTS, ENDS = _("考试结束日"), _("公示开始日"), _("公示结束日")
EVENTS: dict[str, Promise] = {
    "marking_end": _("评分结束日"),
    "exam_end": EXAM_END,
    "publicity_end": ENDS,
}
RECOGNITION_EVENTS: dict[str, Promise] = {
    "marking_end": _("认定办结日"),
    "exam_end": _("认定结束日"),
    "publicity_end": ENDS,
}
DAY = timedelta(days=1)


def scoring_deadlines(batch: AssessmentBatch) -> Sequence[DeadlineSpec]:
    """Reports of scores, publicity, requests and answers, and the first day they may be final."""
    publicity = selectors.publicity_of(batch)
    return [
        *_report(batch, publicity),
        *_confirmation(batch),
        *_wait(batch),
        *(_publicity(publicity) if publicity else ()),
        *(_requests(publicity) if publicity else ()),
        *_answers(batch),
    ]


def _report(batch: AssessmentBatch, publicity: Publicity | None) -> Iterator[DeadlineSpec]:
    """SCORE-17: from the end of marking, of the examination or of publicity."""
    settings = batch.rules.settings
    days, start = settings.score_report_workdays, settings.score_report_from
    event = start.value
    begins = _event_day(batch, event, publicity)
    if days is None or begins is None:
        return
    report = selectors.results_report(batch)
    examined = batch.examined
    named = EVENTS[event] if examined else RECOGNITION_EVENTS[event]
    by = counted(named, begins, days.value)
    yield DeadlineSpec.counted(
        "scoring.report",
        _("上报成绩") if examined else _("上报认定结果"),
        by,
        days.citations,
        done=report is not None and report.status in selectors.SAID,
        done_on=day_of(report.submitted_at) if report else None,
        responsible=Act.REPORT,
        stage="score",
    )


def _event_day(batch: AssessmentBatch, event: str, publicity: Publicity | None) -> date | None:
    if event == "marking_end":
        return selectors.marking_end(batch)
    if event == "exam_end":
        return batch.exam_ends
    return publicity.ends_on if publicity else None


def _confirmation(batch: AssessmentBatch) -> Iterator[DeadlineSpec]:
    """SCORE-17: the authority confirms within working days after the report."""
    days = batch.rules.settings.authority_confirm_workdays
    report = selectors.results_report(batch)
    if days is None or report is None or report.submitted_at is None:
        return
    examined = batch.examined
    by = counted(
        _("成绩上报日") if examined else _("认定结果上报日"),
        timezone.localdate(report.submitted_at),
        days.value,
    )
    yield DeadlineSpec.counted(
        "scoring.confirmation",
        _("主管部门确认成绩") if examined else _("主管部门确认认定结果"),
        by,
        days.citations,
        done=report.status in (ReportStatus.APPROVED, ReportStatus.RETURNED),
        done_on=day_of(report.decided_at),
        responsible=Act.REPORT,
        stage="score",
    )


def _wait(batch: AssessmentBatch) -> Iterator[DeadlineSpec]:
    """SCORE-18: not before the working days after the examination have passed."""
    wait = batch.rules.settings.publish_after_workdays
    if wait is None or not batch.examined:
        return
    last = counted(EXAM_END, batch.exam_ends, wait.value)
    yield DeadlineSpec(
        "scoring.publish_from",
        _("可以公布正式成绩"),
        last.due + DAY if last.due else None,
        wait.citations,
        done=FinalResult.objects.filter(batch=batch, status=ResultStatus.FINAL).exists(),
        responsible=Act.SCORE_FINALISE,
        counting=last,
        stage="publicity",
        nature="from",
    )


def _publicity(publicity: Publicity) -> Iterator[DeadlineSpec]:
    """PUB-02: at least so many working days, and what waits for its end."""
    closed = publicity.status == PublicityStatus.CLOSED
    examined = publicity.batch.examined
    length = publicity.batch.rules.settings.publicity_min_workdays
    yield DeadlineSpec(
        "scoring.publicity_end",
        _("成绩公示结束") if examined else _("认定结果公示结束"),
        publicity.ends_on,
        length.citations if length else (),
        done=closed or timezone.localdate() > publicity.ends_on,
        responsible=Act.SCORE_PUBLISH,
        counting=_publicity_counting(publicity),
        stage="publicity",
        nature="event",
    )
    final = policies.final_from(publicity)
    yield DeadlineSpec(
        "scoring.final_from",
        _("成绩可以生效") if examined else _("认定结果可以生效"),
        final.day,
        final.citations,
        done=closed,
        responsible=Act.SCORE_FINALISE,
        counting=on(
            _("公示、复核申请和考后等待期均届满的次日") if examined else _("公示期满的次日"),
            final.day,
        ),
        stage="publicity",
        nature="from",
    )


def _publicity_counting(publicity: Publicity) -> Counting:
    """Counted from its start where it is just as long as ordered; else the day that was set."""
    length = publicity.batch.rules.settings.publicity_min_workdays
    if length:
        least = counted(STARTS, publicity.starts_on, length.value)
        if least.due == publicity.ends_on:
            return least
    return on(_("公告的公示结束日"), publicity.ends_on)


def _requests(publicity: Publicity) -> Iterator[DeadlineSpec]:
    """REVW-01: until when a recount may be asked for, and the outer term where one is named."""
    settings = publicity.batch.rules.settings
    told = (
        ("scoring.review_apply", _("成绩复核申请截止"), settings.review_apply),
        ("scoring.review_apply_outer", _("成绩复查最长申请期届满"), settings.review_apply_outer),
    )
    for kind, label, term in told:
        if term is None or not publicity.batch.examined:
            continue
        period = term.value.unit == policies.PERIOD
        by = (
            on(ENDS, publicity.ends_on)
            if period
            else count_term(STARTS, publicity.starts_on, term.value)
        )
        yield DeadlineSpec.counted(
            kind,
            label,
            by,
            term.citations,
            done=by.due is not None and timezone.localdate() > by.due,
            responsible=Act.SCORE_CHECK,
            stage="publicity",
            nature="event",
        )


def _answers(batch: AssessmentBatch) -> Iterator[DeadlineSpec]:
    """REVW-04: the first answer due of those that wait; nobody is named."""
    reply = batch.rules.settings.review_reply_workdays
    asked = [timezone.localdate(each.requested_at) for each in selectors.waiting_reviews(batch)]
    if reply is None or not asked:
        return
    by = counted(_("最早一份复核申请日"), min(asked), reply.value)
    yield DeadlineSpec.counted(
        "scoring.review_reply",
        str(_("答复成绩复核（%(n)s 份）") % {"n": len(asked)}),
        by,
        reply.citations,
        responsible=Act.SCORE_CHECK,
        stage="publicity",
    )


deadline_sources.register("scoring", scoring_deadlines, order=50)
deadline_watches.register(
    "scoring.publicity", DeadlineWatch("scoring.publicity", lambda row: row.batch_id)
)
deadline_watches.register(
    "scoring.scorereview",
    DeadlineWatch("scoring.scorereview", lambda row: row.result.batch_id),
)
