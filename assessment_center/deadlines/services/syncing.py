"""Making the table of deadlines say what the sources say."""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from assessment_center.batches.enums import BatchStatus
from assessment_center.batches.models import AssessmentBatch
from assessment_center.deadlines.models import Deadline
from assessment_center.organization.models import AssessmentCentre
from assessment_center.organization.selectors import active_centre
from assessment_center.registry import Actor, OpenSet
from assessment_center.registry.entries import (
    DeadlineSpec,
    centre_deadline_sources,
    deadline_sources,
)
from assessment_center.registry.language import in_chinese
from assessment_center.workdays.rules.calendar import UnknownYearError
from assessment_center.workflow import Move, hooks

logger = logging.getLogger(__name__)
Sources = OpenSet[Callable[[Any], Sequence[DeadlineSpec]]]
Key = tuple[str, UUID]
NOON = time(12)
ENDED = (BatchStatus.ARCHIVED, BatchStatus.CANCELLED)


@transaction.atomic
def sync(batch: AssessmentBatch) -> list[Deadline]:
    """Make the table say what the sources say of a batch; running it again changes nothing.

    A deadline that no source names any more goes, unless it was met: that stays as history.
    """
    locked = AssessmentBatch.objects.select_for_update(of=("self",), no_key=True).get(pk=batch.pk)
    return _keep(locked, deadline_sources, Deadline.objects.filter(batch=locked), batch=locked)


@transaction.atomic
def sync_centre(centre: AssessmentCentre) -> list[Deadline]:
    """As `sync`, for what the centre owes whatever its batches do."""
    locked = AssessmentCentre.objects.select_for_update(no_key=True).get(pk=centre.pk)
    rows = Deadline.objects.filter(centre=locked)
    return _keep(locked, centre_deadline_sources, rows, centre=locked)


def sync_all() -> None:
    """The open batches and the centre: days that came by themselves, notices entered since.

    One that fails does not keep the others from being brought up to date.
    """
    outlived = Q(
        status=BatchStatus.ARCHIVED,
        deadlines__outlives=True,
        deadlines__done_at=None,
        deadlines__due__lt=timezone.localdate(),
    )
    wanted = AssessmentBatch.objects.filter(~Q(status__in=ENDED) | outlived).distinct()
    for pk in wanted.order_by("pk").values_list("pk", flat=True):
        _try(partial(sync_batch, pk), f"batch {pk}")
    centre = active_centre()
    if centre is not None:
        _try(partial(sync_centre, centre), "centre")


def _try(do: Callable[[], Any], what: str) -> None:
    try:
        do()
    except Exception:
        logger.exception("deadlines of %s could not be brought up to date", what)


@in_chinese
def _keep(owner: Any, sources: Sources, rows: QuerySet[Deadline], **belongs: Any) -> list[Deadline]:
    specs, unknown = _asked(owner, sources)
    standing = {(row.kind, row.subject_id): row for row in rows}
    for key, row in standing.items():
        if key not in specs and row.done_at is None and not unknown:
            row.delete()
    for key, spec in specs.items():
        row = standing.get(key) or Deadline(kind=spec.kind, **belongs)
        if _take_over(row, spec, owner):
            row.save()
    return list(rows.all())


def _asked(owner: Any, sources: Sources) -> tuple[dict[Key, DeadlineSpec], bool]:
    """What the sources say, and whether one could not count yet.

    A source that cannot count at all is asked again later, and what stands in the table stays.
    """
    specs: dict[Key, DeadlineSpec] = {}
    unknown = False
    for key, source in sources.items():
        try:
            specs |= {_key(spec, owner): spec for spec in source(owner)}
        except UnknownYearError as fault:
            unknown = True
            logger.info("deadlines of %s in %s wait: %s", key, owner, fault.year)
    return specs, unknown


def _key(spec: DeadlineSpec, owner: Any) -> Key:
    return spec.kind, (spec.subject or owner.subject).uuid


def _take_over(row: Deadline, spec: DeadlineSpec, owner: Any) -> bool:
    """Copy what the source says; True when something is new."""
    told = {**_facts(spec, owner), **_done(row, spec)}
    adding = row._state.adding  # noqa: SLF001 - Django's documented place
    changed = [field for field, value in told.items() if getattr(row, field) != value]
    for field in changed:
        setattr(row, field, told[field])
    if changed and not adding:
        row.sequence += 1
        row.changed_at = timezone.now()
    return adding or bool(changed)


def _facts(spec: DeadlineSpec, owner: Any) -> dict[str, Any]:
    counting, subject = spec.counting, spec.subject or owner.subject
    return {
        "stage": spec.stage,
        "label": str(spec.label)[:120],
        "nature": spec.nature,
        "due": spec.due,
        "event": str(counting.event)[:80] if counting else "",
        "start": counting.start if counting else None,
        "count": counting.n if counting else None,
        "unit": counting.unit if counting else "",
        "citations": [str(citation)[:200] for citation in spec.citations],
        "rulebook": spec.citations[0].rulebook if spec.citations else "",
        "responsible": str(spec.responsible),
        "outlives": spec.outlives,
        "by_hand": spec.done is None,
        "subject_kind": subject.kind,
        "subject_id": subject.uuid,
    }


def _done(row: Deadline, spec: DeadlineSpec) -> dict[str, Any]:
    """What the records say; a tick set by hand stays until it is taken back."""
    if spec.done is None:
        return {}
    known = noon(spec.done_on) if spec.done_on else row.done_at
    done_at = (known or timezone.now()) if spec.done else None
    return {"done_at": done_at, "done_by": None, "done_note": ""}


def noon(day: date) -> datetime:
    """Midday of a day in the centre's time: for what is known by its day only."""
    return timezone.make_aware(datetime.combine(day, NOON))


def sync_batch(batch_id: UUID) -> None:
    """As `sync`, for a batch known by its key; one deleted meanwhile needs nothing."""
    batch = AssessmentBatch.objects.filter(pk=batch_id).first()
    if batch is not None:
        sync(batch)


def sync_soon(batch_id: UUID) -> None:
    """Order a `sync` for the end of this transaction, once however often it is asked for."""
    if any(getattr(each, "args", None) == (batch_id,) for each in _ordered()):
        return
    transaction.on_commit(partial(sync_batch, batch_id), robust=True)


def _ordered() -> Iterable[Any]:
    return (entry[1] for entry in connection.run_on_commit)


def after_move(subject: Any, _move: Move, _actor: Actor) -> None:
    """After any move about a batch, its deadlines follow; unless no deadline can hang on it."""
    if not getattr(subject, "moves_deadlines", True):
        return
    batch_id = subject.pk if isinstance(subject, AssessmentBatch) else _batch_of(subject)
    if batch_id is not None:
        sync_soon(batch_id)


def _batch_of(subject: Any) -> UUID | None:
    found = getattr(subject, "batch_id", None)
    return found if isinstance(found, UUID) else None


hooks.register("deadlines.sync", after_move)
