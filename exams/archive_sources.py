"""What an examination leaves for the archive."""

from collections.abc import Callable, Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import SYSTEM, SubjectRef
from assessment_center.registry.entries import ArchiveSource, archive_sources, documents
from exams.equipment import archive_sources as equipment  # noqa: F401 - it registers
from exams.sheets import duty_workbook, record_workbook, ticket_workbook

Piece = tuple[str, str, str, bytes, SubjectRef]
PRINTED = (
    ("room_arrangement", "arrangement-table"),
    ("room_arrangement", "seat-table"),
    ("sign_in_sheet", "sign-in"),
)
WORKBOOK = "xlsx"


def _forms(batch: AssessmentBatch) -> Iterator[Piece]:
    """The printed arrangement, seat tables and sign-in sheets as they stand."""
    for kind, slug in PRINTED:
        form = documents[slug]
        for stem, content in form.render(batch, SYSTEM):
            yield kind, stem, f"{stem}.pdf", content, batch.subject


def _workbooks(batch: AssessmentBatch) -> Iterator[Piece]:
    """Tickets, room records with violations, and duties as lists."""
    books: tuple[tuple[str, str, Callable[[AssessmentBatch], bytes]], ...] = (
        ("candidate_roll", "准考证发放名册", ticket_workbook),
        ("room_record", "考场记录汇总", record_workbook),
        ("implementation_schedule", "值岗人员表", duty_workbook),
    )
    for kind, title, make in books:
        yield kind, title, f"{title}.{WORKBOOK}", make(batch), batch.subject


def collect(batch: AssessmentBatch) -> Sequence[Piece]:
    """Nothing for a batch without sittings."""
    if not batch.sittings.exists():
        return []
    return [*_forms(batch), *_workbooks(batch)]


archive_sources.register(
    "exams",
    ArchiveSource("exams", _("考务"), collect),
    order=70,
)
