"""What the pages of the review share: the queue as it was narrowed, and how long one looked."""

from typing import TypedDict
from uuid import UUID

from django.core import signing
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from assessment_center.batches.models import AssessmentBatch
from assessment_center.office import actor_of
from candidates import selectors
from candidates.content import digest_of
from candidates.models import Application
from candidates.queues import Narrowed

QUEUES = "candidates.queues"
SALT = "candidates.opened"
LONGEST = 3600  # seconds; a page left open for longer says nothing


def one(request: HttpRequest, pk: UUID) -> Application:
    """The application, if the actor may see it; another department's is not there."""
    rows = selectors.visible(actor_of(request), selectors.applications())
    return get_object_or_404(rows, pk=pk)


def narrowed(request: HttpRequest, batch: AssessmentBatch) -> Narrowed:
    """How this reviewer last narrowed the queue of the batch."""
    return Narrowed(**request.session.get(QUEUES, {}).get(batch.code, {}))


def keep(request: HttpRequest, batch: AssessmentBatch, by: Narrowed) -> None:
    """Remember it, so that previous and next follow the same queue."""
    queues = request.session.get(QUEUES, {})
    if queues.get(batch.code) != by.kept():
        request.session[QUEUES] = {**queues, batch.code: by.kept()}


class Look(TypedDict):
    """How long a reviewer looked, and the digest of what he saw."""

    seconds: int | None
    seen: str


def opened(row: Application) -> str:
    """Signed, for the forms of the page: when it was opened, and what it showed."""
    facts = [str(row.pk), int(timezone.now().timestamp()), digest_of(row)]
    return signing.dumps(facts, salt=SALT)


def look(request: HttpRequest, pk: UUID) -> Look:
    """How long the page was open before it was decided, where that can be told; what it showed."""
    try:
        key, at, seen = signing.loads(request.POST.get("opened", ""), salt=SALT)
    except (signing.BadSignature, ValueError):
        return Look(seconds=None, seen="")
    if key != str(pk):
        return Look(seconds=None, seen="")
    seconds = int(timezone.now().timestamp()) - at
    return Look(seconds=seconds if 0 <= seconds <= LONGEST else None, seen=seen)
