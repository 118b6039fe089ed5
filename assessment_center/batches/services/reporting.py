"""Reporting the batch to the authority and recording its answer (RPT-01, RPT-04)."""

from datetime import datetime
from typing import NoReturn

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.permission import require_act
from assessment_center.audit.services import record
from assessment_center.batches import policies
from assessment_center.batches.enums import AnnouncementStatus, BatchStatus, ReportStatus
from assessment_center.batches.lifecycle import BATCH, REPORT
from assessment_center.batches.models import AssessmentBatch, AuthorityReport, ReportReceipt
from assessment_center.batches.selectors import CHANGE, NOTICE
from assessment_center.printed.models import PrintedSheet
from assessment_center.registry import Actor, RefusedError
from assessment_center.workflow import advance

PLAN = "plan"


@transaction.atomic
def submit_report(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    candidate_count: int,
    kind: str = PLAN,
    note: str = "",
    late_reason: str = "",
    pledged_by: str = "",
    at: datetime | None = None,
) -> AuthorityReport:
    """Report the batch with its number of candidates; a returned report is submitted anew.

    After the rulebook's last day it is refused, unless `late_reason` records the authority's
    consent. Registration must be closed; nobody to report is refused. Where the rulebook wants the
    double commitment, `pledged_by` signs the institution's half (REG-10). Another `kind` (e.g.
    "results") leaves the state of the batch as it is; its term is for the caller to keep.
    """
    require_act(actor, Act.REPORT, _("上报"))
    locked = AssessmentBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    moment = at or timezone.now()
    if candidate_count < 1:
        raise RefusedError(_("没有已确认的考生，不能上报。"), remedy=_("请先完成资格审核。"))
    faults, warnings = (
        policies.report_lead(locked, timezone.localdate(moment)) if kind == PLAN else ([], [])
    )
    if faults and not late_reason.strip():
        raise RefusedError(faults[0])
    if kind == PLAN:
        _require_pledge(locked, pledged_by)
    report = open_report(actor, locked, kind)
    if kind == PLAN and locked.status != BatchStatus.REPORTED:
        advance(machine=BATCH, subject=locked, move="report", actor=actor)
    told = note or late_reason
    submitted = advance(
        machine=REPORT,
        subject=report,
        move="submit",
        actor=actor,
        reason=late_reason,
        updates={
            "submitted_at": moment,
            "decided_at": None,
            "candidate_count": candidate_count,
            "note": told,
            "pledged_by": pledged_by.strip(),
        },
        payload={"candidates": candidate_count, "late": [str(x) for x in (*faults, *warnings)]},
    )
    log_line(actor, submitted, "submitted", note=told, at=moment)
    batch.refresh_from_db(fields=["status"])
    return submitted


def open_report(actor: Actor, batch: AssessmentBatch, kind: str) -> AuthorityReport:
    """The batch's report of this kind that is not approved yet, a new draft where there is none."""
    report = batch.reports.filter(kind=kind).exclude(status=ReportStatus.APPROVED).first()
    if report is None:
        report = AuthorityReport.objects.create(batch=batch, kind=kind)
        record(actor=actor, verb="report.draft", subject=report.subject, payload={"kind": kind})
    return report


def _require_pledge(batch: AssessmentBatch, pledged_by: str) -> None:
    rule = batch.rules.settings.double_commitment
    if rule.value and not pledged_by.strip():
        raise RefusedError(
            _("上报前，机构须向主管部门作出承诺。"),
            rule.citations,
            _("请由承诺人阅读承诺书并填写姓名。"),
        )


def log_line(
    actor: Actor,
    report: AuthorityReport,
    kind: str,
    *,
    at: datetime,
    number: str = "",
    note: str = "",
) -> ReportReceipt:
    """Add a line to the log of the report; for the services of reporting."""
    line = ReportReceipt(
        report=report,
        kind=kind,
        number=number.strip(),
        note=note.strip()[:300],
        happened_at=at,
        entered_by_id=actor.user_id,
    )
    line.full_clean()
    line.save(force_insert=True)
    return line


