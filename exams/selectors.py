"""Named reads of examinations, each with what its callers go through."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max, Min, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.personnel.models import StaffMember
from assessment_center.registry import RefusedError
from assessment_center.workdays.counting import day_of
from candidates.models import Application
from candidates.selectors import admitted
from exams.enums import CallOffKind, RecordStatus, SittingStatus
from exams.models import (
    AdmissionTicket,
    Allotment,
    CallOff,
    Duty,
    Incident,
    Packet,
    Room,
    RoomRecord,
    SeatAssignment,
    Sitting,
    SittingRoom,
    Violation,
)


def active_rooms() -> QuerySet[Room]:
    return Room.objects.filter(is_active=True, site__is_active=True).select_related("site")


def overview() -> QuerySet[AssessmentBatch]:
    """Batches with their numbers of sittings, seats and tickets, the latest examination first."""
    return (
        AssessmentBatch.objects.select_related("rulebook_version")
        .annotate(
            sitting_count=Count("sittings", distinct=True),
            seat_count=Count("sittings__seats", distinct=True),
            ticket_count=Count("applications__ticket", distinct=True),
        )
        .order_by("-exam_starts", "-code")
    )


def staff_on_duty() -> QuerySet[StaffMember]:
    """Members who may be chosen for a post or a signature."""
    return (
        StaffMember.objects.filter(is_active=True)
        .select_related("person")
        .order_by("person__pinyin", "person__name")
    )


def sittings_of(batch: AssessmentBatch) -> QuerySet[Sitting]:
    """The timetable: sittings in order, with their rooms and the number of seats."""
    rooms = SittingRoom.objects.select_related("room__site").annotate(seated=Count("seats"))
    rooms = rooms.order_by("number")
    return (
        Sitting.objects.filter(batch=batch)
        .select_related("batch__rulebook_version")
        .prefetch_related(
            Prefetch("rooms", rooms), "offerings__occupation", "offerings__job", "call_offs"
        )
        .order_by("number")
    )


def in_time(sittings: QuerySet[Sitting]) -> QuerySet[Sitting]:
    """Without those that wait for a new time or are cancelled (VAL-05)."""
    decisions = CallOff.objects.filter(sitting=OuterRef("pk")).reverse()
    last = Subquery(decisions.values("outcome")[:1])
    held = Q(decided=None) | Q(decided=CallOffKind.REARRANGED)
    return sittings.alias(decided=last).filter(held)


def rooms_in_time(batch: AssessmentBatch) -> QuerySet[SittingRoom]:
    """The rooms of the sittings that were held or will be."""
    return SittingRoom.objects.filter(sitting__in=in_time(Sitting.objects.filter(batch=batch)))


def sitting_by_id(pk: UUID) -> Sitting:
    """The sitting, or a refusal in words."""
    sitting = Sitting.objects.select_related("batch__rulebook_version").filter(pk=pk).first()
    if sitting is None:
        raise RefusedError(_("没有这个场次，可能已被撤销。"))
    return sitting


def seats_of(rooms: Iterable[SittingRoom]) -> QuerySet[SeatAssignment]:
    """Seats with everything a chart, a label or a sign-in sheet shows."""
    return (
        SeatAssignment.objects.filter(sitting_room__in=list(rooms))
        .select_related(
            "application__person",
            "application__offering__occupation",
            "application__offering__job",
            "application__school_class",
            "application__ticket",
            "sitting_room",
            "attendance",
        )
        .order_by("sitting_room__number", "seat_number")
    )


def rooms_with_seats(
    batch: AssessmentBatch, *, sitting: Sitting | None = None
) -> list[tuple[SittingRoom, list[SeatAssignment]]]:
    """Every room of the batch (or of one sitting) that has candidates, with its seats in order."""
    rooms = SittingRoom.objects.filter(sitting__batch=batch)
    if sitting is not None:
        rooms = rooms.filter(sitting=sitting)
    ordered = list(
        rooms.select_related("sitting", "room__site").order_by("sitting__number", "number")
    )
    by_room: dict[UUID, list[SeatAssignment]] = {room.pk: [] for room in ordered}
    for seat in seats_of(ordered):
        by_room[seat.sitting_room_id].append(seat)
    return [(room, by_room[room.pk]) for room in ordered if by_room[room.pk]]


def candidates_for(sitting: Sitting) -> QuerySet[Application]:
    """Admitted candidates who sit this subject and belong to the sitting's offerings.

    Without those whom the timetable names for another sitting of the subject.
    """
    found = admitted(sitting.batch).filter(subjects__contains=[sitting.subject_code])
    elsewhere = Allotment.objects.filter(
        sitting__batch=sitting.batch_id, sitting__subject_code=sitting.subject_code
    ).exclude(sitting=sitting)
    if elsewhere.exists():
        found = found.exclude(pk__in=elsewhere.values("application"))
    offerings = list(sitting.offerings.values_list("pk", flat=True))
    return found.filter(offering__in=offerings) if offerings else found


def seated_elsewhere(sitting: Sitting) -> set[UUID]:
    """Applications that already have a seat in another sitting of the same subject."""
    return set(
        SeatAssignment.objects.filter(
            sitting__batch=sitting.batch_id, sitting__subject_code=sitting.subject_code
        )
        .exclude(sitting=sitting)
        .values_list("application_id", flat=True)
    )


def unseated(batch: AssessmentBatch) -> list[tuple[Application, str]]:
    """Each admitted candidate and subject without a seat."""
    seated = set(
        SeatAssignment.objects.filter(sitting__batch=batch).values_list(
            "application_id", "sitting__subject_code"
        )
    )
    return [
        (application, subject)
        for application in admitted(batch)
        for subject in application.subjects
        if (application.pk, subject) not in seated
    ]


def count_unseated(batch: AssessmentBatch) -> int:
    """How many candidates and subjects have no seat, in two queries."""
    wanted = sum(len(subjects) for subjects in admitted(batch).values_list("subjects", flat=True))
    seated = (
        SeatAssignment.objects.filter(sitting__batch=batch, application__in=admitted(batch))
        .values("application", "sitting__subject_code")
        .distinct()
        .count()
    )
    return max(0, wanted - seated)


def seats_in(batch: AssessmentBatch) -> int:
    return SeatAssignment.objects.filter(sitting__batch=batch).count()


def tickets_given(batch: AssessmentBatch) -> int:
    return AdmissionTicket.objects.filter(application__batch=batch).count()


def tickets_given_on(batch: AssessmentBatch) -> date | None:
    """The day on which the batch's first tickets were given out."""
    first = AdmissionTicket.objects.filter(application__batch=batch).aggregate(at=Min("issued_at"))
    return day_of(first["at"])


