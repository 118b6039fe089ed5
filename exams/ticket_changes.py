"""What of a ticket has changed since it was given out, to be compared and told."""

from collections.abc import Callable, Iterator, Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from assessment_center.catalog.labels import SUBJECT_LABELS
from exams.documents.words import place_words
from exams.models import AdmissionTicket
from exams.ticket_sheets import ASPECT_LABELS
from exams.ticket_view import TicketReader, Told

DIFFERS: dict[str, Callable[[Told, Told], bool]] = {
    "time": lambda was, now: was.when != now.when,
    "seat": lambda was, now: was.where != now.where and (was.known or now.known),
}
NOTHING = Told("", (), (), known=False)


def changes_between(
    before: Mapping[UUID, Told], after: Mapping[UUID, Told]
) -> list[dict[str, str]]:
    """What of a ticket changed, each with its subject, in the order of the sittings."""
    return [
        {"subject": (after.get(key) or before[key]).subject, "what": what}
        for key in dict.fromkeys((*before, *after))
        for what, differs in DIFFERS.items()
        if differs(before.get(key, NOTHING), after.get(key, NOTHING))
    ]


def changed_words(ticket: AdmissionTicket) -> str:
    """What changed in a ticket after it was given out, by subject: 理论知识（考场或座位）."""
    found: dict[str, list[str]] = {}
    for each in ticket.changes:
        found.setdefault(each["subject"], []).append(str(ASPECT_LABELS[each["what"]]))
    return _("，").join(
        _("%(subject)s（%(what)s）")
        % {"subject": SUBJECT_LABELS[subject], "what": _("、").join(aspects)}
        for subject, aspects in found.items()
    )


def ticket_lines(reader: TicketReader, ticket: AdmissionTicket) -> Iterator[str]:
    """Every sitting as the ticket shows it now; a hidden seat with the hour it is told."""
    for stand in reader.stands(ticket):
        seat = stand.opens_words
        if not stand.hidden:
            seat = f"{stand.number} {place_words(stand.seat_of, stand.station)}"
        yield _("%(subject)s：%(time)s，%(place)s，考场和座位 %(seat)s") % {
            "subject": stand.subject,
            "time": stand.time,
            "place": f"{stand.site} {stand.room}".strip(),
            "seat": seat,
        }
