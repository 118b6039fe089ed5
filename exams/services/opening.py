"""Setting the hour at which rooms and seats of a batch become known (SEC-02, SEAT-09)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import Actor, RefusedError
from exams.models import ArrangementHour
from exams.opening import Opening, hours_of, opening_of
from exams.policies import require_act, require_open

MINUTE = "%Y-%m-%d %H:%M"


@transaction.atomic
def set_arrangement_hour(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    opens_at: datetime,
    reason: str = "",
    at: datetime | None = None,
) -> ArrangementHour:
    """From `opens_at` on candidates and all staff see rooms and seats; before, who arranges them.

    A change needs a reason and stays beside what it replaces. Refuses once anything is open (what
    is known cannot be taken back), an hour not before the first start, and, with its articles, an
    hour earlier than the rulebook's secrecy lasts. `at` is when it is decided, now without it.
    """
    require_act(actor, Act.EXAM_ARRANGE, _("定编排公开时间"))
    locked = AssessmentBatch.objects.select_for_update().get(pk=batch.pk)
    require_open(locked)
    _require_possible(locked, opening_of(locked), opens_at, at)
    before = hours_of(locked)[-1:]
    if before and not reason.strip():
        raise RefusedError(_("变更编排公开时间须写明原因。"))
    made = ArrangementHour(
        batch=locked,
        opens_at=opens_at,
        reason=reason.strip(),
        previous=before[0] if before else None,
        set_by=actor.user_id,
        set_by_name=actor.label[:80],
    )
    try:
        with transaction.atomic():
            made.full_clean()
            made.save(force_insert=True)
    except IntegrityError as clash:
        raise RefusedError(_("另一人刚刚改过编排公开时间，请刷新后再定。")) from clash
    payload = {
        "opens": opens_at.isoformat(),
        "before": before[0].opens_at.isoformat() if before else None,
        "reason": made.reason,
    }
    record(actor=actor, verb="exams.arrangement_hour", subject=locked.subject, payload=payload)
    return made


def _require_possible(
    batch: AssessmentBatch, opening: Opening, opens_at: datetime, at: datetime | None
) -> None:
    sittings = list(batch.sittings.order_by("starts_at"))
    if any(opening.is_open(each, at) for each in sittings):
        raise RefusedError(_("编排已经公开，不能再改公开时间。"))
    if not sittings:
        raise RefusedError(_("还没有安排场次。"), remedy=_("请先安排时间和考场。"))
    first = sittings[0]
    if opens_at >= first.starts_at:
        raise RefusedError(
            _("编排须在首场开考（%(at)s）以前公开。")
            % {"at": f"{timezone.localtime(first.starts_at):{MINUTE}}"}
        )
    allowed = [moment for each in sittings if (moment := opening.earliest(each))]
    if allowed and opens_at < min(allowed):
        raise RefusedError(
            _("规程要求考前保密，首场最早 %(at)s 公开。")
            % {"at": f"{timezone.localtime(min(allowed)):{MINUTE}}"},
            opening.citations,
        )
