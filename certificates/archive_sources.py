"""What certificates leave for the archive: the files, the roll, the ledgers, the data."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import SYSTEM, SubjectRef
from assessment_center.registry.entries import ArchiveSource, archive_sources, documents
from certificates.selectors import deliveries_of, issued_of, own_files, requests_of
from certificates.sheets import data_workbook, request_workbook

Piece = tuple[str, str, str, bytes, SubjectRef]
PRINTED = (
    ("certificate_roll", "certificate-roll"),
    ("certificate_collection", "certificate-collection"),
    ("certificate_ledger", "certificate-ledger"),
    ("certificate_ledger", "number-ledger"),
)


def _files(batch: AssessmentBatch) -> Iterator[Piece]:
    """Every certificate as it was issued, byte for byte."""
    for each in own_files(batch):
        with each.pdf.open("rb") as kept:
            content = kept.read()
        yield "certificate", f"证书 {each.number}", f"{each.number}.pdf", content, each.subject


def _from_authority(batch: AssessmentBatch) -> Iterator[Piece]:
    """The lists sent to the authority, and its answers as they came."""
    for each in requests_of(batch):
        title = f"证书申领名册 {each}"
        content = request_workbook(each)
        yield "certificate_roll", title, f"{title}.xlsx", content, each.subject
    for delivery in deliveries_of(batch):
        with delivery.sheet.open("rb") as kept:
            content = kept.read()
        title = f"主管部门证书清单 {delivery.received_on} {delivery.digest[:8]}"
        yield "certificate_roll", title, f"{title}.xlsx", content, delivery.subject


def _forms(batch: AssessmentBatch) -> Iterator[Piece]:
    for kind, slug in PRINTED:
        if not documents[slug].applies(batch):
            continue
        for stem, content in documents[slug].render(batch, SYSTEM):
            yield kind, stem, f"{stem}.pdf", content, batch.subject


def collect(batch: AssessmentBatch) -> Sequence[Piece]:
    """Nothing for a batch without issued certificates."""
    if not issued_of(batch).exists():
        return []
    book = ("certificate_summary", "证书数据汇总表", "证书数据汇总表.xlsx")
    return [
        *_files(batch),
        *_from_authority(batch),
        *_forms(batch),
        (*book, data_workbook(batch), batch.subject),
    ]


archive_sources.register(
    "certificates",
    ArchiveSource("certificates", _("证书"), collect),
    order=130,
)
