"""Keeping the deadlines of a batch as its rulebook and its records say, and reminding of them."""

import logging
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act, Kind
from assessment_center.accounts.models import User
from assessment_center.batches.models import AssessmentBatch
from assessment_center.deadlines.models import Deadline
from assessment_center.deadlines.selectors import waiting
from assessment_center.notices.services import notify
from assessment_center.registry import Actor
from assessment_center.registry.entries import DeadlineSpec, deadline_sources
from assessment_center.workdays.rules.calendar import UnknownYearError
from assessment_center.workflow import Move, hooks

logger = logging.getLogger(__name__)
BEFORE = timedelta(days=3)


@transaction.atomic
def sync(batch: AssessmentBatch) -> list[Deadline]:
    """Make the table say what the sources say; running it again changes nothing.

    A deadline that no source names any more goes, unless it was met: that stays as history.
    """
    locked = AssessmentBatch.objects.select_for_update(of=("self",), no_key=True).get(pk=batch.pk)
    specs, unknown = _asked(locked)
    rows = {row.kind: row for row in Deadline.objects.filter(batch=locked)}
    for kind, row in rows.items():
        if kind not in specs and row.done_at is None and not unknown:
            row.delete()
    for kind, spec in specs.items():
        row = rows.get(kind) or Deadline(batch=locked, kind=kind)
        if _take_over(row, spec):
            row.save()
    return list(Deadline.objects.filter(batch=locked))


def _asked(batch: AssessmentBatch) -> tuple[dict[str, DeadlineSpec], bool]:
    """What the sources say, and whether one could not count yet.

    A date in a year whose holidays are not known is not guessed: its source is asked again at the
    next move, and what stands in the table stays.
    """
    specs: dict[str, DeadlineSpec] = {}
    unknown = False
    for key, source in deadline_sources.items():
        try:
            specs |= {spec.kind: spec for spec in source(batch)}
        except UnknownYearError as fault:
            unknown = True
            logger.info("deadlines of %s in %s wait: %s", key, batch.code, fault.year)
    return specs, unknown


def _take_over(row: Deadline, spec: DeadlineSpec) -> bool:
    """Copy what the source says; True when something is new."""
    done_at = (row.done_at or timezone.now()) if spec.done else None
    facts: dict[str, Any] = {
        "label": str(spec.label),
        "due": spec.due,
        "citations": [str(citation)[:200] for citation in spec.citations],
        "rulebook": spec.citations[0].rulebook if spec.citations else "",
        "done_at": done_at,
        "subject_kind": row.batch.subject.kind,
        "subject_id": row.batch.subject.uuid,
    }
    changed = row._state.adding or any(  # noqa: SLF001 - Django's documented place
        getattr(row, field) != value for field, value in facts.items()
    )
    for field, value in facts.items():
        setattr(row, field, value)
    return changed


def sync_batch(batch_id: UUID) -> None:
    """As `sync`, for a batch known by its key; one deleted meanwhile needs nothing."""
    batch = AssessmentBatch.objects.filter(pk=batch_id).first()
    if batch is not None:
        sync(batch)


def after_move(subject: Any, _move: Move, _actor: Actor) -> None:
    """After any move about a batch, its deadlines follow: once per transaction, at its end."""
    batch_id = subject.pk if isinstance(subject, AssessmentBatch) else _batch_of(subject)
    if batch_id is None:
        return
    ordered = (entry[1] for entry in connection.run_on_commit)
    if any(getattr(each, "args", None) == (batch_id,) for each in ordered):
        return
    transaction.on_commit(partial(sync_batch, batch_id), robust=True)


def _batch_of(subject: Any) -> UUID | None:
    found = getattr(subject, "batch_id", None)
    return found if isinstance(found, UUID) else None


@transaction.atomic
def remind(*, today: date | None = None) -> int:
    """Tell those who run batches: three days before, on the day, and once when it is past.

    The notice's key keeps a reminder from being given twice, however often this runs.
    """
    day = today or timezone.localdate()
    told = 0
    recipients = _recipients()
    for deadline in waiting().filter(due__lte=day + BEFORE):
        stage, title = _wording(deadline, day)
        told += notify(
            recipients=recipients,
            title=title,
            body=_body(deadline),
            link=f"/admin/work/batches/{deadline.batch.code}/",
            key=f"deadline:{deadline.pk}:{deadline.due}:{stage}",
        )
    return told


def _recipients() -> list[User]:
    staff = User.objects.filter(kind=Kind.STAFF, is_active=True)
    return [user for user in staff.prefetch_related("role_grants") if Act.BATCH_PLAN in user.acts]


def _wording(deadline: Deadline, day: date) -> tuple[str, str]:
    facts = {"label": deadline.label, "batch": deadline.batch.code, "due": deadline.due}
    if deadline.due < day:
        return "past", _("已逾期：%(label)s（%(batch)s，期限 %(due)s）") % facts
    if deadline.due == day:
        return "day", _("今天到期：%(label)s（%(batch)s）") % facts
    return "before", _("即将到期：%(label)s（%(batch)s，%(due)s）") % facts


def _body(deadline: Deadline) -> str:
    cited = "、".join(deadline.citations)
    return _("依据：%(cited)s") % {"cited": cited} if cited else ""


hooks.register("deadlines.sync", after_move)
