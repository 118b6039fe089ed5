"""Ordering printed sets: a room at once, anything larger as a job."""

import io
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.jobs.models import Job
from assessment_center.jobs.services import enqueue
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.outcomes import require
from exams.called_off import still_printed
from exams.documents.reading import read
from exams.documents.sets import (
    Bundle,
    Order,
    gathered,
    only_changed,
    require_printing,
    require_rooms,
    write,
)
from exams.documents.sheet import Scope
from exams.models import SittingRoom
from exams.selectors import rooms_in_time


def set_of(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    site: UUID | None = None,
    room: UUID | None = None,
    changed: bool = False,
) -> Sequence[Bundle]:
    """The bundles of a batch, of one of its sites, or of one room; refuses an empty set."""
    require_printing(actor, batch)
    only, scope = None, Scope.BATCH
    if room is not None:
        only, scope = [room], Scope.ROOM
    elif site is not None:
        used = rooms_in_time(batch).filter(room__site=site)
        only, scope = list(used.values_list("pk", flat=True)), Scope.SITE
    plan = read(batch, only)
    require_rooms(plan)
    found = gathered(plan, scope)
    if changed:
        found = only_changed(found, batch)
        if not found:
            raise RefusedError(
                _("没有需要重印的纸，上次打印的内容都没有变化。"),
                remedy=_("要再印一份，请选择“全部”。"),
            )
    return found


@transaction.atomic
def print_room(*, actor: Actor, room: SittingRoom, changed: bool = False) -> tuple[str, bytes]:
    """The set of one room at once: what kind of file it is, and the file."""
    batch = room.sitting.batch
    require(still_printed(room.sitting))
    found = set_of(actor=actor, batch=batch, room=room.pk, changed=changed)
    target = io.BytesIO()
    suffix = write(target, found, batch, actor)
    return suffix, target.getvalue()


@transaction.atomic
def order_set(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    site: UUID | None = None,
    order: Order = Order.WORKING,
    changed: bool = False,
) -> Job:
    """Order the set of a batch or site as a job; it tells its progress bundle by bundle."""
    used = rooms_in_time(batch).filter(seats__isnull=False)
    if site is not None:
        used = used.filter(room__site=site)
    require_printing(actor, batch)
    require_rooms(read(batch, list(used.values_list("pk", flat=True)[:1])))
    return enqueue(
        "exams.print_set",
        actor=actor,
        label=_("%(batch)s 成套打印") % {"batch": batch.name},
        subject=batch.subject,
        batch=batch.code,
        site=str(site) if site else "",
        order=str(order),
        changed=changed,
    )
