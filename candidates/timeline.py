"""The candidate's own part of his timeline: handed in, reviewed, fee."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from candidates.enums import ApplicationStatus as S
from candidates.enums import FeeState, ReviewKind
from candidates.models import Application
from candidates.portal_parts import PortalAction, PortalPart, TimelineEntry, add_part


def _said(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{local.month} 月 {local.day} 日 {local:%H:%M}"


def entries(application: Application) -> Sequence[TimelineEntry]:
    return [*_handed_in(application), *_review(application), *_fee(application)]


def _handed_in(row: Application) -> Iterator[TimelineEntry]:
    if row.submitted_at is None:
        yield TimelineEntry(_("已撤回"), state="idle")
        return
    pieces = row.evidence.count()
    detail = _("%(at)s · %(n)d 份材料") % {"at": _said(row.submitted_at), "n": pieces}
    yield TimelineEntry(_("已提交"), detail, "done", row.submitted_at)


def _review(row: Application) -> Iterator[TimelineEntry]:
    last = row.reviews.last()
    if row.status == S.WITHDRAWN:
        yield TimelineEntry(_("申报已撤回"), _("这份申报不再办理。"), "bad")
    elif row.status == S.REFUSED:
        yield TimelineEntry(_("审核不通过"), last.note if last else "", "bad")
    elif row.status == S.SUBMITTED:
        yield TimelineEntry(_("等待初审"), _("院系核对材料；结果会显示在这里。"), "now")
    elif row.status == S.FIRST_REVIEWED:
        yield TimelineEntry(_("初审通过，等待复核"), "", "now")
    elif row.status == S.CONFIRMED:
        yield _passed(row)


def _passed(row: Application) -> TimelineEntry:
    step = row.reviews.filter(kind=ReviewKind.CONFIRM).last()
    label = step.verdict.get("label", "") if step else ""
    words = [_said(row.confirmed_at)] if row.confirmed_at else []
    if label:
        words.append(_("符合“%(label)s”") % {"label": label})
    return TimelineEntry(_("审核通过"), " · ".join(words), "done", row.confirmed_at)


def _fee(row: Application) -> Iterator[TimelineEntry]:
    if row.status != S.CONFIRMED:
        return
    if row.fee_state == FeeState.DUE:
        yuan = f"{row.offering.fee_cents / 100:g}"
        yield TimelineEntry(
            _("待缴费 %(yuan)s 元") % {"yuan": yuan}, _("请按学校通知缴费并索取票据。"), "due"
        )
    elif row.fee_state == FeeState.PAID:
        number = row.fee.receipt_number
        yield TimelineEntry(_("已缴费"), _("票据号 %(number)s") % {"number": number}, "done")
    elif row.fee_state == FeeState.WAIVED:
        yield TimelineEntry(_("费用已减免"), row.fee.reason, "done")


def actions(application: Application) -> Sequence[PortalAction]:
    if application.status in {S.REFUSED, S.WITHDRAWN}:
        return [PortalAction(_("看可报名的批次"), reverse("portal:home"))]
    return ()


OWN_PART = add_part(PortalPart("candidates.application", 10, entries, actions))
