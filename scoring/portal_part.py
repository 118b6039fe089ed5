"""What the candidate's page says of scores: published or not, until when, what can be done."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.batches.enums import Route
from assessment_center.catalog.labels import SUBJECT_LABELS
from assessment_center.registry import Allowed
from candidates.enums import ApplicationStatus as S
from candidates.models import Application, SubjectPass
from candidates.portal_parts import EntryState, PortalAction, PortalPart, TimelineEntry, add_part
from candidates.selectors import active_ban
from scoring import policies
from scoring.enums import RecognitionStatus, ResultStatus
from scoring.models import FinalResult, RecognitionDecision, ScoreReview
from scoring.sheets import fact_words, outcome_word


def told_result(application: Application) -> FinalResult | None:
    """The result once it is told: publicity has begun."""
    result = (
        FinalResult.objects.filter(application=application)
        .exclude(status=ResultStatus.DRAFT)
        .select_related("batch__publicity", "batch__rulebook_version")
        .prefetch_related("reviews")
        .first()
    )
    if result is None or result.batch.publicity.starts_on > timezone.localdate():
        return None
    return result


def recognition_entries(application: Application) -> Sequence[TimelineEntry]:
    """Before anything is told: whether the recognition is still being worked on."""
    decision = RecognitionDecision.objects.filter(application=application).first()
    if decision is None or decision.status != RecognitionStatus.CONFIRMED:
        return (TimelineEntry(_("认定办理中"), str(application.get_route_display()), "now"),)
    return (TimelineEntry(_("认定已办结"), _("等待公示"), "done", decision.decided_at),)


def entries(application: Application) -> Sequence[TimelineEntry]:
    result = told_result(application)
    if result is None and application.route != Route.EXAM and application.status == "confirmed":
        return (*recognition_entries(application), TimelineEntry(_("结果公布")))
    if result is None:
        return (TimelineEntry(_("成绩公布")),)
    publicity, examined = result.batch.publicity, result.application.route == Route.EXAM
    facts = "，".join(
        f"{SUBJECT_LABELS[fact['subject']]} {fact_words(fact)}" for fact in result.subjects
    )
    told = TimelineEntry(
        (_("成绩：%(word)s") if examined else _("认定结果：%(word)s"))
        % {"word": result.grade_label or _(outcome_word(result))},
        facts,
        "done" if result.passed else "bad",
        result.published_at,
    )
    reviews = [_review_entry(each) for each in result.reviews.all()]
    final = _("成绩生效") if examined else _("认定结果生效")
    if result.status == ResultStatus.FINAL:
        effective = TimelineEntry(final, "", "done", result.final_at)
        return (told, *reviews, effective, *_once_more(result))
    length = result.batch.rules.settings.publicity_min_workdays
    period = TimelineEntry(
        (_("成绩公示到 %(day)s") if examined else _("认定结果公示到 %(day)s"))
        % {"day": publicity.ends_on},
        _period_words(result) if examined else _("对名单有异议，可在公示期内向本机构反映。"),
        "now",
        citations=length.citations if length else (),
    )
    return (told, *reviews, period)


def _once_more(result: FinalResult) -> Sequence[TimelineEntry]:
    """What somebody who failed can do next, and what of his scores still counts."""
    row = result.application
    if result.passed or row.route != Route.EXAM or _goes_on(row):
        return ()
    kept = SubjectPass.objects.filter(application=row).order_by("subject_code")
    if not kept:
        return (TimelineEntry(_("可以重新申报"), _("在以后的批次申报，考全部科目。"), "now"),)
    names = "、".join(str(SUBJECT_LABELS[each.subject_code]) for each in kept)
    until = kept[0].valid_until
    lasts = _("合格成绩保留到 %(day)s") % {"day": until} if until else _("合格成绩长期有效")
    words = _("%(names)s%(lasts)s；在以后的批次申报同一职业和等级，只考没有合格的科目。")
    return (TimelineEntry(_("可以补考"), words % {"names": names, "lasts": lasts}, "now"),)


def _goes_on(row: Application) -> bool:
    """Whether the matter goes on elsewhere: under a ban, or in a later application."""
    if active_ban(row.person, timezone.localdate()) is not None:
        return True
    later = Application.objects.filter(
        person_id=row.person_id,
        occupation_id=row.occupation_id,
        job=row.job,
        level=row.level,
        created_at__gt=row.created_at,
    )
    return later.exclude(status__in=[S.REFUSED, S.WITHDRAWN]).exists()


def _period_words(result: FinalResult) -> str:
    deadline = policies.review_deadline(result.batch.publicity)
    if deadline is None:
        return _("对成绩有疑问可以申请复核。")
    return _("对成绩有疑问，可在 %(day)s 前（含当日）申请复核。") % {"day": deadline.day}


def _review_entry(review: ScoreReview) -> TimelineEntry:
    state: EntryState = "done" if review.answered_at else "now"
    title = _("成绩复核（%(subject)s）：%(state)s") % {
        "subject": review.get_subject_display(),
        "state": review.get_status_display(),
    }
    return TimelineEntry(title, review.answer, state, review.answered_at or review.requested_at)


def actions(application: Application) -> Sequence[PortalAction]:
    result = told_result(application)
    if result is None:
        return ()
    url = reverse("scoring_portal:score", args=[application.pk])
    now = timezone.now()
    may = any(
        isinstance(policies.may_request(result, fact["subject"], at=now), Allowed)
        for fact in result.subjects
    )
    label = _("查看成绩") if result.subjects else _("查看结果")
    found = [PortalAction(label, url, primary=True)]
    if may:
        found.append(PortalAction(_("申请复核"), f"{url}#review"))
    return found


add_part(PortalPart("scoring", 110, entries, actions))
