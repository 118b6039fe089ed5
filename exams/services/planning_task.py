"""A batch as the timetable rules see it: who is still to be planned, where, in which hours."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.catalog.enums import Subject
from assessment_center.registry import Allowed
from assessment_center.workdays.services import statutory_holidays
from candidates.models import Application
from candidates.selectors import admitted
from exams.models import Room, Sitting, SittingRoom
from exams.policies import room_fits
from exams.rules.planning import Place, Problem, Sitter, Span, Task
from exams.rules.staffing import WRITTEN
from exams.selectors import active_rooms
from exams.services import planning_people
from exams.services.seating_task import shape_of
from exams.stations import seats_for

RESERVE = 1  # seats kept free in a room of a written subject
DEFAULT_MINUTES = {Subject.THEORY: 90, Subject.LANGUAGE: 60}
HOUR = 60


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the office asks of a timetable; minutes hold where an occupation's standard has none.

    `pause` lies between two groups of a room, `rest` between two sittings of a person, `travel`
    instead where they are at different sites. No rulebook names these: they are the office's own.
    Without `sites` every site serves.
    """

    first: time = time(8, 30)
    last: time = time(18, 0)
    noon_from: time | None = time(12, 0)
    noon_until: time | None = time(13, 30)
    practical_minutes: int = 120
    review_minutes: int = 20
    pause: int = 30
    rest: int = 30
    travel: int = 60
    judges: bool = True
    sites: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A task with what it stands for: the subject, and the offerings it is for."""

    task: Task
    subject: str
    offerings: tuple[Offering, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """The days of a batch counted in minutes from the midnight before the first."""

    batch: AssessmentBatch
    wishes: Wishes

    @property
    def midnight(self) -> datetime:
        zone = timezone.get_default_timezone()
        return datetime.combine(self.batch.exam_starts, time(0), zone)

    def minute(self, moment: datetime) -> int:
        return int((moment - self.midnight).total_seconds() // 60)

    def moment(self, minute: int) -> datetime:
        return self.midnight + timedelta(minutes=minute)

    def days(self) -> list[date]:
        """The announced days, without statutory holidays where the rulebook forbids them."""
        first, last = self.batch.exam_starts, self.batch.exam_ends
        listed = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        if not self.batch.rules.settings.forbid_statutory_holidays.value:
            return listed
        off = set(statutory_holidays(first, last))
        return [day for day in listed if day not in off]

    def windows(self, minutes: int) -> tuple[Span, ...]:
        """Mornings and afternoons; whole days for what is longer than either."""
        wishes = self.wishes
        clock = [(wishes.first, wishes.last)]
        if wishes.noon_from and wishes.noon_until:
            halves = [(wishes.first, wishes.noon_from), (wishes.noon_until, wishes.last)]
            if max(_of_day(last) - _of_day(first) for first, last in halves) >= minutes:
                clock = halves
        base = self.batch.exam_starts
        return tuple(
            ((day - base).days * 24 * HOUR + _of_day(a), (day - base).days * 24 * HOUR + _of_day(b))
            for day in self.days()
            for a, b in clock
            if a < b
        )


def _of_day(clock: time) -> int:
    return clock.hour * HOUR + clock.minute


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything a timetable of a batch is made from."""

    frame: Frame
    problem: Problem
    wanted: Mapping[str, Wanted]
    rooms: Mapping[str, Room]
    applications: Mapping[str, Application]


def setting_of(batch: AssessmentBatch, wishes: Wishes) -> Setting:
    """The batch's candidates who are in no sitting of a subject yet, and all that binds them."""
    frame = Frame(batch, wishes)
    listed = active_rooms().order_by("site__name", "name")
    listed = listed.filter(site__in=wishes.sites) if wishes.sites else listed
    rooms = {str(room.pk): room for room in listed}
    open_ones = unplanned(batch)
    wanted = _wanted(frame, open_ones, rooms)
    people = {each.person_id for each, _subject in open_ones}
    problem = Problem(
        tuple(each.task for each in wanted),
        places_of(frame, rooms.values()),
        wishes.pause,
        wishes.rest,
        wishes.travel,
        planning_people.engaged(people, frame.minute),
        planning_people.serving(batch, frame.minute),
    )
    known = {str(each.pk): each for each, _subject in open_ones}
    return Setting(frame, problem, {each.task.key: each for each in wanted}, rooms, known)


