"""The notices to those whose tickets were renewed: what changed, and the ticket as it is now."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.notices.services import notify
from assessment_center.registry.language import in_chinese
from exams.selectors import valid_tickets
from exams.ticket_changes import changed_words, ticket_lines
from exams.ticket_view import TicketReader


@in_chinese
def tell_renewed(batch: AssessmentBatch, at: datetime) -> int:
    """Leave a notice for everybody whose ticket was renewed at that moment; returns how many."""
    reader = TicketReader(batch)
    told = 0
    found = valid_tickets(batch).filter(renewed_at=at, application__person__user__isnull=False)
    for ticket in found.select_related("application__person__user"):
        user = ticket.application.person.user
        assert user is not None  # the filter
        lines = [*ticket_lines(reader, ticket), _("请重新下载或打印准考证，以新的为准。")]
        told += notify(
            recipients=[user],
            title=_("您的准考证已更新：%(what)s") % {"what": changed_words(ticket)},
            body="\n".join(lines),
            link=reverse("exams_portal:ticket", args=[ticket.application_id]),
            key=f"ticket:{ticket.pk}:{at.isoformat()}",
        )
    return told
