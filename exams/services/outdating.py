"""A change of seats makes paper untrue: every sheet that shows seats is marked out of date."""

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
    of_site = Q(pk__in=[])
    for slug in SITE_SLUGS:
        of_site |= Q(slug__startswith=slug)
    concerned = (
        Q(subject_kind=ROOM, subject_id__in=list(rooms))
        | Q(of_site, batch_id=sitting.batch_id)
        | Q(subject_kind=TICKET, subject_id__in=tickets.values("pk"))
    )
    return PrintedSheet.objects.filter(concerned, is_outdated=False).update(is_outdated=True)


def to_print_again(sitting: Sitting) -> list[PrintedSheet]:
    """The newest printing of every sheet of the sitting and its site that is out of date."""
    rooms = list(sitting.rooms.values_list("pk", flat=True))
    of_site = Q(pk__in=[])
    for slug in SITE_SLUGS:
        of_site |= Q(slug__startswith=slug, batch_id=sitting.batch_id)
    of_rooms = Q(subject_kind=ROOM, subject_id__in=rooms)
    tickets = AdmissionTicket.objects.filter(application__seats__sitting=sitting)
    of_people = Q(subject_kind=TICKET, subject_id__in=tickets.values("pk"))
    newest = (
        PrintedSheet.objects.filter(of_site | of_rooms | of_people)
        .order_by("slug", "subject_kind", "subject_id", "-version")
        .distinct("slug", "subject_kind", "subject_id")
    )
    return [each for each in newest if each.is_outdated]