def unplanned(batch: AssessmentBatch) -> list[tuple[Application, str]]:
    """Admitted candidates with the subjects for which they are in no sitting, in their order."""
    covered = planning_people.covered(batch)
    rows = admitted(batch).select_related("offering__standard", "offering__occupation")
    return [
        (each, subject)
        for each in rows.order_by("school_class__name", "number")
        for subject in each.subjects
        if (each.pk, subject) not in covered
    ]


def places_of(
    frame: Frame, rooms: Iterable[Room], *, besides: Sitting | None = None
) -> dict[str, Place]:
    """Rooms with the times at which other sittings have them."""
    listed = list(rooms)
    busy: dict[UUID, list[Span]] = defaultdict(list)
    uses = SittingRoom.objects.filter(room__in=listed).order_by("period")
    for use in uses.exclude(sitting=besides) if besides else uses:
        busy[use.room_id].append((frame.minute(use.period.lower), frame.minute(use.period.upper)))
    return {
        str(room.pk): Place(str(room.pk), str(room.site_id), tuple(busy[room.pk]))
        for room in listed
    }


Grouped = dict[tuple[str, int, Offering | None], list[Application]]


def _wanted(
    frame: Frame, open_ones: Iterable[tuple[Application, str]], rooms: Mapping[str, Room]
) -> list[Wanted]:
    grouped: Grouped = defaultdict(list)
    for each, subject in open_ones:
        offering = None if subject in WRITTEN else each.offering
        grouped[subject, minutes_of(each.offering, subject, frame.wishes), offering].append(each)
    order = {Subject.THEORY: 0, Subject.LANGUAGE: 1}
    keys = sorted(
        grouped, key=lambda key: (order.get(Subject(key[0]), 2), key[0], key[1], str(key[2]))
    )
    judges = planning_people.Judges(frame.batch) if frame.wishes.judges else None
    return [_task(frame, at, key, grouped[key], rooms, judges) for at, key in enumerate(keys, 1)]


def _task(
    frame: Frame,
    number: int,
    key: tuple[str, int, Offering | None],
    people: list[Application],
    rooms: Mapping[str, Room],
    bench: planning_people.Judges | None,
) -> Wanted:
    subject, minutes, offering = key
    rules, written = frame.batch.rules, subject in WRITTEN
    need, judges = 0, frozenset[str]()
    room = room_sizes(frame.batch, subject, offering, rooms)
    if offering is not None and bench is not None:
        most = 1 if subject == Subject.REVIEW else max(room.values(), default=0)
        need, judges = bench.of(subject, offering, min(most, len(people)))
    task = Task(
        f"{number:03d}",
        minutes,
        tuple(Sitter(str(each.pk), str(each.person_id)) for each in people),
        room,
        frame.windows(minutes),
        by_turn=subject == Subject.REVIEW,
        together=written,
        session=subject if written else "",
        once=subject == Subject.THEORY and rules.settings.theory_single_slot_per_batch.value,
        need=need,
        judges=judges,
    )
    offerings = {each.offering_id: each.offering for each in people}
    return Wanted(task, subject, tuple(offerings.values()))


def minutes_of(offering: Offering, subject: str, wishes: Wishes) -> int:
    """How long the occupation's standard lets the subject last; else what the office asks."""
    told = offering.standard.durations.get(subject) if offering.standard else None
    if told:
        return int(told)
    own = {Subject.PRACTICAL: wishes.practical_minutes, Subject.REVIEW: wishes.review_minutes}
    return own.get(Subject(subject)) or DEFAULT_MINUTES[Subject(subject)]


def room_sizes(
    batch: AssessmentBatch, subject: str, offering: Offering | None, rooms: Mapping[str, Room]
) -> dict[str, int]:
    """How many each room that suits the subject takes at once."""
    fit = {
        key: room
        for key, room in rooms.items()
        if isinstance(room_fits(room, batch.rules, subject), Allowed)
    }
    if subject == Subject.REVIEW and any(room.kind == "review" for room in fit.values()):
        fit = {key: room for key, room in fit.items() if room.kind == "review"}
    if subject == Subject.PRACTICAL and offering is not None:
        sizes = seats_for(fit.values(), offering.occupation_id)
        return {key: sizes[room.pk] for key, room in fit.items() if sizes[room.pk]}
    kept = RESERVE if subject in WRITTEN else 0
    found = {key: shape_of(room, subject, batch.rules).capacity - kept for key, room in fit.items()}
    return {key: size for key, size in found.items() if size > 0}
