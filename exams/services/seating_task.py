"""A sitting as the seating rules see it: rooms as shapes, candidates with papers and classes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from assessment_center.catalog.enums import Subject
from assessment_center.rulebooks import Rulebook
from candidates.models import Application
from exams.enums import PapersARoom, SittingStatus
from exams.models import Room, SeatingNeed, Sitting, SittingRoom
from exams.rules import seating
from exams.selectors import candidates_for, seated_elsewhere
from exams.services.sitting_papers import WRITTEN, Paper, papers_of


@dataclass(frozen=True, slots=True)
class Task:
    """`applications` by the candidate's id in the draw, `papers` by their short name in it.

    `crowded` are offerings that more than half sit and of which only one form is sealed.
    """

    rooms: list[SittingRoom]
    shapes: list[seating.RoomShape]
    candidates: list[seating.Candidate]
    applications: dict[str, Application]
    mixing: seating.Mixing
    papers: dict[str, Paper] = field(default_factory=dict)
    crowded: list[UUID] = field(default_factory=list)
    reserve: int = 0


def task_of(sitting: Sitting) -> Task:
    """What is to be arranged: the rooms in order, and who still needs a seat in this subject."""
    rules = sitting.batch.rules
    rooms = list(sitting.rooms.select_related("room__site").order_by("number"))
    shapes = [shape_of(each.room, sitting.subject_code, rules) for each in rooms]
    chosen = _share(sitting, waiting_for(sitting), sum(shape.capacity for shape in shapes))
    papers, crowded = papers_of(sitting, chosen)
    names = {paper: f"{at}" for at, paper in enumerate(sorted(set(papers.values()), key=str), 1)}
    applications = {each.number or str(each.pk): each for each in chosen}
    classes = _numbered(each.school_class_id for each in chosen)
    needing = _needing(sitting)
    candidates = [
        seating.Candidate(
            key, names[papers[each.pk]], classes.get(each.school_class_id, ""), each.pk in needing
        )
        for key, each in applications.items()
    ]
    mixing = mixing_of(sitting, rules)
    reserve = 0 if mixing == "by_lot" else sitting.reserve
    back = {name: paper for paper, name in names.items()}
    return Task(rooms, shapes, candidates, applications, mixing, back, crowded, reserve)


def _needing(sitting: Sitting) -> set[UUID]:
    needs = SeatingNeed.objects.filter(application__batch=sitting.batch_id)
    return set(needs.values_list("application_id", flat=True))


def waiting_for(sitting: Sitting) -> list[Application]:
    """Admitted candidates of the sitting without a seat in another one; what a draw needs."""
    taken = seated_elsewhere(sitting)
    lean = candidates_for(sitting).select_related(None)
    lean = lean.only("number", "offering_id", "person_id", "school_class_id")
    return [each for each in lean if each.pk not in taken]


def _numbered(keys: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """Short names for classes, so that a published list says who sat together and no more."""
    return {key: str(at) for at, key in enumerate(sorted({each for each in keys if each}), 1)}


def places_of(listed: Iterable[Sequence[int]]) -> frozenset[tuple[int, int]]:
    return frozenset((row, column) for row, column in listed)


def limit_of(room: Room, subject: str, rules: Rulebook) -> int:
    """VEN-01: how many may sit here: the room's own capacity, and the rulebook's for theory."""
    ceiling = rules.settings.room_capacity_max
    if ceiling and subject == Subject.THEORY:
        return min(room.capacity, ceiling.value)
    return room.capacity


def shape_of(room: Room, subject: str, rules: Rulebook) -> seating.RoomShape:
    """What may be planned with: reserved places are kept, broken ones are as if not there."""
    return seating.RoomShape(
        room.rows,
        room.columns,
        places_of([*room.blocked, *room.broken, *room.reserved]),
        limit_of(room, subject, rules),
        places_of(room.accessible),
    )


def _share(sitting: Sitting, waiting: list[Application], capacity: int) -> list[Application]:
    """Those who sit now: all, or an even share where later groups of the subject follow.

    Whom the timetable names for this sitting comes first; only the others are shared out.
    """
    named = set(sitting.allotments.values_list("application_id", flat=True))
    own = [each for each in waiting if each.pk in named]
    if own:
        rest = [each for each in waiting if each.pk not in named]
        return own + _even_share(sitting, rest, max(0, capacity - len(own)))
    return _even_share(sitting, waiting, capacity)


def _even_share(sitting: Sitting, waiting: list[Application], capacity: int) -> list[Application]:
    later = Sitting.objects.filter(
        batch=sitting.batch_id, subject_code=sitting.subject_code, status=SittingStatus.PLANNED
    ).exclude(pk=sitting.pk)
    own = set(sitting.offerings.values_list("pk", flat=True))
    same = [each for each in later if set(each.offerings.values_list("pk", flat=True)) == own]
    if not same:
        return waiting
    return waiting[: min(capacity, -(-len(waiting) // (len(same) + 1)))]


def mixing_of(sitting: Sitting, rules: Rulebook) -> seating.Mixing:
    """SEAT-02: how papers lie over the rooms; the office chooses between many and few a room."""
    if sitting.subject_code not in WRITTEN:
        return "by_lot"
    wanted = rules.settings.theory_arrangement
    if wanted and wanted.value == "by_occupation":
        return "by_paper"
    return "few" if sitting.papers_a_room == PapersARoom.FEW else "mixed"
