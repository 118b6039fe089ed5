"""The door before rooms, seats and posts: until their hour only for who has to know them.

Who arranges works with them all day; anybody else's look before the hour stands in the trail.
"""

from django.http import HttpRequest

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch
from assessment_center.office import actor_of
from assessment_center.registry import SubjectRef
from exams.models import Sitting
from exams.opening import is_batch_open, opening_of, require_batch_known, require_known


def look_at(request: HttpRequest, sitting: Sitting) -> None:
    """Let the page of a sitting be seen, or refuse it until the hour."""
    opening = opening_of(sitting.batch)
    require_known(actor_of(request), sitting, opening)
    if not opening.is_open(sitting):
        _note(request, sitting.subject)


def look_at_batch(request: HttpRequest, batch: AssessmentBatch) -> None:
    """Likewise for what shows every sitting of a batch."""
    require_batch_known(actor_of(request), batch)
    if not is_batch_open(batch):
        _note(request, batch.subject)


def _note(request: HttpRequest, subject: SubjectRef) -> None:
    actor = actor_of(request)
    if actor.may(Act.EXAM_ARRANGE):
        return
    match = request.resolver_match
    page = match.view_name if match else ""
    record(actor=actor, verb="exams.early_look", subject=subject, payload={"page": page})
