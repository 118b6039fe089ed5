"""People of a timetable: who is planned already, who is elsewhere when, who may judge."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.utils import timezone
from psycopg.types.range import TimestamptzRange

from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.personnel.enums import Post
from candidates.selectors import admitted
from exams import staffing
from exams.models import Allotment, Duty, SeatAssignment, Sitting
from exams.rules.planning import Engagement, Span
from exams.rules.staffing import requirement

Minute = Callable[[datetime], int]
Entry = tuple[UUID, str]


def whole_sittings(batch: AssessmentBatch) -> list[tuple[Sitting, set[UUID]]]:
    """Sittings entered by hand, without a list of names, with the offerings they are for."""
    found = batch.sittings.filter(allotments=None).prefetch_related("offerings", "rooms__room")
    every = set(batch.offerings.values_list("pk", flat=True))
    return [(each, {one.pk for one in each.offerings.all()} or every) for each in found]


def covered(batch: AssessmentBatch) -> set[Entry]:
    """(application, subject) that are in a sitting: named, seated, or meant by its offerings."""
    found: set[Entry] = set()
    for model in (Allotment, SeatAssignment):
        rows = model.objects.filter(sitting__batch=batch)
        found |= set(rows.values_list("application_id", "sitting__subject_code"))
    for sitting, offerings in whole_sittings(batch):
        people = admitted(batch).filter(offering__in=offerings)
        found |= {(pk, sitting.subject_code) for pk in people.values_list("pk", flat=True)}
    return found


def engaged(
    persons: Collection[UUID], minute: Minute, *, besides: Sitting | None = None
) -> dict[str, tuple[Engagement, ...]]:
    """When these people sit something already, in any batch."""
    found: dict[str, set[Engagement]] = defaultdict(set)
    without = besides.pk if besides else None
    for taken in (*_named(persons, without), *_meant(persons, without)):
        span = Engagement(minute(taken.starts), minute(taken.ends), taken.site)
        found[str(taken.person)].add(span)
    return {
        person: tuple(sorted(spans, key=lambda each: (each.start, each.end, each.site)))
        for person, spans in found.items()
    }


@dataclass(frozen=True, slots=True)
class _Taken:
    person: UUID
    starts: datetime
    ends: datetime
    site: str


def _named(persons: Collection[UUID], without: UUID | None) -> Iterator[_Taken]:
    """By a seat or by the list of a sitting."""
    sites = _sites()
    for model in (SeatAssignment, Allotment):
        rows = model.objects.filter(person__in=persons, period__isnull=False)
        told = rows.exclude(sitting=without).values_list("person", "period", "sitting")
        for person, period, sitting in told:
            if person is not None and period is not None:
                yield _Taken(person, period.lower, period.upper, sites.get(sitting, ""))


def _meant(persons: Collection[UUID], without: UUID | None) -> Iterator[_Taken]:
    """By the offerings of a sitting that has no list of names."""
    sites = _sites()
    for batch in AssessmentBatch.objects.filter(applications__person__in=persons).distinct():
        for sitting, offerings in whole_sittings(batch):
            if sitting.pk == without:
                continue
            people = admitted(batch).filter(
                offering__in=offerings,
                person__in=persons,
                subjects__contains=[sitting.subject_code],
            )
            for person in people.values_list("person", flat=True):
                where = sites.get(sitting.pk, "")
                yield _Taken(person, sitting.starts_at, sitting.ends_at, where)


def _sites() -> dict[UUID, str]:
    """The site of a sitting's first room."""
    rows = Sitting.objects.order_by("-rooms__number").values_list("pk", "rooms__room__site")
    return {sitting: str(site) for sitting, site in rows if site}


def serving(
    batch: AssessmentBatch, minute: Minute, *, besides: Sitting | None = None
) -> dict[str, tuple[Span, ...]]:
    """When members of the staff are on duty already, in the days of the batch."""
    zone = timezone.get_default_timezone()
    first = datetime.combine(batch.exam_starts, time(0), zone)
    days = TimestamptzRange(first, datetime.combine(batch.exam_ends, time(23, 59), zone))
    found: dict[str, list[Span]] = defaultdict(list)
    duties = Duty.objects.filter(period__overlap=days).order_by("period")
    duties = duties.exclude(sitting=besides) if besides else duties
    for member, period in duties.values_list("member", "period"):
        found[str(member)].append((minute(period.lower), minute(period.upper)))
    return {member: tuple(spans) for member, spans in found.items()}


class Judges:
    """Who may judge which occupation on the first day of a batch, by cards and contracts."""

    def __init__(self, batch: AssessmentBatch) -> None:
        self.batch = batch
        zone = timezone.get_default_timezone()
        first = datetime.combine(batch.exam_starts, time(8), zone)
        self.cards = staffing.cards_on(Sitting(batch=batch, starts_at=first))
        sent = batch.rules.settings.assessor_dispatch_by
        self.sent = sent is not None and sent.value == "authority"

    def of(self, subject: str, offering: Offering, people: int) -> tuple[int, frozenset[str]]:
        """How many must judge a room of so many, and who could; nobody where others send them."""
        if self.sent:
            return 0, frozenset()
        rules = self.batch.rules
        ratio = offering.standard.ratios.get(subject) if offering.standard else None
        per = [ratio] if ratio else []
        need = requirement(rules.settings, subject, people, per_assessor=per)
        able = {
            str(pk)
            for pk, held in self.cards.items()
            if staffing.fits(rules, held, Post.ASSESSOR, [offering])
        }
        return need.number, frozenset(able)
