"""What of the registration goes into the archive of a batch."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment_center import pdf
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import SYSTEM
from assessment_center.registry.entries import ArchiveSource, archive_sources
from assessment_center.registry.language import in_chinese
from candidates import documents
from candidates.models import Commitment

Piece = tuple[str, str, str, bytes, Any]


@in_chinese
def collect(batch: AssessmentBatch) -> Sequence[Piece]:
    """Application forms, the roll, and the record of all undertakings."""
    return [*_forms(batch), *_roll(batch), *_commitments(batch)]


def _forms(batch: AssessmentBatch) -> Iterator[Piece]:
    for application in documents.in_hand(batch):
        name = f"{application.number} {application.person.name}"
        content = documents.application_form(application, SYSTEM, kept=True)
        yield ("application_form", name, f"{application.number}.pdf", content, application.subject)


def _roll(batch: AssessmentBatch) -> Iterator[Piece]:
    content = documents.candidate_roll(batch, SYSTEM)
    title, _basis = documents.form_title(batch, documents.roll_code(batch), "考生花名册")
    yield ("candidate_roll", title, f"{batch.code} {title}.pdf", content, batch.subject)


def _commitments(batch: AssessmentBatch) -> Iterator[Piece]:
    signed = list(
        Commitment.objects.filter(application__batch=batch)
        .select_related("application__person")
        .order_by("application__number")
    )
    if not signed:
        return
    title = "考生承诺签署记录"
    sheet = pdf.Roster(
        title=title,
        subtitle=batch.name,
        columns=(
            pdf.Column("申报号", 3),
            pdf.Column("姓名", 2, face=pdf.Face.KAI, names=True),
            pdf.Column("签署时间", 3),
            pdf.Column("签署地址", 3),
        ),
        rows=[
            (
                each.application.number,
                each.signed_name,
                f"{timezone.localtime(each.signed_at):%Y-%m-%d %H:%M}",
                each.address or "",
            )
            for each in signed
        ],
        notes=(signed[0].text,),
    )
    content = pdf.roster(sheet, imprint=pdf.Imprint())
    yield ("commitment", title, f"{batch.code} {title}.pdf", content, batch.subject)


archive_sources.register(
    "candidates", ArchiveSource("candidates", _("报名与资格审查"), collect), order=20
)
