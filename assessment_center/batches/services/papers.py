"""Papers reported by themselves: plan of a batch, venue, change of it (R-08, R-09, R-31)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.permission import require_act
from assessment_center.batches.enums import BatchStatus, ReportStatus
from assessment_center.batches.lifecycle import REPORT
from assessment_center.batches.models import AssessmentBatch, AuthorityReport
from assessment_center.batches.selectors import CHANGE, change_waiting, paper_basis, paper_kinds
from assessment_center.batches.services.reporting import log_line, open_report
from assessment_center.registry import Actor, RefusedError
from assessment_center.workflow import advance


@transaction.atomic
def submit_papers(
    *, actor: Actor, batch: AssessmentBatch, kind: str, at: datetime | None = None
) -> AuthorityReport:
    """Report one of `paper_kinds`; returned or changed, it is reported anew until it is approved.

    The batch stays where it is. Refuses a kind the rulebook does not ask for and a batch without
    any project.
    """
    require_act(actor, Act.REPORT, _("上报"))
    locked = AssessmentBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if kind not in paper_kinds(locked):
        raise RefusedError(_("本规程没有要求单独报送这份材料。"))
    _name, cite = paper_basis(locked, kind)
    if not locked.offerings.exists():
        raise RefusedError(_("还没有认定项目，不能报送。"), cite, _("请先设置项目。"))
    if locked.status in (BatchStatus.CANCELLED, BatchStatus.ARCHIVED):
        raise RefusedError(_("批次已结束，不能再报送。"), cite)
    report = open_report(actor, locked, kind)
    if report.status == ReportStatus.SUBMITTED:
        raise RefusedError(_("这份材料已经报送，正在等批复。"), cite)
    moment = at or timezone.now()
    submitted = advance(
        machine=REPORT,
        subject=report,
        move="submit",
        actor=actor,
        updates={
            "submitted_at": moment,
            "decided_at": None,
            "announcement": change_waiting(locked) if kind == CHANGE else None,
        },
        payload={"kind": kind},
    )
    log_line(actor, submitted, "submitted", at=moment)
    return submitted
