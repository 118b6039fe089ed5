"""What examinations add to the candidate's page: the ticket, and whether he sat."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from candidates.models import Application
from candidates.portal_parts import PortalAction, PortalPart, TimelineEntry
from exams.documents.words import place_words
from exams.models import AdmissionTicket
from exams.selectors import ticket_of
from exams.ticket_changes import changed_words
from exams.ticket_view import Stand, TicketReader
from exams.turns import turn_words


def entries(application: Application) -> list[TimelineEntry]:
    """The ticket with its number, then each sitting; room and seat once they are open."""
    ticket = ticket_of(application)
    if ticket is None:
        return []
    reader = TicketReader(ticket.application.batch)
    given = TimelineEntry(
        _("准考证已发放"),
        _("准考证号 %(number)s，考试时与身份证件一并携带。") % {"number": ticket.number},
        "done",
        ticket.issued_at,
    )
    stands = reader.stands(ticket)
    return [given, *_renewed(ticket, stands), *(_entry(stand, reader) for stand in stands)]


def _renewed(ticket: AdmissionTicket, stands: Sequence[Stand]) -> Iterator[TimelineEntry]:
    """That the ticket says something else since it was given out."""
    if ticket.renewed_at is None:
        return
    coming = any(each.seat_of.sitting.ends_at > timezone.now() for each in stands)
    yield TimelineEntry(
        _("准考证已更新"),
        _("有变更：%(what)s。请以新的准考证为准，重新下载或打印。")
        % {"what": changed_words(ticket)},
        "due" if coming else "done",
        ticket.renewed_at,
    )


def _entry(stand: Stand, reader: TicketReader) -> TimelineEntry:
    sitting = stand.seat_of.sitting
    past = sitting.ends_at < timezone.now()
    cited = reader.opening.citations if stand.hidden else ()
    off = sitting.pk in reader.off
    return TimelineEntry(
        stand.subject,
        f"{stand.time}；{_where(stand)}" if off else _where(stand),
        "done" if past and not off else "due",
        None if off else sitting.starts_at,
        cited,
    )


def _where(stand: Stand) -> str:
    if stand.hidden:
        return _("%(site)s，考场和座位 %(opens)s") % {
            "site": stand.site,
            "opens": stand.opens_words,
        }
    where = _("%(place)s，%(room)s，座位 %(seat)s") % {
        "place": stand.seat_of.sitting_room.room,
        "room": stand.number,
        "seat": place_words(stand.seat_of, stand.station),
    }
    turn = turn_words(stand.seat_of)
    return f"{where}，{turn}" if turn else where


def actions(application: Application) -> list[PortalAction]:
    """Show the ticket on the screen, or as PDF; it leads until the last day is over."""
    if ticket_of(application) is None:
        return []
    coming = timezone.localdate() <= application.batch.exam_ends
    screen = reverse("exams_portal:ticket", args=[application.pk])
    pdf = reverse("exams_portal:ticket_pdf", args=[application.pk])
    return [
        PortalAction(_("出示准考证"), screen, primary=coming),
        PortalAction(_("下载准考证"), pdf),
    ]


PART = PortalPart("exams", 60, entries, actions)
