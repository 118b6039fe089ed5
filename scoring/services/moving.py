"""One move for all results of a batch, with one entry in the trail."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import Actor, RefusedError
from assessment_center.workflow import hooks
from scoring.lifecycle import RESULT
from scoring.models import FinalResult


def advance_all(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    rows: QuerySet[FinalResult],
    move: str,
    updates: dict[str, Any],
    payload: dict[str, Any],
) -> int:
    """Make one move of `RESULT` for every row that stands where the move starts.

    The caller holds the batch's lock and has asked the rulebook; returns how many were moved.
    """
    step = RESULT[move]
    if not actor.may(step.permission):
        raise RefusedError(_("您的角色不能%(move)s。") % {"move": step.label})
    moved = rows.filter(status__in=list(step.sources)).update(status=step.target, **updates)
    cited = [str(each) for each in step.cite(batch)]
    record(
        actor=actor,
        verb=f"{RESULT.name}.{step.name}",
        subject=batch.subject,
        payload={"to": step.target, "count": moved, "cited": cited, **payload},
    )
    for hook in hooks:
        hook(batch, step, actor)
    return moved
