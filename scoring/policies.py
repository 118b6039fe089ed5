"""What the frozen rulebook says of publicity, of reviews and of when results become final."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import ALLOWED, Actor, Citation, Outcome, Refused
from assessment_center.workdays.services import add_term, add_workdays, workdays_between
from scoring import selectors
from scoring.enums import ResultStatus
from scoring.models import FinalResult, Publicity, ScoreEntry, ScoreReview, SubjectResult

DAY = timedelta(days=1)
PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Dated:
    """A day and the articles behind it."""

    day: date
    citations: tuple[Citation, ...] = ()


def publicity_end(batch: AssessmentBatch, starts_on: date) -> Dated:
    """The earliest end of a publicity that starts that day (PUB-02)."""
    length = batch.rules.settings.publicity_min_workdays
    if length is None:
        return Dated(starts_on)
    return Dated(add_workdays(starts_on, length.value), length.citations)


def publicity_length(batch: AssessmentBatch, starts_on: date, ends_on: date) -> Outcome:
    """PUB-02: the day of publication is not counted."""
    length = batch.rules.settings.publicity_min_workdays
    if length is None or workdays_between(starts_on, ends_on) >= length.value:
        return ALLOWED
    return Refused(
        _("公示期不足 %(n)s 个工作日。") % {"n": length.value},
        length.citations,
        _("从 %(start)s 起至少公示到 %(end)s。")
        % {"start": starts_on, "end": publicity_end(batch, starts_on).day},
    )


def review_deadline(publicity: Publicity) -> Dated | None:
    """The last day on which a review may be asked for (REVW-01).

    None: the rulebook is silent, or nothing was scored that could be recounted.
    """
    term = publicity.batch.rules.settings.review_apply
    if term is None or not publicity.batch.examined:
        return None
    if term.value.unit == PERIOD:
        return Dated(publicity.ends_on, term.citations)
    return Dated(add_term(term.value, publicity.starts_on), term.citations)


def reply_due(review: ScoreReview) -> Dated | None:
    """By when a request must be answered (REVW-04)."""
    reply = review.result.batch.rules.settings.review_reply_workdays
    if reply is None:
        return None
    asked = timezone.localdate(review.requested_at)
    return Dated(add_workdays(asked, reply.value), reply.citations)


def report_due(batch: AssessmentBatch) -> Dated | None:
    """By when the scores must be reported (SCORE-17); None while the event has not happened."""
    settings = batch.rules.settings
    days, start = settings.score_report_workdays, settings.score_report_from
    if days is None:
        return None
    publicity = selectors.publicity_of(batch)
    events = {
        "marking_end": selectors.marking_end(batch),
        "exam_end": batch.exam_ends,
        "publicity_end": publicity.ends_on if publicity else None,
    }
    event = events[start.value]
    return Dated(add_workdays(event, days.value), days.citations) if event else None


def reports_after_publicity(batch: AssessmentBatch) -> bool:
    return batch.rules.settings.score_report_from.value == "publicity_end"


def exam_wait(batch: AssessmentBatch) -> Dated | None:
    """The first day after the working days that must pass since the examination (SCORE-18)."""
    wait = batch.rules.settings.publish_after_workdays
    if wait is None or not batch.examined:
        return None
    return Dated(add_workdays(batch.exam_ends, wait.value) + DAY, wait.citations)


def final_from(publicity: Publicity) -> Dated:
    """The first day on which results may become final: after publicity, reviews and the wait."""
    batch = publicity.batch
    length = batch.rules.settings.publicity_min_workdays
    days = [Dated(publicity.ends_on + DAY, length.citations if length else ())]
    asked = review_deadline(publicity)
    if asked is not None:
        days.append(Dated(asked.day + DAY, asked.citations))
    wait = exam_wait(batch)
    if wait is not None:
        days.append(wait)
    return max(days, key=lambda each: each.day)


def final_allowed(batch: AssessmentBatch, *, on: date) -> Outcome:
    """Whether the results may become final on that day."""
    publicity = selectors.publicity_of(batch)
    if publicity is None:
        return Refused(_("结果还没有公示。"), remedy=_("请先公示。"))
    earliest = final_from(publicity)
    if on < earliest.day:
        told = (
            _("成绩最早于 %(day)s 生效：公示期、复核申请期和考试后的规定时间都须届满。")
            if batch.examined
            else _("认定结果最早于 %(day)s 生效：公示期须届满。")
        )
        return Refused(told % {"day": earliest.day}, earliest.citations)
    waiting = selectors.waiting_reviews(batch).count()
    if waiting:
        reply = batch.rules.settings.review_reply_workdays
        return Refused(
            _("还有 %(n)s 份成绩复核申请没有答复。") % {"n": waiting},
            reply.citations if reply else (),
            _("请先答复。"),
        )
    return ALLOWED


def may_request(result: FinalResult, subject: str, *, at: datetime) -> Outcome:
    """Whether a review of this subject may be asked for now (REVW-01)."""
    if subject not in {fact["subject"] for fact in result.subjects}:
        return Refused(_("成绩中没有这个科目。"))
    publicity = selectors.publicity_of(result.batch)
    if result.status == ResultStatus.FINAL:
        return Refused(_("成绩已经生效，复核申请期已过。"), _apply_citations(result.batch))
    day = timezone.localdate(at)
    if result.status == ResultStatus.DRAFT or publicity is None or day < publicity.starts_on:
        return Refused(_("成绩还没有公布。"))
    last = review_deadline(publicity)
    if last is not None and day > last.day:
        return Refused(
            _("复核申请已于 %(day)s 截止。") % {"day": last.day},
            last.citations,
            _("对违纪处理等其他问题，可向本机构申诉或投诉。"),
        )
    if any(each.subject == subject for each in result.reviews.all()):
        return Refused(
            _("这一科目已经申请过复核，每科只受理一次。"), _apply_citations(result.batch)
        )
    return ALLOWED


def _apply_citations(batch: AssessmentBatch) -> tuple[Citation, ...]:
    term = batch.rules.settings.review_apply
    return term.citations if term else ()


def may_answer(review: ScoreReview, actor: Actor) -> Outcome:
    """REVW-05: who recounts neither entered nor checked this score."""
    mine = {"application_id": review.result.application_id, "subject": review.subject}
    if (
        ScoreEntry.objects.filter(**mine, entered_by_id=actor.user_id).exists()
        or SubjectResult.objects.filter(**mine, checked_by_id=actor.user_id).exists()
    ) and actor.user_id is not None:
        return Refused(_("您登过或核过这一成绩，不能由您复核。"), remedy=_("请由其他人员复核。"))
    return ALLOWED


def publicity_fields(batch: AssessmentBatch) -> tuple[str, ...]:
    """What the public list shows besides the conclusion (PUB-03); never an ID number."""
    return batch.rules.settings.publicity_fields.value


def is_public(publicity: Publicity, *, on: date) -> bool:
    """Whether the list stands open to everybody that day."""
    return publicity.starts_on <= on <= publicity.ends_on
