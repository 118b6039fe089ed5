"""Tickets given out that say something else after a change: their holders are told, once.

Time and site stand on every ticket and are told at once. Room and seat are told only where they
were or are open (SEC-02): whoever did not know a seat is not told that it was changed.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch
from assessment_center.jobs.services import enqueue
from assessment_center.registry import Actor
from exams.models import AdmissionTicket, SeatAssignment, Sitting
from exams.selectors import valid_tickets
from exams.ticket_changes import changes_between
from exams.ticket_view import TicketReader, Told

TELL = "exams.tell_renewed"
People = Collection[UUID] | QuerySet[SeatAssignment, UUID]


@contextmanager
def renewing(
    *, actor: Actor, sitting: Sitting, applications: Collection[UUID] | None = None
) -> Iterator[None]:
    """Around a change: compares the tickets before and after, marks those renewed, orders notices.

    `applications` are who may be concerned; everybody of the sitting without them.
    """
    batch, now = sitting.batch, timezone.now()
    people: People = sitting.seats.values_list("application", flat=True)
    if applications is not None:
        people = list(applications)
    before = {each.pk: told for each, told in _read(batch, people, now)}
    yield
    renewed = []
    for ticket, after in _read(batch, people, now) if before else ():
        if changes := changes_between(before.get(ticket.pk, {}), after):
            ticket.renewed_at, ticket.changes = now, changes
            renewed.append(ticket)
    if renewed:
        _keep(actor, batch, renewed, now)


def _read(
    batch: AssessmentBatch, people: People, now: datetime
) -> Iterator[tuple[AdmissionTicket, dict[UUID, Told]]]:
    reader = TicketReader(batch, now)
    for ticket in valid_tickets(batch).filter(application__in=people):
        yield ticket, reader.told(ticket)


def _keep(
    actor: Actor, batch: AssessmentBatch, renewed: list[AdmissionTicket], now: datetime
) -> None:
    AdmissionTicket.objects.bulk_update(renewed, ["renewed_at", "changes"], batch_size=1000)
    kinds = sorted({change["what"] for each in renewed for change in each.changes})
    payload = {"tickets": len(renewed), "first": renewed[0].number, "what": kinds}
    record(actor=actor, verb="exams.tickets_renew", subject=batch.subject, payload=payload)
    enqueue(
        TELL,
        actor=actor,
        label=_("%(batch)s：通知准考证有变的考生") % {"batch": batch.code},
        subject=batch.subject,
        total=len(renewed),
        batch=batch.code,
        at=now.isoformat(),
    )
