"""What examinations add to the candidate's page: the ticket, and whether he sat."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from candidates.models import Application
from candidates.portal_parts import PortalAction, PortalPart, TimelineEntry
from exams.documents.words import place_words
from exams.selectors import ticket_of
from exams.turns import turn_words


def entries(application: Application) -> list[TimelineEntry]:
    """The ticket with its number, then each sitting with room and seat."""
    ticket = ticket_of(application)
    if ticket is None:
        return []
    now = timezone.now()
    found = [
        TimelineEntry(
            _("准考证已发放"),
            _("准考证号 %(number)s，考试时与身份证件一并携带。") % {"number": ticket.number},
            "done",
            ticket.issued_at,
        )
    ]
    for seat in ticket.application.seats.all():
        past = seat.sitting.ends_at < now
        where = _("%(place)s，%(room)s，座位 %(seat)s") % {
            "place": seat.sitting_room.room,
            "room": seat.sitting_room,
            "seat": place_words(seat),
        }
        turn = turn_words(seat)
        found.append(
            TimelineEntry(
                str(seat.sitting.get_subject_code_display()),
                f"{where}，{turn}" if turn else where,
                "done" if past else "due",
                seat.sitting.starts_at,
            )
        )
    return found


def actions(application: Application) -> list[PortalAction]:
    """Show the ticket on the screen, or as PDF."""
    if getattr(application, "ticket", None) is None:
        return []
    screen = reverse("exams_portal:ticket", args=[application.pk])
    pdf = reverse("exams_portal:ticket_pdf", args=[application.pk])
    return [
        PortalAction(_("出示准考证"), screen, primary=True),
        PortalAction(_("下载准考证"), pdf),
    ]


PART = PortalPart("exams", 60, entries, actions)