def sitting_days(batch: AssessmentBatch) -> tuple[date, date]:
    """The days of the first and the last sitting; the announced ones before the timetable."""
    found = Sitting.objects.filter(batch=batch).aggregate(
        first=Min("starts_at"), last=Max("ends_at")
    )
    if found["first"] is None:
        return batch.exam_starts, batch.exam_ends
    return timezone.localdate(found["first"]), timezone.localdate(found["last"])


def open_record_sittings(now: datetime) -> QuerySet[Sitting]:
    """Sittings that were to be held, are over, and whose rooms are not all recorded."""
    states = [SittingStatus.TICKETED, SittingStatus.RUNNING]
    return (
        in_time(Sitting.objects.filter(ends_at__lt=now, status__in=states))
        .select_related("batch")
        .order_by("ends_at")
    )


def coming_sittings(start: datetime, end: datetime) -> QuerySet[Sitting]:
    return (
        in_time(Sitting.objects.filter(starts_at__range=(start, end)))
        .select_related("batch")
        .order_by("starts_at")
    )


def tickets_of(batch: AssessmentBatch, *, words: str = "") -> QuerySet[AdmissionTicket]:
    """Tickets with the person, the offering and every seat; `words` finds number or name."""
    found = AdmissionTicket.objects.filter(application__batch=batch)
    if words:
        found = found.filter(
            Q(number__startswith=words)
            | Q(application__person__name__contains=words)
            | Q(application__person__initials__startswith=words.lower())
        )
    seats = SeatAssignment.objects.select_related("sitting", "sitting_room__room__site").order_by(
        "sitting__starts_at"
    )
    return (
        found.select_related(
            "application__person",
            "application__department",
            "application__batch__centre",
            "application__batch__rulebook_version",
            "application__offering__occupation",
            "application__offering__job",
        )
        .prefetch_related(Prefetch("application__seats", seats))
        .order_by("number")
    )


