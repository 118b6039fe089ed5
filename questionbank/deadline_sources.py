"""Papers are to be sealed before they may be fetched, and stay sealed until then (PAPER-06)."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry.entries import (
    DeadlineSpec,
    DeadlineWatch,
    deadline_sources,
    deadline_watches,
)
from assessment_center.workdays.counting import counted
from questionbank.enums import PaperStatus
from questionbank.models import Paper
from questionbank.policies import first_start, own_bank_demands, pickup_citations, release_moment
from questionbank.selectors import sealed_forms

EXAM = _("考试开始日")


def sealing_deadline(batch: AssessmentBatch) -> Sequence[DeadlineSpec]:
    """All papers sealed by the day they may be fetched, and the day before the examination."""
    demands = own_bank_demands(batch)
    if not demands:
        return []
    fetched = timezone.localdate(release_moment(batch, first_start(batch)))
    by = min(fetched, batch.exam_starts - timedelta(days=1))
    sealed = sealed_forms(batch)
    released = Paper.objects.filter(batch=batch, status=PaperStatus.RELEASED).exists()
    seal = counted(EXAM, batch.exam_starts, (by - batch.exam_starts).days, "day")
    opened = counted(EXAM, batch.exam_starts, (fetched - batch.exam_starts).days, "day")
    return [
        DeadlineSpec(
            "questionbank.seal",
            _("封存试卷"),
            by,
            pickup_citations(batch),
            done=released or all((o.pk, subject) in sealed for o, subject in demands),
            responsible=Act.PAPER_ASSEMBLE,
            counting=seal,
            stage="papers",
        ),
        DeadlineSpec(
            "questionbank.release",
            _("启封试卷"),
            fetched,
            pickup_citations(batch),
            done=released,
            responsible=Act.PAPER_KEY,
            counting=opened,
            stage="papers",
            nature="from",
        ),
    ]


deadline_sources.register("questionbank", sealing_deadline, order=90)
deadline_watches.register(
    "questionbank.paper", DeadlineWatch("questionbank.paper", lambda paper: paper.batch_id)
)
