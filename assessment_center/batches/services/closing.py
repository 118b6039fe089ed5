"""Closing registration, and the end of a batch."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.batches.lifecycle import BATCH
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import Actor, RefusedError
from assessment_center.workflow import advance


def close_registration(
    *, actor: Actor, batch: AssessmentBatch, at: datetime | None = None
) -> AssessmentBatch:
    """Close registration, not before the announced hour (PLAN-03)."""
    moment = at or timezone.now()
    if moment < batch.registration_closes:
        closes = timezone.localtime(batch.registration_closes).strftime("%Y-%m-%d %H:%M")
        form = batch.rules.form("F-202")
        raise RefusedError(
            _("公告规定报名到 %(closes)s，现在还不能截止。") % {"closes": closes},
            form.cite if form else (),
            _("请到时再办理。"),
        )
    return advance(machine=BATCH, subject=batch, move="close_registration", actor=actor)


def complete_batch(*, actor: Actor, batch: AssessmentBatch) -> AssessmentBatch:
    """Certificates are out: the batch is complete and may be archived."""
    return advance(machine=BATCH, subject=batch, move="complete", actor=actor)


def archive_batch(*, actor: Actor, batch: AssessmentBatch) -> AssessmentBatch:
    """The archive of the batch is filed."""
    return advance(machine=BATCH, subject=batch, move="archive", actor=actor)


def cancel_batch(*, actor: Actor, batch: AssessmentBatch, reason: str) -> AssessmentBatch:
    """Call the batch off before registration is closed, with the reason."""
    return advance(machine=BATCH, subject=batch, move="cancel", actor=actor, reason=reason)
