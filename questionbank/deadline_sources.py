"""Papers are to be sealed before they may be fetched (PAPER-06)."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry.entries import DeadlineSpec, deadline_sources
from questionbank.policies import first_start, own_bank_demands, pickup_citations, release_moment
from questionbank.selectors import sealed_forms


def sealing_deadline(batch: AssessmentBatch) -> Sequence[DeadlineSpec]:
    """All papers sealed by the day they may be fetched, and the day before the examination."""
    demands = own_bank_demands(batch)
    if not demands:
        return []
    fetched = timezone.localdate(release_moment(batch, first_start(batch)))
    sealed = sealed_forms(batch)
    return [
        DeadlineSpec(
            "questionbank.seal",
            str(_("封存试卷")),
            min(fetched, batch.exam_starts - timedelta(days=1)),
            pickup_citations(batch),
            done=all((offering.pk, subject) in sealed for offering, subject in demands),
        )
    ]


deadline_sources.register("questionbank", sealing_deadline, order=90)
