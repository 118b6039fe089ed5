"""F-214: admission tickets, of a batch or of one candidate."""

from collections.abc import Sequence

from assessment_center import pdf
from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import is_examined
from assessment_center.catalog.labels import NO_LEVEL_LABEL
from assessment_center.people.selectors import id_number
from assessment_center.registry import Actor
from assessment_center.registry.entries import DocumentKind, documents
from assessment_center.registry.language import in_chinese
from candidates.models import Application
from exams.documents.common import imprint, place, when
from exams.documents.words import notices, seat_words
from exams.models import AdmissionTicket
from exams.selectors import tickets_of

FORM = ("F-214", "admission-tickets", "准考证")
PARTS_OF = 400


def render(batch: AssessmentBatch, actor: Actor) -> Sequence[tuple[str, bytes]]:
    """All tickets, two on a page, in files of at most 400 tickets; the printing is audited."""
    tickets = list(tickets_of(batch))
    parts = []
    for number, start in enumerate(range(0, len(tickets), PARTS_OF), 1):
        drawn = [_ticket(each) for each in tickets[start : start + PARTS_OF]]
        corner = imprint(
            batch,
            actor,
            form=(FORM[0], f"{FORM[1]}_{number}", FORM[2]),
            subject=batch.subject,
            content=[_content(each) for each in drawn],
        )
        parts.append((f"准考证-{number:02d}", pdf.ticket(drawn, imprint=corner, per_page=2)))
    record(
        actor=actor,
        verb="exams.tickets_print",
        subject=batch.subject,
        payload={"tickets": len(tickets)},
    )
    return parts


@in_chinese
def single(ticket: AdmissionTicket, actor: Actor) -> bytes:
    """One ticket on a page of its own."""
    drawn = _ticket(ticket)
    corner = imprint(
        ticket.application.batch,
        actor,
        form=("F-214", "admission_ticket", "准考证"),
        subject=ticket.subject,
        content=_content(drawn),
    )
    return pdf.ticket(drawn, imprint=corner, per_page=1)


def _content(ticket: pdf.Ticket) -> tuple[object, ...]:
    return (ticket.name, ticket.number, ticket.facts, ticket.sittings, ticket.rules)


def _photo(application: Application) -> bytes | None:
    for field in (application.photo, application.person.photo):
        if field:
            with field.open("rb") as picture:
                content: bytes = picture.read()
            return content
    return None


def _ticket(ticket: AdmissionTicket) -> pdf.Ticket:
    application = ticket.application
    batch, offering = application.batch, application.offering
    centre = batch.centre
    return pdf.Ticket(
        centre=centre.name,
        name=application.person.name,
        number=ticket.number,
        facts=(
            ("证件号码", id_number(application.person)),
            ("职业（工种）", f"{offering.occupation.name} {offering.job or ''}".strip()),
            ("等级", str(offering.get_level_display() or NO_LEVEL_LABEL)),
            ("单位", application.employer or str(application.department or "")),
        ),
        sittings=tuple(
            pdf.TicketSitting(
                subject=str(seat.sitting.get_subject_code_display()),
                time=when(seat.sitting),
                place=place(seat.sitting_room),
                room=f"第 {seat.sitting_room.number} 考场",
                seat=seat_words(batch.rules, seat),
            )
            for seat in application.seats.all()
        ),
        rules=tuple(notices(batch.rules, application.subjects)),
        subtitle=batch.name,
        photo=_photo(application),
        qr=ticket.number,
        contact=centre.phone,
    )


def register() -> None:
    documents.register(
        FORM[1],
        DocumentKind(FORM[0], FORM[1], FORM[2], render, Act.EXAM_VIEW, is_examined),
        order=310,
    )
