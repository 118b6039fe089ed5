"""Which rulebook holds for the banks, when papers may be opened, whose key is asked for."""

from datetime import datetime, time

from django.utils import timezone

from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.batches.selectors import active_centre, current_filing
from assessment_center.registry import Citation
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.rulebooks.selectors import rules_of
from questionbank.models import KeyHolder
from questionbank.rules.release_time import earliest_release

MORNING = time(9)
Demands = list[tuple[Offering, str]]
OWN, AUTHORITY = "own_bank", "authority"


def rules_today() -> Rulebook | None:
    """The rulebook the centre is filed under today; None without a valid filing."""
    centre = active_centre()
    filing = current_filing(centre, timezone.localdate()) if centre else None
    return rules_of(filing.rulebook_version) if filing else None


def first_start(batch: AssessmentBatch) -> datetime:
    """The morning of the first examination day, until the timetable says more."""
    return timezone.make_aware(datetime.combine(batch.exam_starts, MORNING))


def release_moment(batch: AssessmentBatch, starts: datetime) -> datetime:
    """The earliest moment papers of an examination that begins at `starts` may be opened."""
    cited = batch.rules.settings.paper_pickup_earliest
    return earliest_release(cited.value if cited else None, timezone.localtime(starts))


def pickup_citations(batch: AssessmentBatch) -> tuple[Citation, ...]:
    """The article behind `release_moment`; none where the rulebook is silent."""
    cited = batch.rules.settings.paper_pickup_earliest
    return cited.citations if cited else ()


def serving_holders() -> list[KeyHolder]:
    """Holders with a key in use and an account in use."""
    rows = KeyHolder.objects.filter(is_active=True, user__is_active=True)
    return list(rows.select_related("user"))


def from_authority(batch: AssessmentBatch) -> bool:
    """Whether papers of some offering come from the authority (PAPER-01)."""
    return batch.offerings.filter(paper_source=AUTHORITY, route="exam").exists()


def own_bank_demands(batch: AssessmentBatch) -> Demands:
    """Every offering and subject whose papers come from the centre's own bank (PAPER-01)."""
    rows = batch.offerings.filter(paper_source=OWN, route="exam").order_by("id")
    offered = rows.select_related("occupation", "job")
    return [(offering, subject) for offering in offered for subject in offering.subjects]
