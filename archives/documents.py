"""The catalogue of the archive of a batch, or of a year of the centre (F-1101)."""

import hashlib
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archives.models import ArchiveItem, Volume
from archives.selectors import items_of, volumes_of
from archives.year_selectors import items_of_year, volumes_of_year
from assessment_center import pdf
from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.organization.models import AssessmentCentre
from assessment_center.printed.services import register_sheet
from assessment_center.registry import Actor, SubjectRef
from assessment_center.registry.entries import DocumentKind, documents
from assessment_center.registry.language import in_chinese

Parts = Sequence[tuple[str, bytes]]


def catalogue(batch: AssessmentBatch, actor: Actor) -> Parts:
    """The lists of a batch's volumes."""
    meta = ((_("机构"), batch.centre.name), (_("批次"), batch.name))
    return _catalogue(actor, batch.ref, volumes_of(batch), items_of(batch), meta, batch.id)


@in_chinese
def catalogue_of_year(centre: AssessmentCentre, year: int, actor: Actor) -> Parts:
    """The lists of the volumes of a year of the centre."""
    meta = ((_("机构"), centre.name), (_("年度"), str(year)))
    volumes, items = volumes_of_year(centre, year), items_of_year(centre, year)
    return _catalogue(actor, centre.subject, volumes, items, meta, None, f"-{year}")


def _catalogue(
    actor: Actor,
    subject: SubjectRef,
    volumes: Iterable[Volume],
    items: Iterable[ArchiveItem],
    meta: tuple[tuple[str, str], ...],
    batch_id: UUID | None,
    suffix: str = "",
) -> Parts:
    """One list per volume: piece number, title, day of filing, term and hash."""
    kept = list(items)
    sheet = register_sheet(
        actor=actor,
        form_code="F-1101",
        slug=f"archive-catalogue{suffix}",
        title=str(_("归档文件目录")),
        subject=subject,
        batch_id=batch_id,
        content_digest=hashlib.sha256("".join(each.digest for each in kept).encode()).hexdigest(),
    )
    rosters = [_roster(volume, kept, meta) for volume in volumes]
    imprint = pdf.Imprint(code=sheet.code, version=str(sheet.version))
    return [(f"归档文件目录{suffix}", pdf.roster(rosters, imprint=imprint))]


def _roster(
    volume: Volume, items: Sequence[ArchiveItem], meta: tuple[tuple[str, str], ...]
) -> pdf.Roster:
    return pdf.Roster(
        title=_("归档文件目录"),
        subtitle=volume.title,
        meta=meta,
        columns=(
            pdf.Column(_("件号"), 1),
            pdf.Column(_("题名"), 6, align="left"),
            pdf.Column(_("归档日期"), 2),
            pdf.Column(_("保管至"), 2),
            pdf.Column(_("SHA-256（前 16 位）"), 3),
            pdf.Column(_("状态"), 1.3),
        ),
        rows=[_row(item) for item in items if item.volume_id == volume.pk],
        signatures=(_("归档人"), _("检查人"), _("日期")),
    )


def _row(item: ArchiveItem) -> tuple[str, ...]:
    return (
        str(item.number),
        item.title,
        f"{timezone.localdate(item.created_at)}",
        str(_("长期")) if item.permanent else f"{item.keep_until:%Y-%m-%d}",
        item.digest[:16],
        str(item.get_status_display()),
    )


documents.register(
    "archive-catalogue",
    DocumentKind(
        code="F-1101",
        slug="archive-catalogue",
        label=gettext_lazy("归档文件目录"),
        render=catalogue,
        permission=Act.ARCHIVE_VIEW,
        applies=lambda batch: batch.volumes.exists(),
    ),
    order=1100,
)
