"""F-214: admission tickets, of a batch, of part of it, or of one candidate.

Every ticket is a sheet of its own with its code and version, however many are printed together:
so a change of seat, time, name or photo tells which ones are to be printed again.
"""

from collections.abc import Callable, Iterator, Sequence

from assessment_center import pdf
from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import is_examined
from assessment_center.people.selectors import id_number
from assessment_center.printed.models import PrintedSheet
from assessment_center.printed.services import register_sheets
from assessment_center.registry import Actor
from assessment_center.registry.entries import DocumentKind, documents
from assessment_center.registry.language import in_chinese
from assessment_center.rulebooks import Rulebook
from exams.documents.words import notices
from exams.models import AdmissionTicket
from exams.opening import require_batch_known
from exams.policies import form_citations
from exams.selectors import valid_tickets
from exams.ticket_view import Stand, TicketReader

FORM = ("F-214", "admission-tickets", "准考证")
SHEET = ("F-214", "admission-ticket", "准考证")
A_FILE = 2_000
A_STEP = 100
SEALS = {
    "on_mark": ("place", "（盖章处）"),
    "on_photo": ("photo", "压照片加盖认定机构印章。"),
    "anywhere": ("place", "（验印）"),
}
Progress = Callable[[int], None]


def render(batch: AssessmentBatch, actor: Actor) -> Sequence[tuple[str, bytes]]:
    """All tickets by number, two on a page; one file, or several where there are thousands."""
    require_batch_known(actor, batch)
    found = list(valid_tickets(batch))
    return [(stem, together(batch, actor, part)) for stem, part in in_files(FORM[2], found)]


def in_files(
    stem: str, tickets: Sequence[AdmissionTicket]
) -> list[tuple[str, Sequence[AdmissionTicket]]]:
    """One file, or numbered ones where a single file would be too heavy to handle."""
    starts = range(0, len(tickets), A_FILE)
    if len(starts) == 1:
        return [(stem, tickets)]
    return [
        (f"{stem}-{number:02d}", tickets[start : start + A_FILE])
        for number, start in enumerate(starts, 1)
    ]


def together(
    batch: AssessmentBatch,
    actor: Actor,
    tickets: Sequence[AdmissionTicket],
    progress: Progress = lambda _done: None,
) -> bytes:
    """These tickets in one file, two on a page; the printing is audited."""
    drawn: list[pdf.Ticket] = []
    for each in _drawn(batch, actor, tickets):
        drawn.append(each)
        if len(drawn) % A_STEP == 0:
            progress(len(drawn))
    payload = {"tickets": len(drawn)}
    record(actor=actor, verb="exams.tickets_print", subject=batch.subject, payload=payload)
    return pdf.ticket(drawn, imprint=_corner(batch), per_page=2)


@in_chinese
def single(ticket: AdmissionTicket, actor: Actor) -> bytes:
    """One ticket on a page of its own."""
    batch = ticket.application.batch
    (drawn,) = _drawn(batch, actor, [ticket])
    return pdf.ticket(drawn, imprint=_corner(batch), per_page=1)


def _corner(batch: AssessmentBatch) -> pdf.Imprint:
    """The basis alone: code and version stand on every ticket."""
    basis = "、".join(str(each) for each in form_citations(batch.rules, FORM[0]))
    return pdf.Imprint(basis=basis)


def _drawn(
    batch: AssessmentBatch, actor: Actor, tickets: Sequence[AdmissionTicket]
) -> Iterator[pdf.Ticket]:
    reader = TicketReader(batch)
    told = [notices(batch.rules, each.application.subjects) for each in tickets]
    wanted = {
        each.pk: reader.digest(each, rules) for each, rules in zip(tickets, told, strict=True)
    }
    kind = AdmissionTicket._meta.label_lower  # noqa: SLF001
    sheets = register_sheets(actor=actor, form=SHEET, kind=kind, wanted=wanted, batch_id=batch.pk)
    for each, rules in zip(tickets, told, strict=True):
        yield _ticket(reader, each, rules, sheets[each.pk])


def seal_place(rules: Rulebook) -> tuple[str, str]:
    """TKT-03: where the seal goes and the words at its place; neither where nobody asks for it."""
    asked = rules.settings.ticket_seal
    return SEALS[asked.value] if asked else ("", "")


def _photo(ticket: AdmissionTicket) -> bytes | None:
    application = ticket.application
    for field in (application.photo, application.person.photo):
        if field:
            with field.open("rb") as picture:
                content: bytes = picture.read()
            return content
    return None


def _sitting(stand: Stand) -> pdf.TicketSitting:
    return pdf.TicketSitting(
        subject=stand.subject,
        time=stand.time,
        place=f"{stand.site} {stand.room}".strip(),
        room=stand.opens_words if stand.hidden else stand.number,
        seat=stand.printed_seat or "—",
    )


def _ticket(
    reader: TicketReader, ticket: AdmissionTicket, rules: list[str], sheet: PrintedSheet
) -> pdf.Ticket:
    batch, person = reader.batch, ticket.application.person
    seal, words = seal_place(batch.rules)
    return pdf.Ticket(
        centre=batch.centre.name,
        name=person.name,
        number=ticket.number,
        facts=(("证件号码", id_number(person)), *reader.facts(ticket)),
        sittings=tuple(_sitting(stand) for stand in reader.stands(ticket)),
        rules=tuple(rules),
        subtitle=batch.name,
        photo=_photo(ticket),
        qr=ticket.number,
        contact=f"咨询电话 {batch.centre.phone}" if batch.centre.phone else "",
        seal=seal,  # type: ignore[arg-type]  # one of its words
        seal_words=words,
        mark=f"{SHEET[0]} {sheet.code}  v{sheet.version}",
    )


def register() -> None:
    documents.register(
        FORM[1],
        DocumentKind(FORM[0], FORM[1], FORM[2], render, Act.EXAM_VIEW, is_examined),
        order=310,
    )
