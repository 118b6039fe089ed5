"""What the registers leave: to a batch's archive its lines, to the centre's each year whole."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessment_center.registers.documents import PRINTS, of_batch, print_period
from assessment_center.registers.models import DocumentEntry
from assessment_center.registry import SYSTEM, SubjectRef
from assessment_center.registry.entries import (
    ArchiveSource,
    YearSource,
    archive_sources,
    year_sources,
)

Filed = tuple[str, str, str, bytes, SubjectRef]


def collect(batch: Any) -> Sequence[Filed]:
    """One PDF for every register in which the batch has lines."""
    return [
        ("work_record", stem, f"{stem}.pdf", content, batch.subject)
        for model in PRINTS
        for stem, content in of_batch(batch, SYSTEM, model)
    ]


def collect_year(centre: Any, year: int) -> Sequence[Filed]:
    """Each register of the year as one PDF, and the file of every document in it."""
    return [*_registers(centre, year), *_documents(year)]


def _registers(centre: Any, year: int) -> Iterator[Filed]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    for model, (form, _make) in PRINTS.items():
        content = print_period(actor=SYSTEM, centre=centre, model=model, first=first, last=last)
        if content is not None:
            title = f"{form[2].replace('/', '、')} {year}"
            yield "work_record", title, f"{title}.pdf", content, centre.subject


def _documents(year: int) -> Iterator[Filed]:
    """Files as they were handed in; a corrected line's file went over to its correction."""
    lines = DocumentEntry.objects.filter(year=year).exclude(file="")
    for line in lines.order_by("series", "number"):
        with line.file.open("rb") as kept:
            content = kept.read()
        suffix = str(line.file.name).rpartition(".")[2]
        yield "work_record", f"{line} {line.title}", f"{line}.{suffix}", content, line.subject


archive_sources.register("registers", ArchiveSource("registers", _("登记簿"), collect), order=20)
year_sources.register(
    "registers.year", YearSource("registers.year", _("登记簿"), collect_year), order=10
)
