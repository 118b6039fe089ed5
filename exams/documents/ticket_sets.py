"""Tickets printed as they are handed out: all in one file, or one for each room or class."""

from collections.abc import Sequence

from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import Actor
from assessment_center.registry.language import in_chinese
from exams.documents.tickets import FORM, Progress, in_files, together
from exams.models import AdmissionTicket
from exams.opening import require_batch_known
from exams.selectors import valid_tickets
from exams.ticket_binding import sets_of
from exams.ticket_sheets import printing_of


def chosen(batch: AssessmentBatch, *, only_wanted: bool) -> list[AdmissionTicket]:
    """All tickets of the batch, or those never printed and those whose paper is out of date."""
    return printing_of(batch).wanted if only_wanted else list(valid_tickets(batch))


@in_chinese
def bound(
    batch: AssessmentBatch,
    actor: Actor,
    tickets: Sequence[AdmissionTicket],
    sets: str,
    progress: Progress = lambda _done: None,
) -> list[tuple[str, bytes]]:
    """A part (file stem, PDF) for each set; `progress` hears how many tickets are drawn.

    Each part is registered and audited when it is done, so that a killed run prints the same
    versions again. Refuses who need not know the arrangement before its hour.
    """
    require_batch_known(actor, batch)
    parts: list[tuple[str, bytes]] = []
    done = 0
    for name, members in sets_of(tickets, sets):
        stem = f"{FORM[2]}-{name}".rstrip("-")
        for each, part in in_files(stem, members):
            parts.append((each, together(batch, actor, part, _from(done, progress))))
            done += len(part)
            progress(done)
    return parts


def _from(done: int, progress: Progress) -> Progress:
    """Tell of one file's tickets as of those after the files before."""
    return lambda drawn: progress(done + drawn)
