"""Reports of supervision, handed in by who was on duty, and the findings they leave (SUP)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch
from assessment_center.personnel.enums import Post
from assessment_center.personnel.models import StaffMember
from assessment_center.registry import Actor, RefusedError
from exams.enums import SupervisionKind
from exams.models import Duty, SupervisionFinding, SupervisionReport
from exams.policies import require_act


@dataclass(frozen=True, slots=True)
class Seen:
    """What a report says, when the supervision ended and when it was handed in."""

    text: str
    ended_on: date
    submitted_on: date
    proposals: str = ""


@transaction.atomic
def submit_supervision(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    kind: SupervisionKind,
    signed_by: Collection[StaffMember],
    seen: Seen,
) -> SupervisionReport:
    """Keep a report with its signatures (SUP-07); a late one is kept as late.

    An internal report is signed by everybody who was on duty as a supervisor of the batch, and by
    nobody else. Refuses an empty report and days to come.
    """
    require_act(actor, Act.EXAM_RECORD, _("登记督导报告"))
    AssessmentBatch.objects.select_for_update().get(pk=batch.pk)
    due = batch.rules.settings.supervision_report_due
    cited = due.citations if due else ()
    if not seen.text.strip():
        raise RefusedError(_("请写明督导情况。"), cited)
    if seen.submitted_on > timezone.localdate() or seen.submitted_on < seen.ended_on:
        raise RefusedError(_("提交日期在督导结束之日和今天之间。"), cited)
    if not signed_by:
        raise RefusedError(_("督导报告须由督导员签名。"), cited)
    if kind == SupervisionKind.INTERNAL:
        _refuse_signers(batch, {each.pk for each in signed_by})
    report = SupervisionReport.objects.create(
        batch=batch,
        kind=kind,
        ended_on=seen.ended_on,
        submitted_on=seen.submitted_on,
        text=seen.text.strip(),
        proposals=seen.proposals.strip(),
        entered_by=actor.user_id,
    )
    report.signed_by.set(signed_by)
    payload = {"kind": str(kind), "submitted": seen.submitted_on.isoformat()}
    record(actor=actor, verb="exams.supervision_report", subject=report.subject, payload=payload)
    return report


def _refuse_signers(batch: AssessmentBatch, signers: set[object]) -> None:
    on_duty = Duty.objects.filter(sitting__batch=batch, post=Post.SUPERVISOR)
    people = {duty.member_id: duty.member for duty in on_duty.select_related("member__person")}
    due = batch.rules.settings.supervision_report_due
    cited = due.citations if due else ()
    missing = "、".join(sorted(str(people[pk]) for pk in set(people) - signers))
    if missing:
        raise RefusedError(_("督导组还有人没有签名：%(names)s。") % {"names": missing}, cited)
    if signers - set(people):
        raise RefusedError(_("签名的人中有人没有担任本批次的督导员。"), cited)


@transaction.atomic
def add_finding(
    *, actor: Actor, report: SupervisionReport, text: str, owner: StaffMember, due_on: date
) -> SupervisionFinding:
    """Name what is to be put right, who answers for it and by when (SUP-10)."""
    require_act(actor, Act.EXAM_RECORD, _("登记督导发现的问题"))
    if not text.strip():
        raise RefusedError(_("请写明发现的问题。"))
    if due_on < report.ended_on:
        raise RefusedError(_("整改期限不能早于督导结束之日。"))
    finding = SupervisionFinding.objects.create(
        report=report, text=text.strip(), owner=owner, due_on=due_on
    )
    payload = {"owner": str(owner.pk), "due": due_on.isoformat()}
    record(actor=actor, verb="exams.finding_add", subject=finding.subject, payload=payload)
    return finding


@transaction.atomic
def close_finding(
    *, actor: Actor, finding: SupervisionFinding, correction: str, on: date
) -> SupervisionFinding:
    """Note what was done about a finding; the owner does not close his own."""
    require_act(actor, Act.EXAM_RECORD, _("登记整改"))
    row = (
        SupervisionFinding.objects.select_for_update(of=("self",))
        .select_related("owner__person", "report")
        .get(pk=finding.pk)
    )
    if row.corrected_on is not None:
        raise RefusedError(_("这个问题已经整改。"))
    if row.owner.person.user_id is not None and row.owner.person.user_id == actor.user_id:
        raise RefusedError(_("责任人不能自己销号，请由督导员或考务员登记。"))
    if not correction.strip() or not row.report.ended_on <= on <= timezone.localdate():
        raise RefusedError(_("请写明整改情况，日期在督导结束之日和今天之间。"))
    row.corrected_on, row.correction, row.closed_by = on, correction.strip(), actor.user_id
    row.save(update_fields=["corrected_on", "correction", "closed_by"])
    payload = {"on": on.isoformat()}
    record(actor=actor, verb="exams.finding_close", subject=row.subject, payload=payload)
    return row
