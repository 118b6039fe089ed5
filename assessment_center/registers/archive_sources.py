"""What the registers leave to a batch's archive: its hand-overs, minutes and uses of a seal.

The archive is kept by batch; a register as a whole is printed by year on its own page.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessment_center.registers.documents import PRINTS, of_batch
from assessment_center.registry import SYSTEM, SubjectRef
from assessment_center.registry.entries import ArchiveSource, archive_sources

Filed = tuple[str, str, str, bytes, SubjectRef]


def collect(batch: Any) -> Sequence[Filed]:
    """One PDF for every register in which the batch has lines."""
    return [
        ("work_record", stem, f"{stem}.pdf", content, batch.subject)
        for model in PRINTS
        for stem, content in of_batch(batch, SYSTEM, model)
    ]


archive_sources.register("registers", ArchiveSource("registers", _("登记簿"), collect), order=20)
