"""Reads and conditions of papers from the authority: which bags, since when, present or not."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.registry import ALLOWED, Citation, Outcome, Refused
from exams.enums import PacketState, PaperKind, ParcelState, RoomKind
from exams.models import (
    Packet,
    PaperParcel,
    PaperRequisition,
    RequisitionLine,
    SeatAssignment,
    Sitting,
    SittingRoom,
)
from exams.policies import form_citations
from questionbank.policies import AUTHORITY
from questionbank.selectors import sealed_forms

OUT = frozenset({PacketState.HANDED_OUT, PacketState.OPENED})


@dataclass(frozen=True, slots=True)
class Bag:
    """One bag to ask for."""

    room: SittingRoom
    offering: Offering
    kind: str
    form: str
    count: int

    @property
    def facts(self) -> dict[str, Any]:
        return {
            "sitting_room": self.room,
            "offering": self.offering,
            "subject": self.room.sitting.subject_code,
            "kind": self.kind,
            "form": self.form,
            "count": self.count,
        }


@dataclass(frozen=True, slots=True)
class Opening:
    at: datetime
    citations: tuple[Citation, ...]


def supply_citations(batch: AssessmentBatch) -> tuple[Citation, ...]:
    """The articles on the papers' source and on their hand-over, as far as there are any."""
    source = batch.rules.settings.paper_source
    return (*(source.citations if source else ()), *form_citations(batch.rules, "F-407"))


def _seats(batch: AssessmentBatch) -> QuerySet[SeatAssignment]:
    """Seats at which a paper of the authority is needed; a computer needs none."""
    return (
        SeatAssignment.objects.filter(
            sitting__batch=batch,
            sitting__confirmed_at__isnull=False,
            application__offering__paper_source=AUTHORITY,
        )
        .exclude(sitting_room__room__kind=RoomKind.COMPUTER)
        .select_related(
            "sitting_room__sitting",
            "sitting_room__room__site",
            "application__offering__occupation",
            "application__offering__job",
        )
        .order_by("sitting__number", "sitting_room__number", "application__offering_id", "form")
    )


def bags_needed(batch: AssessmentBatch, spare: int) -> list[Bag]:
    """A bag per room, paper and form, and one with the spare copies of each."""
    counts: Counter[tuple[Any, Any, str]] = Counter()
    rooms: dict[Any, SittingRoom] = {}
    offerings: dict[Any, Offering] = {}
    for seat in _seats(batch):
        room, offering = seat.sitting_room, seat.application.offering
        rooms[room.pk], offerings[offering.pk] = room, offering
        counts[room.pk, offering.pk, seat.form] += 1
    found = []
    for (room_key, offering_key, form), count in counts.items():
        room, offering = rooms[room_key], offerings[offering_key]
        found.append(Bag(room, offering, PaperKind.MAIN, form, count))
        if spare:
            found.append(Bag(room, offering, PaperKind.SPARE, form, spare))
    return found


def asked_of(batch: AssessmentBatch) -> PaperRequisition | None:
    """The requisition that stands."""
    return batch.paper_requisitions.filter(is_current=True).first()


def lines_of(requisition: PaperRequisition | None) -> list[RequisitionLine]:
    """Its bags with the parcels that came for them, in the order of sittings and rooms."""
    if requisition is None:
        return []
    return list(
        requisition.lines.select_related(
            "sitting_room__sitting__batch__rulebook_version",
            "sitting_room__room__site",
            "offering__occupation",
            "offering__job",
        )
        .prefetch_related("parcels__receiver__person", "parcels__second__person", "parcels__packet")
        .order_by(
            "sitting_room__sitting__number", "sitting_room__number", "offering", "form", "kind"
        )
    )


def open_lines(requisition: PaperRequisition | None) -> QuerySet[RequisitionLine]:
    """Lines for which no bag is in store or held."""
    waiting = ~Q(pk__in=PaperParcel.objects.exclude(state=ParcelState.REFUSED).values("line"))
    if requisition is None:
        return RequisitionLine.objects.none()
    return requisition.lines.filter(waiting)


def held_parcels(batch: AssessmentBatch) -> QuerySet[PaperParcel]:
    return PaperParcel.objects.filter(batch=batch, state=ParcelState.HELD).select_related(
        "line__sitting_room__sitting", "line__offering__occupation", "receiver__person"
    )


def parcels_of(batch: AssessmentBatch) -> QuerySet[PaperParcel]:
    """Every bag that came, also those sent back."""
    return (
        PaperParcel.objects.filter(batch=batch)
        .select_related(
            "line__sitting_room__sitting",
            "line__sitting_room__room__site",
            "line__offering__occupation",
            "line__offering__job",
            "receiver__person",
            "second__person",
            "decided_by",
        )
        .order_by("received_at", "number")
    )


def is_outdated(requisition: PaperRequisition) -> bool:
    """Whether the seats have changed since the papers were asked for."""
    asked = Counter(
        {(e.sitting_room_id, e.offering_id, e.kind, e.form): e.count for e in lines_of(requisition)}
    )
    needed = bags_needed(requisition.batch, requisition.spare)
    return asked != Counter({(b.room.pk, b.offering.pk, b.kind, b.form): b.count for b in needed})


def receipt_opens(sitting: Sitting) -> Opening | None:
    """From which day papers may be fetched from the authority, where the rulebook names a day."""
    earliest = sitting.batch.rules.settings.paper_pickup_earliest
    if earliest is None or earliest.value.day is None:
        return None
    start = timezone.localtime(sitting.starts_at)
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    return Opening(midnight + timedelta(days=earliest.value.day), earliest.citations)


def papers_present(sitting: Sitting) -> Outcome:
    """Whether every room has its papers: a condition of the start for either source (PAPER-04).

    Rooms with papers of the authority need their bags; where the bank has papers of the subject,
    these must have been given out. A room of computers needs none.
    """
    return next(_missing_papers(sitting), ALLOWED)


def _missing_papers(sitting: Sitting) -> Iterator[Refused]:
    batch = sitting.batch
    sealed = {str(key) for key, subject in sealed_forms(batch) if subject == sitting.subject_code}
    out = set(
        Packet.objects.filter(
            sitting_room__sitting=sitting, kind=PaperKind.MAIN, state__in=OUT
        ).values_list("sitting_room", "paper_key", "form")
    )
    wanted = (
        SeatAssignment.objects.filter(sitting=sitting)
        .exclude(sitting_room__room__kind=RoomKind.COMPUTER)
        .values_list(
            "sitting_room", "sitting_room__number", "paper_key", "form",
            "application__offering__paper_source",
        )
        .distinct()
        .order_by("sitting_room__number", "form")
    )  # fmt: skip
    for room, number, key, form, source in wanted:
        if (room, key, form) in out or (source != AUTHORITY and key not in sealed):
            continue
        yield Refused(
            _("第 %(number)s 考场的试卷还没有领到考场，不能开考。") % {"number": number},
            supply_citations(batch),
            _("请在试卷保管中登记领出。"),
        )
