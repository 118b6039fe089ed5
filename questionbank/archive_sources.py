"""What the papers of a batch leave for the archive: their list, and digests without content."""

import json
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import SYSTEM, SubjectRef
from assessment_center.registry.entries import ArchiveSource, archive_sources
from questionbank.documents import storage_list
from questionbank.enums import PaperStatus
from questionbank.models import Paper
from questionbank.selectors import papers_of

Piece = tuple[str, str, str, bytes, SubjectRef]
KEPT = "answer_papers"
ELECTRONIC = "drawn_papers_electronic"


def closed_papers(batch: AssessmentBatch) -> list[Paper]:
    """Sealed and released papers; what was void leaves its trail in the audit alone."""
    return list(papers_of(batch).filter(status__in=[PaperStatus.SEALED, PaperStatus.RELEASED]))


def _facts(paper: Paper) -> dict[str, Any]:
    def when(moment: Any) -> str | None:
        return timezone.localtime(moment).isoformat() if moment else None

    return {
        "code": paper.code,
        "offering": str(paper.offering),
        "subject": paper.subject,
        "form": paper.form,
        "spare": paper.is_spare,
        "status": paper.status,
        "digest": paper.digest,
        "holders": [str(paper.first_holder), str(paper.second_holder)],
        "not_before": when(paper.not_before),
        "sealed_at": when(paper.sealed_at),
        "released_at": when(paper.released_at),
    }


def collect(batch: AssessmentBatch) -> Sequence[Piece]:
    """The storage list, the papers' facts, and each sealed master as it is: still closed."""
    papers = closed_papers(batch)
    if not papers:
        return []
    named = batch.rules.retention_of(ELECTRONIC)
    kind = named.kind if named else KEPT
    facts = json.dumps([_facts(paper) for paper in papers], ensure_ascii=False, indent=1)
    pieces: list[Piece] = [
        (KEPT, str(_("试卷保存清单")), f"{stem}.pdf", data, batch.subject)
        for stem, data in storage_list(batch, SYSTEM)
    ]
    pieces.append(
        (KEPT, str(_("封存试卷登记")), "sealed-papers.json", facts.encode(), batch.subject)
    )
    pieces += [
        (kind, str(paper), f"{paper.code}.age", bytes(paper.sealed or b""), paper.ref)
        for paper in papers
    ]
    return pieces


archive_sources.register(
    "questionbank", ArchiveSource("questionbank", _("试卷"), collect), order=60
)