@transaction.atomic
def log_receipt(
    *,
    actor: Actor,
    report: AuthorityReport,
    number: str,
    note: str = "",
    at: datetime | None = None,
) -> ReportReceipt:
    """Keep the number the platform gave when it took the report in; lines are only added."""
    require_act(actor, Act.REPORT, _("登记回执"))
    locked = AuthorityReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    moment = at or timezone.now()
    if not number.strip():
        raise RefusedError(_("请填写平台回执号。"))
    if locked.submitted_at is None or locked.status == ReportStatus.DRAFT:
        raise RefusedError(_("还没有上报，没有回执可登记。"))
    if moment < locked.submitted_at:
        raise RefusedError(_("回执时间不能早于上报时间。"))
    line = log_line(actor, locked, "received", number=number, note=note, at=moment)
    payload = {"number": line.number, "at": moment.isoformat(timespec="minutes")}
    record(actor=actor, verb="report.receipt", subject=locked.subject, payload=payload)
    return line


@transaction.atomic
def supplement_report(
    *, actor: Actor, report: AuthorityReport, at: datetime | None = None
) -> list[PrintedSheet]:
    """Log that the papers of a report that no longer hold are handed in anew; gives them (RPT-02).

    Refused for a report that was returned or never went out, while something is not arranged that
    goes with it, and when nothing handed in has changed.
    """
    require_act(actor, Act.REPORT, _("补报"))
    locked = AuthorityReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if locked.status not in {ReportStatus.SUBMITTED, ReportStatus.APPROVED}:
        raise RefusedError(_("没有上报或已被退回的，请直接上报。"))
    for gap in policies.report_gaps(locked.batch):
        raise RefusedError(gap)
    outdated = policies.outdated_papers(locked)
    if not outdated:
        raise RefusedError(_("随申请报送的材料都没有变动，不用补报。"))
    titles = list(dict.fromkeys(each.title for each in outdated))
    told = "、".join(f"《{each}》" for each in titles)
    log_line(actor, locked, "supplement", note=told, at=at or timezone.now())
    record(
        actor=actor, verb="report.supplement", subject=locked.subject, payload={"papers": titles}
    )
    return outdated


@transaction.atomic
def decide_report(
    *,
    actor: Actor,
    report: AuthorityReport,
    approved: bool,
    receipt_number: str = "",
    note: str = "",
    at: datetime | None = None,
) -> AuthorityReport:
    """Record the authority's answer: approval with its receipt, or a return with what is wrong."""
    require_act(actor, Act.REPORT, _("登记批复"))
    if approved and not receipt_number.strip():
        _ask_number(report)
    if not approved and not note.strip():
        raise RefusedError(_("请写明退回的原因。"))
    locked = AssessmentBatch.objects.select_for_update(of=("self",)).get(pk=report.batch_id)
    moment = at or timezone.now()
    decided = advance(
        machine=REPORT,
        subject=report,
        move="approve" if approved else "return",
        actor=actor,
        reason="" if approved else note,
        updates={
            "decided_at": moment,
            "receipt_number": receipt_number.strip(),
            "note": note.strip() or report.note,
        },
    )
    log_line(
        actor,
        decided,
        "approved" if approved else "returned",
        number=receipt_number,
        note=note,
        at=moment,
    )
    if report.kind == CHANGE and approved:
        _consented(actor, decided, receipt_number.strip())
    if report.kind == PLAN:
        move = "approve" if approved else "take_back"
        advance(machine=BATCH, subject=locked, move=move, actor=actor)
    return decided


def _consented(actor: Actor, report: AuthorityReport, number: str) -> None:
    """The authority agreed to a change: its number stands in the announcement that waits for it."""
    draft = report.announcement
    if draft is None or draft.status != AnnouncementStatus.DRAFT:
        return
    draft.consent_number = number[:80]
    draft.save(update_fields=["consent_number"])
    payload = {"number": draft.number, "consent": draft.consent_number}
    record(actor=actor, verb="announcement.consent", subject=draft.subject, payload=payload)


def _ask_number(report: AuthorityReport) -> NoReturn:
    """By its own name where the rulebook has the authority answer with a notice (F-305)."""
    notice = report.batch.rules.form(NOTICE) if report.kind == PLAN else None
    if notice is None:
        raise RefusedError(_("请填写平台回执号或批复文号。"))
    raise RefusedError(
        _("请填写《%(name)s》的编号。") % {"name": notice.name},
        notice.cite,
        _("收到通知书后再登记核准。"),
    )
