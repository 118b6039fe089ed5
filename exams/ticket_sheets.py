"""Which tickets are on paper as they stand, which are to be printed again, and why."""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.batches.models import AssessmentBatch
from assessment_center.printed.models import PrintedSheet
from assessment_center.registry.language import in_chinese
from exams.documents.words import notices
from exams.models import AdmissionTicket
from exams.selectors import valid_tickets
from exams.ticket_view import TicketReader

SLUG = "admission-ticket"
KIND = "exams.admissionticket"
ASPECT_LABELS: dict[str, Promise] = {
    "person": gettext_lazy("姓名、证件或报考信息"),
    "time": gettext_lazy("时间或考点"),
    "seat": gettext_lazy("考场或座位"),
    "photo": gettext_lazy("照片"),
}


@dataclass(frozen=True, slots=True)
class Stale:
    """A ticket whose newest printing is no longer true, and in what."""

    ticket: AdmissionTicket
    sheet: PrintedSheet
    aspects: tuple[str, ...]

    @property
    def words(self) -> str:
        return _("、").join(str(ASPECT_LABELS[each]) for each in self.aspects)


@dataclass(slots=True)
class Printing:
    """The tickets of a batch by how they stand on paper."""

    total: int = 0
    unprinted: list[AdmissionTicket] = field(default_factory=list)
    stale: list[Stale] = field(default_factory=list)

    @property
    def wanted(self) -> list[AdmissionTicket]:
        """What is to be printed now: the stale ones and those never printed, by number."""
        found = [*self.unprinted, *(each.ticket for each in self.stale)]
        return sorted(found, key=lambda ticket: ticket.number)


@in_chinese
def printing_of(batch: AssessmentBatch) -> Printing:
    """Every ticket compared with its newest sheet; paper is Chinese, and so is what is compared."""
    sheets = PrintedSheet.objects.filter(batch_id=batch.pk, slug=SLUG, subject_kind=KIND)
    newest = {each.subject_id: each for each in sheets.order_by("version")}
    reader, found = TicketReader(batch), Printing()
    told: dict[tuple[str, ...], list[str]] = {}
    for ticket in valid_tickets(batch):
        found.total += 1
        sheet = newest.get(ticket.pk)
        if sheet is None:
            found.unprinted.append(ticket)
            continue
        subjects = tuple(ticket.application.subjects)
        rules = told.setdefault(subjects, notices(batch.rules, subjects))
        if aspects := reader.changed(ticket, rules, sheet.digest):
            found.stale.append(Stale(ticket, sheet, tuple(aspects)))
    return found
