"""Who saw whose full ID number: every opening of one is noted, whichever page or job asks for it.

`selectors.id_number` is the one way to a full number and calls `note`. What a request or a job has
opened is written down as one row before its answer leaves; if that fails, the answer does not
leave. What commands open on their own is written when their transaction commits.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction

from assessment_center.audit.services import record
from assessment_center.people.enums import Manner
from assessment_center.people.models import Disclosure, Person
from assessment_center.registry import SYSTEM, Actor


@dataclass(slots=True)
class Reading:
    """The numbers opened so far by one request, job or command; a candidate's own is no matter."""

    people: dict[UUID, UUID | None] = field(default_factory=dict)

    def flush(self) -> None:
        """Write down what a command opened on its own."""
        self.write(SYSTEM, manner=Manner.INTERNAL, place="", purpose="")

    def waits(self) -> bool:
        """Whether the present transaction will write this when it commits."""
        waiting = transaction.get_connection().run_on_commit
        return any(getattr(entry[1], "__self__", None) is self for entry in waiting)

    def write(self, actor: Actor, *, manner: Manner, place: str, purpose: str) -> None:
        """Keep what was opened as one row, bound into the trail, and begin anew."""
        keys = sorted(key for key, user in self.people.items() if user != actor.user_id or not user)
        self.people.clear()
        if not keys:
            return
        with transaction.atomic():
            row = Disclosure.objects.create(
                actor_kind=actor.ref.kind,
                actor_id=actor.ref.uuid,
                actor_label=actor.label[:80],
                manner=manner,
                place=place[:80],
                purpose=purpose[:200],
                people=keys,
            )
            record(
                actor=actor,
                verb="person.disclose",
                subject=row.subject,
                payload={"manner": manner, "place": place, "count": len(keys)},
            )


_present: ContextVar[Reading | None] = ContextVar("reading", default=None)
_inner: ContextVar[Reading | None] = ContextVar("reading_of_commands", default=None)


@contextmanager
def gathering(reading: Reading) -> Iterator[None]:
    """Have everything opened inside the block gathered in `reading`."""
    token = _present.set(reading)
    try:
        yield
    finally:
        _present.reset(token)


def note(person: Person) -> None:
    """The person's full number is being opened."""
    present = _present.get()
    if present is not None:
        present.people[person.pk] = person.user_id
        return
    inner = _inner.get()
    if inner is not None and inner.waits():
        inner.people[person.pk] = person.user_id
        return
    inner = Reading({person.pk: person.user_id})
    _inner.set(inner)
    transaction.on_commit(inner.flush)


@contextmanager
def of_job(run: Any) -> Iterator[None]:
    """What a background job opens is put down to whoever ordered it."""
    reading = Reading()
    try:
        with gathering(reading):
            yield
    finally:
        job = run.job
        reading.write(run.actor, manner=Manner.JOB, place=job.name, purpose=job.label)


def watched(content: Iterable[bytes], reading: Reading, write: Any) -> Iterator[bytes]:
    """A streamed answer: what a piece opened is written down before the piece leaves."""
    pieces = iter(content)
    while True:
        with gathering(reading):
            piece = next(pieces, None)
        write()
        if piece is None:
            return
        yield piece
