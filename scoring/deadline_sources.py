"""The dated duties that follow from marking, publicity and requests for a recount."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry.entries import DeadlineSpec, deadline_sources
from scoring import policies, selectors
from scoring.enums import PublicityStatus


def scoring_deadlines(batch: AssessmentBatch) -> Sequence[DeadlineSpec]:
    """Report of scores, end of publicity, the first day results may be final, open answers."""
    return [*_report(batch), *_publicity(batch), *_answers(batch)]


def _report(batch: AssessmentBatch) -> Iterator[DeadlineSpec]:
    due = policies.report_due(batch)
    if due is not None:
        report = selectors.results_report(batch)
        done = report is not None and report.status in selectors.SAID
        yield DeadlineSpec("scoring.report", str(_("上报成绩")), due.day, due.citations, done=done)


def _publicity(batch: AssessmentBatch) -> Iterator[DeadlineSpec]:
    publicity = selectors.publicity_of(batch)
    if publicity is None:
        return
    closed = publicity.status == PublicityStatus.CLOSED
    length = batch.rules.settings.publicity_min_workdays
    yield DeadlineSpec(
        "scoring.publicity_end",
        str(_("成绩公示结束")),
        publicity.ends_on,
        length.citations if length else (),
        done=closed,
    )
    final = policies.final_from(publicity)
    yield DeadlineSpec(
        "scoring.final_from", str(_("成绩可以生效")), final.day, final.citations, done=closed
    )


def _answers(batch: AssessmentBatch) -> Iterator[DeadlineSpec]:
    dues = [policies.reply_due(each) for each in selectors.waiting_reviews(batch)]
    known = [due for due in dues if due is not None]
    if known:
        first = min(known, key=lambda each: each.day)
        label = str(_("答复成绩复核（%(n)s 份）") % {"n": len(known)})
        yield DeadlineSpec("scoring.review_reply", label, first.day, first.citations)


deadline_sources.register("scoring", scoring_deadlines, order=50)
