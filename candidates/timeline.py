"""The candidate's own part of his timeline: handed in, reviewed, fee."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.audit.models import AuditEntry
from assessment_center.batches.enums import Route
from assessment_center.catalog.labels import money_words
from candidates.enums import ApplicationStatus as S
from candidates.enums import FeeState, ReviewKind
from candidates.labels import PART_LABELS
from candidates.models import Application, ReviewStep
from candidates.pay_slip import payable
from candidates.portal_parts import PortalAction, PortalPart, TimelineEntry, add_part
from candidates.services.waivers import cited as cited_for
from candidates.spoken import spoken_day


def entries(application: Application) -> Sequence[TimelineEntry]:
    return [
        *_handed_in(application),
        *_review(application),
        *_fee(application),
    ]


def _handed_in(row: Application) -> Iterator[TimelineEntry]:
    """Every time it was handed in or sent back, as they followed each other."""
    if row.submitted_at is None:
        return
    sent = list(_trail(row, "application.submit", "application.enter")) or [row.submitted_at]
    told = [(at, _sent(row, place, at, len(sent))) for place, at in enumerate(sent)]
    told += [(step.created_at, _back(step)) for step in row.reviews.filter(kind=ReviewKind.RETURN)]
    yield from (entry for _at, entry in sorted(told, key=lambda each: each[0]))


def _sent(row: Application, place: int, at: datetime, times: int) -> TimelineEntry:
    """The last handing in counts from the day it came in, and tells what lay in it."""
    title = _("已重新提交") if place else _("已提交")
    if place + 1 < times:
        return TimelineEntry(title, "", "done", at)
    pieces = row.evidence.count()
    detail = _("%(n)d 份材料") % {"n": pieces} if pieces else ""
    return TimelineEntry(title, detail, "done", row.submitted_at)


def _back(step: ReviewStep) -> TimelineEntry:
    parts = "、".join(str(PART_LABELS[p]) for p in step.part.split(",") if p in PART_LABELS)
    title = _("退回修改：%(parts)s") % {"parts": parts} if parts else _("退回修改")
    return TimelineEntry(title, step.note, "done", step.created_at)


def _review(row: Application) -> Iterator[TimelineEntry]:
    last = row.reviews.last()
    if row.status == S.WITHDRAWN:
        yield TimelineEntry(_("申报已撤回"), _("这份申报不再办理。"), "bad", _ended(row))
    elif row.status == S.REFUSED:
        note, at = (last.note, last.created_at) if last else ("", None)
        yield TimelineEntry(_("审核不通过"), note, "bad", at)
    elif row.status == S.SUBMITTED:
        yield TimelineEntry(_("等待初审"), _("院系核对材料；结果会显示在这里。"), "now")
    elif row.status == S.FIRST_REVIEWED:
        yield TimelineEntry(_("初审通过"), "", "done", row.first_reviewed_at)
        yield TimelineEntry(_("等待复核"), _("中心再核对一遍；结果会显示在这里。"), "now")
    elif row.status == S.CONFIRMED:
        yield _passed(row)


def _ended(row: Application) -> datetime | None:
    """When it was withdrawn or cancelled, by the trail."""
    return _trail(row, "application.withdraw", "application.cancel").last()


def _trail(row: Application, *verbs: str) -> QuerySet[AuditEntry, datetime]:
    """When these acts were done to the application, in their order."""
    found = AuditEntry.objects.filter(
        subject_kind=row.subject.kind, subject_id=row.pk, verb__in=verbs
    )
    return found.order_by("id").values_list("at", flat=True)


def _passed(row: Application) -> TimelineEntry:
    step = row.reviews.filter(kind=ReviewKind.CONFIRM).last()
    label = step.verdict.get("label", "") if step else ""
    words = _("符合“%(label)s”") % {"label": label} if label else ""
    return TimelineEntry(_("审核通过"), words, "done", row.confirmed_at)


def _fee(row: Application) -> Iterator[TimelineEntry]:
    if row.status != S.CONFIRMED:
        return
    if row.fee_state in {FeeState.DUE, FeeState.PAID}:
        yield from _waived(row)
    if row.fee_state == FeeState.DUE:
        yield TimelineEntry(
            _("待缴费 %(amount)s") % {"amount": money_words(row.fee_cents)},
            _("请下载缴费通知单，按学校通知缴费并索取票据；缴清后发准考证。"),
            "due",
        )
    elif row.fee_state == FeeState.PAID:
        number = row.fee.receipt_number
        paid = row.fee.created_at
        told = _("票据号 %(number)s") % {"number": number}
        yield TimelineEntry(_("已缴费"), told, "done", paid)
    elif row.fee_state == FeeState.WAIVED:
        yield TimelineEntry(_("费用已减免"), row.fee.reason, "done", row.fee.created_at)


def _waived(row: Application) -> Iterator[TimelineEntry]:
    """Subjects that cost nothing while the others do, each with the reason and the article."""
    for one in row.waivers.filter(ended_on=None).order_by("created_at"):
        amount = money_words(one.amount_cents)
        told = {"name": one.get_subject_code_display(), "amount": amount}
        cited = cited_for(row.batch, one.ground)
        title = _("免收%(name)s费用 %(amount)s") % told
        yield TimelineEntry(title, one.reason, "done", one.created_at, citations=cited)


def actions(application: Application) -> Sequence[PortalAction]:
    if application.status in {S.REFUSED, S.WITHDRAWN}:
        return [PortalAction(_("看可报名的批次"), reverse("portal:home"))]
    if payable(application):
        slip = reverse("portal:pay_slip", args=[application.pk])
        return [PortalAction(_("下载缴费通知单"), slip, primary=True)]
    return ()


def ahead(application: Application) -> Sequence[TimelineEntry]:
    """The days of the examination, until the ticket tells sittings and seats."""
    batch = application.batch
    live = application.status not in {S.REFUSED, S.WITHDRAWN}
    if not live or application.route != Route.EXAM or timezone.localdate() > batch.exam_starts:
        return ()
    one, two = batch.exam_starts, batch.exam_ends
    days = spoken_day(one)
    if two != one:
        days = _("%(first)s至 %(last)s") % {"first": days, "last": spoken_day(two)}
    return (TimelineEntry(_("考试：%(days)s") % {"days": days}, batch.exam_place),)


OWN_PART = add_part(PortalPart("candidates.application", 10, entries, actions))
AHEAD_PART = add_part(PortalPart("candidates.ahead", 50, ahead, until="exams"))
