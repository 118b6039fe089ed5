"""What the plan and the announcements of a batch leave for the archive."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from assessment_center.batches.documents import announcement_pdf, annual_plan
from assessment_center.batches.enums import AnnouncementStatus
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import SYSTEM, SubjectRef
from assessment_center.registry.entries import ArchiveSource, archive_sources

Piece = tuple[str, str, str, bytes, SubjectRef]


def collect(batch: AssessmentBatch) -> list[Piece]:
    """The annual plan and every published announcement."""
    return [*_plan(batch), *_announcements(batch)]


def _plan(batch: AssessmentBatch) -> Iterator[Piece]:
    for stem, content in annual_plan(batch, SYSTEM):
        if batch.plan is not None:
            yield "annual_plan", stem, f"{stem}.pdf", content, batch.plan.ref


def _announcements(batch: AssessmentBatch) -> Iterator[Piece]:
    published = batch.announcements.filter(status=AnnouncementStatus.PUBLISHED)
    for each in published.order_by("number"):
        content = announcement_pdf(each, batch=batch, actor=SYSTEM)
        yield "announcement", each.title, f"{each.title}.pdf", content, each.ref


archive_sources.register("batches", ArchiveSource("batches", _("计划与公告"), collect), order=10)
