"""Score reviews: asked for by the candidate in time, answered by a recount (REVW-01 to -06)."""

from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.permission import require_act
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch
from assessment_center.catalog.labels import SUBJECT_LABELS
from assessment_center.notices.services import notify
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.language import in_chinese
from assessment_center.registry.outcomes import require
from assessment_center.workflow import advance
from candidates.models import Application
from scoring import policies
from scoring.enums import ResultStatus, ReviewStatus, Standing
from scoring.labels import REVIEW_LABELS
from scoring.lifecycle import REVIEW
from scoring.models import FinalResult, ScoreReview, SubjectResult
from scoring.rules.combining import reaches
from scoring.rules.marks import fault_of
from scoring.selectors import subject_results
from scoring.services.entry import full_score
from scoring.services.outdating import outdate_sheets
from scoring.services.results import outcome

ANSWERS = {
    ReviewStatus.UNCHANGED: "keep",
    ReviewStatus.CORRECTED: "correct",
    ReviewStatus.REJECTED: "reject",
}
TEXT = 300


@transaction.atomic
def request_review(
    *, actor: Actor, result: FinalResult, subject: str, reason: str, at: datetime | None = None
) -> ScoreReview:
    """Ask for a recount of one subject; only the candidate, once per subject, in time.

    Refused late with the article that sets the term (`review_apply`).
    """
    locked = FinalResult.objects.select_for_update().get(pk=result.pk)
    user = locked.application.person.user
    if not actor.is_system and (user is None or user.pk != actor.user_id):
        raise RefusedError(_("只能由考生本人申请复核。"))
    moment = at or timezone.now()
    require(policies.may_request(locked, subject, at=moment))
    if not reason.strip():
        raise RefusedError(_("请写明理由，例如怀疑漏评、合分或登分有误。"))
    try:
        with transaction.atomic():
            review = ScoreReview.objects.create(
                result=locked, subject=subject, reason=reason.strip()[:TEXT], requested_at=moment
            )
    except IntegrityError as clash:
        raise RefusedError(_("这一科目已经申请过复核，每科只受理一次。")) from clash
    payload = {"subject": subject, "batch": locked.batch.code}
    record(actor=actor, verb="score_review.request", subject=review.ref, payload=payload)
    return review


@transaction.atomic
def answer_review(
    *,
    actor: Actor,
    review: ScoreReview,
    answer: str,
    changed_to: Decimal | None = None,
    rejected: bool = False,
    at: datetime | None = None,
) -> ScoreReview:
    """Answer a request: unchanged, corrected (`changed_to`), or rejected as out of scope.

    Only what was missed, miscounted or wrongly entered is corrected; nothing is marked anew
    (REVW-03). A correction sets the score of the subject and compiles this person's result again,
    while the results are still open. Refused to those who entered or checked the score.
    """
    require_act(actor, Act.SCORE_CHECK, _("答复复核"))
    batch = AssessmentBatch.objects.select_for_update().get(pk=review.result.batch_id)
    if not answer.strip():
        raise RefusedError(_("请写明复核结论和经过。"))
    status = _status(changed_to, rejected=rejected)
    moment = at or timezone.now()
    old = SubjectResult.objects.get(
        application_id=review.result.application_id, subject=review.subject
    )
    if status == ReviewStatus.CORRECTED:
        _check_change(batch, review, old, changed_to)
    answered = advance(
        machine=REVIEW,
        subject=review,
        move=ANSWERS[status],
        actor=actor,
        reason=answer.strip(),
        updates={
            "answer": answer.strip()[:TEXT],
            "changed_from": old.score if status == ReviewStatus.CORRECTED else None,
            "changed_to": changed_to,
            "answered_by_id": actor.user_id,
            "answered_at": moment,
        },
        payload={"from": str(old.score), "to": str(changed_to), "batch": batch.code},
    )
    if status == ReviewStatus.CORRECTED and changed_to is not None:
        _correct(batch, old, changed_to)
    _tell(answered)
    return answered


def _status(changed_to: Decimal | None, *, rejected: bool) -> ReviewStatus:
    if changed_to is None:
        return ReviewStatus.REJECTED if rejected else ReviewStatus.UNCHANGED
    if rejected:
        raise RefusedError(_("不予受理的申请不能更正成绩。"))
    return ReviewStatus.CORRECTED


def _check_change(
    batch: AssessmentBatch, review: ScoreReview, old: SubjectResult, score: Decimal | None
) -> None:
    if review.result.status != ResultStatus.PUBLISHED:
        raise RefusedError(_("成绩已经生效，不能更正。"))
    if old.standing != Standing.SCORED:
        raise RefusedError(_("缺考或违纪取消的科目不能通过复核改成绩；对处理不服的可以申诉。"))
    limit = full_score(batch)
    if score is None or fault_of(score, full=limit) is not None:
        raise RefusedError(_("更正后的成绩应为 0 至 %(limit)s，最多两位小数。") % {"limit": limit})
    if score == old.score:
        raise RefusedError(_("成绩没有变化，请答复“成绩无误”。"))


def _correct(batch: AssessmentBatch, old: SubjectResult, score: Decimal) -> None:
    """The subject's score, then the person's result; both agree with the answered review."""
    old.score = score
    old.passed = reaches(score, pass_score=batch.rules.settings.pass_score.value)
    old.save(update_fields=["score", "passed"])
    application = Application.objects.get(pk=old.application_id)
    found = outcome(batch, application, subject_results(batch)[old.application_id])
    FinalResult.objects.filter(application=application).update(**found)
    outdate_sheets(application.offering, old.subject)


@in_chinese
def _tell(review: ScoreReview) -> None:
    user = review.result.application.person.user
    if user is None:
        return
    told = {
        "subject": SUBJECT_LABELS[review.subject],
        "answer": REVIEW_LABELS[review.status],
    }
    notify(
        recipients=[user],
        title=_("成绩复核已答复：%(subject)s %(answer)s") % told,
        body=review.answer,
        link=f"/portal/scoring/{review.result.application_id}/",
        key=f"score-review:{review.pk}",
    )
