"""What the records hold of many applications at once, in a constant number of queries."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from candidates.models import Application, Evidence, HeldCertificate

AT_ONCE = 1000
NOTHING: frozenset[str] = frozenset()
STUDENT, CLASS = "person__student", "person__student__school_class"
STAFF = "person__staff_member"
NEEDED = (
    *("batch_id", "offering_id", "person_id", "occupation_id", "level", "route", "declaration"),
    *("received_at", "submitted_at", "finding", "status", "number", "person__birth"),
    *(f"{STUDENT}__status", f"{STUDENT}__person_id"),
    *(f"{CLASS}__{name}" for name in ("schooling", "graduation_year", "major")),
    *(f"{STAFF}__{name}" for name in ("is_active", "is_external", "person_id")),
)


class Gathered(NamedTuple):
    """An application with what else of the records its facts rest on."""

    row: Application
    kinds: Collection[str]
    held: Sequence[HeldCertificate]


def needed(found: QuerySet[Application]) -> QuerySet[Application]:
    """The applications with only what a verdict rests on."""
    joined = found.select_related("person__student__school_class", "person__staff_member")
    return joined.only(*NEEDED).order_by("pk")


def gathered(rows: Iterable[Application]) -> Iterator[Gathered]:
    """Each application with its kinds of evidence and all certificates of the person."""
    waiting = iter(rows)
    while some := list(islice(waiting, AT_ONCE)):
        kinds, held = _kinds_of(some), _held_by(some)
        for row in some:
            yield Gathered(row, kinds.get(row.pk, NOTHING), held.get(row.person_id, ()))


def _kinds_of(rows: Iterable[Application]) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {}
    pairs = Evidence.objects.filter(application__in=[row.pk for row in rows]).order_by()
    for key, kind in pairs.values_list("application_id", "kind").distinct():
        found.setdefault(key, set()).add(kind)
    return found


def _held_by(rows: Iterable[Application]) -> dict[UUID, list[HeldCertificate]]:
    found: dict[UUID, list[HeldCertificate]] = {}
    people = {row.person_id for row in rows}
    for each in HeldCertificate.objects.filter(person__in=people).order_by():
        found.setdefault(each.person_id, []).append(each)
    return found
