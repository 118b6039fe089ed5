"""The draws of a batch as everybody may know them now."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min

from assessment_center.audit.models import AuditEntry
from assessment_center.batches.models import AssessmentBatch
from exams.models import DrawnPlan, Sitting
from exams.opening import Opening, opening_of


@dataclass(frozen=True, slots=True)
class PublicDraw:
    """One sitting's draw; `key` is empty until the arrangement is open."""

    sitting: Sitting
    committed_at: datetime | None
    opens_at: datetime | None
    key: str
    recorded: bool


def _committed(batch: AssessmentBatch) -> list[Sitting]:
    found = batch.sittings.exclude(draw_commitment="").order_by("number")
    for sitting in found:
        sitting.batch = batch
    return list(found)


def draws_of(batch: AssessmentBatch) -> list[PublicDraw]:
    """Every committed draw of a batch, as far as its hour lets it be told."""
    sittings, opening = _committed(batch), opening_of(batch)
    entries = AuditEntry.objects.filter(
        verb="exams.draw_commit", subject_id__in=[each.pk for each in sittings]
    )
    first = dict(entries.values_list("subject_id").annotate(Min("at")))
    kept = set(DrawnPlan.objects.filter(sitting__in=sittings).values_list("sitting_id", flat=True))
    draws = []
    for each in sittings:
        shown = is_public(each, opening)
        key, recorded = (each.draw_key, each.pk in kept) if shown else ("", False)
        draws.append(PublicDraw(each, first.get(each.pk), opening.at(each), key, recorded))
    return draws


def is_public(sitting: Sitting, opening: Opening) -> bool:
    """Whether key, list and seats of the draw may be told: confirmed, and its hour has come."""
    return sitting.confirmed_at is not None and opening.is_open(sitting)
