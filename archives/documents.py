"""The catalogue of a batch's archive (F-1101)."""

import hashlib
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archives.selectors import items_of, volumes_of
from assessment_center import pdf
from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.printed.services import register_sheet
from assessment_center.registry import Actor
from assessment_center.registry.entries import DocumentKind, documents


def catalogue(batch: AssessmentBatch, actor: Actor) -> Sequence[tuple[str, bytes]]:
    """One list per volume: piece number, title, pages' file, term and hash."""
    by_volume: dict[object, list[tuple[str, ...]]] = {}
    digests = []
    for item in items_of(batch):
        term = _("长期") if item.permanent else f"{item.keep_until:%Y-%m-%d}"
        by_volume.setdefault(item.volume_id, []).append(
            (
                str(item.number),
                item.title,
                f"{item.created_at:%Y-%m-%d}",
                term,
                item.digest[:16],
                item.get_status_display(),
            )
        )
        digests.append(item.digest)
    sheet = register_sheet(
        actor=actor,
        form_code="F-1101",
        slug="archive-catalogue",
        title=str(_("归档文件目录")),
        subject=batch.ref,
        batch_id=batch.id,
        content_digest=hashlib.sha256("".join(digests).encode()).hexdigest(),
    )
    rosters = [
        pdf.Roster(
            title=_("归档文件目录"),
            subtitle=volume.title,
            meta=((_("机构"), batch.centre.name), (_("批次"), batch.name)),
            columns=(
                pdf.Column(_("件号"), 1),
                pdf.Column(_("题名"), 6, align="left"),
                pdf.Column(_("归档日期"), 2),
                pdf.Column(_("保管至"), 2),
                pdf.Column(_("SHA-256（前 16 位）"), 3),
                pdf.Column(_("状态"), 1.3),
            ),
            rows=by_volume.get(volume.pk, []),
            signatures=(_("归档人"), _("检查人"), _("日期")),
        )
        for volume in volumes_of(batch)
    ]
    imprint = pdf.Imprint(code=sheet.code, version=str(sheet.version))
    return [("归档文件目录", pdf.roster(rosters, imprint=imprint))]


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