def valid_tickets(batch: AssessmentBatch) -> QuerySet[AdmissionTicket]:
    """Tickets of those who still sit; whoever withdrew keeps the number, not the ticket."""
    return tickets_of(batch).filter(application__in=admitted(batch).values("pk"))


def ticket_of(application: Application) -> AdmissionTicket | None:
    """The ticket by which this candidate is let in; none for who withdrew."""
    return valid_tickets(application.batch).filter(application=application).first()


def duties_of(batch: AssessmentBatch) -> QuerySet[Duty]:
    return (
        Duty.objects.filter(sitting__batch=batch)
        .select_related("sitting", "sitting_room__room", "member__person", "member__department")
        .order_by("sitting__number", "sitting_room__number", "post", "member__person__name")
    )


def packets_of(batch: AssessmentBatch) -> QuerySet[Packet]:
    return (
        Packet.objects.filter(sitting_room__sitting__batch=batch)
        .select_related("sitting_room__sitting", "sitting_room__room__site")
        .prefetch_related("handovers__giver__person", "handovers__receiver__person")
        .order_by("sitting_room__sitting__number", "sitting_room__number", "kind", "paper_key")
    )


def all_packets() -> QuerySet[Packet]:
    return Packet.objects.select_related("sitting_room__sitting__batch__rulebook_version")


def unpacked_rooms(batch: AssessmentBatch) -> QuerySet[SittingRoom]:
    """Rooms of confirmed sittings without a packet; none is packed for what is not held."""
    return (
        rooms_in_time(batch)
        .filter(
            sitting__confirmed_at__isnull=False,
            seats__application__offering__paper_source="own_bank",
        )
        .exclude(
            pk__in=Packet.objects.filter(parcel=None, sitting_room__sitting__batch=batch).values(
                "sitting_room"
            )
        )
        .select_related("sitting", "room__site")
        .distinct()
        .order_by("sitting__number", "number")
    )


def incidents_of(batch: AssessmentBatch) -> QuerySet[Incident]:
    return (
        Incident.objects.filter(sitting__batch=batch)
        .select_related("sitting", "sitting_room__room")
        .order_by("happened_at")
    )


def room_by_id(pk: UUID) -> SittingRoom:
    """The room of a sitting with its batch, or a refusal in words."""
    room = (
        SittingRoom.objects.select_related("sitting__batch__rulebook_version", "room__site")
        .filter(pk=pk)
        .first()
    )
    if room is None:
        raise RefusedError(_("没有这个考场安排，可能已被撤销。"))
    return room


def records_of(batch: AssessmentBatch) -> QuerySet[RoomRecord]:
    return (
        RoomRecord.objects.filter(sitting_room__sitting__batch=batch)
        .select_related("sitting_room__sitting", "sitting_room__room__site")
        .order_by("sitting_room__sitting__number", "sitting_room__number")
    )


def missing_records(batch: AssessmentBatch) -> QuerySet[SittingRoom]:
    """Rooms with candidates whose record is not submitted."""
    return (
        SittingRoom.objects.filter(sitting__batch=batch, seats__isnull=False)
        .exclude(record__status=RecordStatus.SUBMITTED)
        .exclude(sitting__call_offs__outcome=CallOffKind.CANCELLED)
        .select_related("sitting", "room__site")
        .distinct()
        .order_by("sitting__number", "number")
    )


def violations_of(batch: AssessmentBatch) -> QuerySet[Violation]:
    return (
        Violation.objects.filter(assignment__sitting__batch=batch)
        .select_related(
            "assignment__application__person",
            "assignment__application__ticket",
            "assignment__sitting",
            "assignment__sitting_room__room",
        )
        .order_by("happened_at")
    )
