"""A change of seats or staff makes paper untrue: every sheet that shows it is out of date."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from assessment_center.printed.models import PrintedSheet
from exams.models import AdmissionTicket, Sitting

SITE_SLUGS = (
    "arrangement-table",
    "room-distribution",
    "rooms-by-occupation",
    "venue-map",
    "implementation-plan",
    "staff-handbook",
    "reported-seating",
    "session-application",
)
STAFF_SLUGS = (
    "staff-filing",
    "staff-on-site",
    "staff-sign-in",
    "dispatch-record",
    "implementation-plan",
    "session-application",
)

ROOM, TICKET = "exams.sittingroom", "exams.admissionticket"


def outdate(
    sitting: Sitting, rooms: Iterable[UUID], applications: Iterable[UUID] | None = None
) -> int:
    """Mark the sheets of these rooms, of the whole site, and the tickets of these candidates.

    Without `applications` the tickets of everybody in the sitting. Returns how many are marked.
    """
    tickets = AdmissionTicket.objects.filter(application__seats__sitting=sitting)
    if applications is not None:
        tickets = AdmissionTicket.objects.filter(application__in=list(applications))
    concerned = (
        Q(subject_kind=ROOM, subject_id__in=list(rooms))
        | _of_batch(SITE_SLUGS, sitting)
        | Q(subject_kind=TICKET, subject_id__in=tickets.values("pk"))
    )
    return PrintedSheet.objects.filter(concerned, is_outdated=False).update(is_outdated=True)


def outdate_staff(sitting: Sitting) -> int:
    """Mark the sheets that say who serves in the batch; returns how many are marked."""
    concerned = PrintedSheet.objects.filter(_of_batch(STAFF_SLUGS, sitting), is_outdated=False)
    return concerned.update(is_outdated=True)


def _of_batch(slugs: Iterable[str], sitting: Sitting) -> Q:
    """Sheets of these kinds; those of one site, and of one sitting, bear its key behind."""
    named = Q(pk__in=[])
    for slug in slugs:
        named |= Q(slug__startswith=slug)
    return Q(named, batch_id=sitting.batch_id)


def to_print_again(sitting: Sitting) -> list[PrintedSheet]:
    """The newest printing of every sheet of the sitting and its site that is out of date."""
    rooms = list(sitting.rooms.values_list("pk", flat=True))
    of_site = _of_batch({*SITE_SLUGS, *STAFF_SLUGS}, sitting)
    of_rooms = Q(subject_kind=ROOM, subject_id__in=rooms)
    tickets = AdmissionTicket.objects.filter(application__seats__sitting=sitting)
    of_people = Q(subject_kind=TICKET, subject_id__in=tickets.values("pk"))
    newest = (
        PrintedSheet.objects.filter(of_site | of_rooms | of_people)
        .order_by("slug", "subject_kind", "subject_id", "-version")
        .distinct("slug", "subject_kind", "subject_id")
    )
    return [each for each in newest if each.is_outdated]
