"""Admission tickets: numbered and given out once the batch is approved (TKT-01 to TKT-06)."""

from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches.enums import ReportStatus
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import Actor, RefusedError
from assessment_center.workdays.services import add_workdays
from assessment_center.workflow import advance
from candidates.selectors import admitted
from exams.enums import SittingStatus
from exams.lifecycle import SITTING
from exams.models import AdmissionTicket, Sitting
from exams.policies import form_citations, require_act, require_open
from exams.rules.tickets import numbers, prefix
from exams.selectors import sitting_days, tickets_given, unseated


@transaction.atomic
def issue_tickets(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    at: datetime | None = None,
    late_reason: str = "",
) -> list[AdmissionTicket]:
    """Number every admitted candidate and give out the tickets; returns the new ones.

    Refuses before the authority's approval, before every sitting is confirmed, while a candidate
    has no seat, earlier than the rulebook's window, and later without a reason, which is kept.
    Later ones of a batch that has its tickets are outside the window by nature. A number once
    given stays; numbers of a batch follow one another without a gap.
    """
    require_act(actor, Act.EXAM_ARRANGE, _("发放准考证"))
    locked = AssessmentBatch.objects.select_for_update().get(pk=batch.pk)
    require_open(locked)
    moment = at or timezone.now()
    _check_approved(locked)
    sittings = _check_arranged(locked)
    _check_window(locked, moment, late_reason.strip())
    made = _number(actor, locked, moment)
    for sitting in sittings:
        if sitting.status == SittingStatus.ARRANGED:
            advance(machine=SITTING, subject=sitting, move="ticket", actor=actor)
    record(
        actor=actor,
        verb="exams.tickets_issue",
        subject=locked.subject,
        payload={
            "new": len(made),
            "first": made[0].number if made else "",
            "late": late_reason.strip(),
        },
    )
    return made


def _check_approved(batch: AssessmentBatch) -> None:
    if not batch.reports.filter(kind="plan", status=ReportStatus.APPROVED).exists():
        lead = batch.rules.settings.report_lead_workdays
        raise RefusedError(
            _("主管部门还没有批复本批次，不能发放准考证。"),
            (*form_citations(batch.rules, "F-214"), *(lead.citations if lead else ())),
            _("请先上报批次并登记批复。"),
        )


def _check_arranged(batch: AssessmentBatch) -> list[Sitting]:
    sittings = list(batch.sittings.select_for_update().order_by("number"))
    citations = form_citations(batch.rules, "F-214")
    if not sittings:
        raise RefusedError(_("还没有安排场次。"), citations, _("请先安排时间和考场。"))
    open_ones = [str(each.number) for each in sittings if each.confirmed_at is None]
    if open_ones:
        raise RefusedError(
            _("第 %(numbers)s 场的排座还没有确认。") % {"numbers": "、".join(open_ones)}, citations
        )
    if left := unseated(batch):
        raise RefusedError(
            _("还有 %(count)s 人次没有座位，例如%(name)s。")
            % {"count": len(left), "name": left[0][0].person.name},
            citations,
            _("请补排后再发放。"),
        )
    return sittings


def issue_days(batch: AssessmentBatch) -> tuple[date, date] | None:
    """TKT-01: the first and the last day for giving out tickets, counted from the first sitting.

    None where the rulebook names none.
    """
    window = batch.rules.settings.ticket_issue_workdays_before
    if window is None:
        return None
    first, _last = sitting_days(batch)
    return add_workdays(first, -max(window.value)), add_workdays(first, -min(window.value))


def _check_window(batch: AssessmentBatch, moment: datetime, late_reason: str) -> None:
    days = issue_days(batch)
    window = batch.rules.settings.ticket_issue_workdays_before
    if days is None or window is None or tickets_given(batch):
        return
    today, (earliest, latest) = timezone.localdate(moment), days
    if today < earliest:
        raise RefusedError(
            _("准考证于 %(day)s 起发放。") % {"day": earliest.isoformat()}, window.citations
        )
    if today > latest and not late_reason:
        raise RefusedError(
            _("准考证应于 %(day)s 以前发放，现在已经逾期。") % {"day": latest.isoformat()},
            window.citations,
            _("请写明逾期原因后发放，原因留在审计记录中。"),
        )


def _number(actor: Actor, batch: AssessmentBatch, moment: datetime) -> list[AdmissionTicket]:
    head = prefix(batch.code)
    with connection.cursor() as cursor:  # batches whose codes have the same head share their row
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"ticket:{head}"])
    taken = AdmissionTicket.objects.filter(number__startswith=head)
    following = numbers(batch.code, taken.values_list("number", flat=True))
    waiting = admitted(batch).filter(ticket=None)
    return AdmissionTicket.objects.bulk_create(
        AdmissionTicket(
            application=application,
            number=next(following),
            issued_at=moment,
            issued_by=actor.user_id,
        )
        for application in waiting
    )
