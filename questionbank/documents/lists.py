"""The strongroom's list of papers (F-403): occupation, level, quantity, storing time."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center import pdf
from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.printed.imprint import imprint
from assessment_center.registry import Actor
from assessment_center.registry.entries import DocumentKind, documents
from questionbank.enums import PaperStatus
from questionbank.selectors import papers_of

FORM = "F-403"
SLUG = "paper-storage-list"


def _rows(batch: AssessmentBatch) -> list[tuple[str, ...]]:
    closed = papers_of(batch).filter(status__in=[PaperStatus.SEALED, PaperStatus.RELEASED])
    return [
        (
            str(number),
            paper.offering.occupation.name
            + (f"（{paper.offering.job}）" if paper.offering.job else ""),
            str(paper.offering.get_level_display() or "——"),
            f"{paper.get_subject_display()} {paper.form}{_('卷')}",
            "1",
            timezone.localtime(paper.sealed_at).strftime("%Y-%m-%d %H:%M"),
            paper.code,
        )
        for number, paper in enumerate(closed, start=1)
    ]


def storage_list(batch: AssessmentBatch, actor: Actor) -> Sequence[tuple[str, bytes]]:
    """One list of all sealed and opened papers of the batch."""
    rows = _rows(batch)
    title = _("保密室试卷保存清单")
    form = batch.rules.form(FORM)
    corner = imprint(
        actor=actor,
        form=(FORM, SLUG, title),
        subject=batch.subject,
        content=rows,
        cite=form.cite if form else (),
        batch_id=batch.pk,
    )
    data = pdf.roster(
        pdf.Roster(
            title=title,
            subtitle=batch.name,
            columns=(
                pdf.Column(_("序号"), 1),
                pdf.Column(_("职业（工种）"), 4),
                pdf.Column(_("等级"), 3),
                pdf.Column(_("试卷"), 4),
                pdf.Column(_("数量"), 1),
                pdf.Column(_("入库时间"), 3),
                pdf.Column(_("试卷编号"), 4),
            ),
            rows=rows,
            signatures=(_("保管人（一）"), _("保管人（二）"), _("日期")),
        ),
        imprint=corner,
    )
    return [(f"{batch.code} {title}", data)]


documents.register(
    SLUG,
    DocumentKind(
        FORM,
        SLUG,
        gettext_lazy("保密室试卷保存清单"),
        storage_list,
        Act.BANK_VIEW,
        lambda batch: batch.rules.form(FORM) is not None,
    ),
    order=403,
)
