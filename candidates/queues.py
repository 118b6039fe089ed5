"""The queue as a reviewer narrows it: what it lists, and who comes before and after."""

import re
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from assessment_center.batches.models import AssessmentBatch
from assessment_center.people import selectors as people
from assessment_center.registry import Actor
from candidates.enums import ApplicationStatus, Finding
from candidates.labels import STATUS_LABELS
from candidates.models import Application
from candidates.selectors import visible

SHOWN = ("person", "offering__occupation", "offering__job", "school_class", "department")
WHOLE_NUMBER = re.compile(r"[0-9A-Za-z]{15,18}")
A_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NOBODY = "none"  # of no department


@dataclass(frozen=True, slots=True)
class Narrowed:
    """How the queue was narrowed; empty means: not at all.

    It is kept in the session; words never stand in an address, for they may be an ID number.
    """

    state: str = ""
    finding: str = ""
    offering: str = ""
    department: str = ""
    words: str = ""

    @classmethod
    def of(cls, batch: AssessmentBatch, asked: Any, words: str) -> "Narrowed":
        """What was asked for, as far as it exists."""
        offerings = {str(pk) for pk in batch.offerings.values_list("pk", flat=True)}
        department = asked.get("department", "")
        fits = department == NOBODY or A_KEY.fullmatch(department)
        return cls(
            state=_among(asked.get("state", ""), STATUS_LABELS),
            finding=_among(asked.get("finding", ""), [each.value for each in Finding]),
            offering=_among(asked.get("offering", ""), offerings),
            department=department if fits else "",
            words=words,
        )

    def kept(self) -> dict[str, str]:
        return asdict(self)

    @property
    def any(self) -> bool:
        return any(asdict(self).values())


def _among(value: str, known: Any) -> str:
    return value if value in known else ""


def listed(batch: AssessmentBatch, actor: Actor, by: Narrowed) -> QuerySet[Application]:
    """The applications a list shows, the longest waiting first, with what its rows need."""
    found = Application.objects.filter(batch=batch).exclude(status=ApplicationStatus.DRAFT)
    found = visible(actor, found).select_related(*SHOWN)
    for field, value in (("status", by.state), ("finding", by.finding), ("offering", by.offering)):
        found = found.filter(**{field: value}) if value else found
    if by.department == NOBODY:
        found = found.filter(department=None)
    elif by.department:
        found = found.filter(department=UUID(by.department))
    if text := by.words.strip():
        named = Q(number=text) | Q(person__in=people.search(text))
        if WHOLE_NUMBER.fullmatch(text):
            named |= Q(person__in=people.by_full_number(text))
        found = found.filter(named)
    return found.order_by("submitted_at", "number")


def neighbours(
    row: Application, actor: Actor, by: Narrowed
) -> tuple[Application | None, Application | None]:
    """The one before and the one after of the same state, as the reviewer narrowed the queue."""
    if row.submitted_at is None:
        return None, None
    same = Narrowed(row.status, by.finding, by.offering, by.department, by.words)
    line = listed(row.batch, actor, same).select_related(None)
    at = {"submitted_at": row.submitted_at}
    later = Q(submitted_at__gt=row.submitted_at) | Q(**at, number__gt=row.number)
    earlier = Q(submitted_at__lt=row.submitted_at) | Q(**at, number__lt=row.number)
    before = line.filter(earlier).order_by("-submitted_at", "-number").only("pk").first()
    return before, line.filter(later).only("pk").first()
