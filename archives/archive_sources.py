"""What the archive adds of its own: the report on the rules, as they stood at the filing.

It is filed once: what changes afterwards is on the live page and in reports printed later.
"""

from collections.abc import Sequence

from archives.models import ArchiveItem
from assessment_center.batches.models import AssessmentBatch
from assessment_center.conformance.printing import TITLE, report
from assessment_center.registry import SubjectRef
from assessment_center.registry.entries import ArchiveSource, archive_sources

KIND = "conformance_report"


def conformance_report(
    batch: AssessmentBatch,
) -> Sequence[tuple[str, str, str, bytes, SubjectRef]]:
    """Every rule with how it was kept, printed from a look at this moment."""
    if ArchiveItem.objects.filter(volume__batch=batch, kind=KIND).exists():
        return ()
    stem = f"{batch.code} {TITLE}"
    return [(KIND, stem, f"{stem}.pdf", report(batch), batch.subject)]


archive_sources.register(
    "conformance.report",
    ArchiveSource("conformance.report", TITLE, conformance_report),
    order=990,
)
