"""People of a timetable: who is planned already, who is elsewhere when, who may judge."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from datetime import datetime, time
from uuid import UUID

from django.utils import timezone
from psycopg.types.range import Range, TimestamptzRange

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
    named = Allotment.objects.filter(sitting__batch=batch)
    seated = SeatAssignment.objects.filter(sitting__batch=batch)
    found: set[Entry] = set()
    for rows in (named, seated):
        found |= set(rows.values_list("application_id", "sitting__subject_code"))
    for sitting, offerings in whole_sittings(batch):
        rows = admitted(batch).filter(offering__in=offerings)
        found |= {(pk, sitting.subject_code) for pk in rows.values_list("pk", flat=True)}
    return found


def engaged(
    persons: Collection[UUID], minute: Minute, *, besides: Sitting | None = None
) -> dict[str, tuple[Engagement, ...]]:
    """When these people sit something already, in any batch."""
    found: dict[str, set[Engagement]] = defaultdict(set)
    for person, period, site in _taken(persons, besides.pk if besides else None):
        span = Engagement(minute(period.lower), minute(period.upper), site)
        found[str(person)].add(span)
    return {
        person: tuple(sorted(spans, key=lambda each: (each.start, each.end, each.site)))
        for person, spans in found.items()
    }


class _Period:
    """A sitting's own time, for those whom only its offerings name."""

    def __init__(self, sitting: Sitting) -> None:
        self.lower, self.upper = sitting.starts_at, sitting.ends_at


def _taken(
    persons: Collection[UUID], besides: UUID | None
) -> Iterator[tuple[UUID, "Range[datetime] | _Period", str]]:
    sites = _sites()
    for model in (SeatAssignment, Allotment):
        rows = model.objects.filter(person__in=persons, period__isnull=False)
        rows = rows.exclude(sitting=besides)
        for person, period, sitting in rows.values_list("person", "period", "sitting"):
            yield person, period, sites.get(sitting, "")
    batches = AssessmentBatch.objects.filter(applications__person__in=persons).distinct()
    for batch in batches:
        for sitting, offerings in whole_sittings(batch):
            if sitting.pk == besides:
                continue
            rows = admitted(batch).filter(
                offering__in=offerings,
                person__in=persons,
                subjects__contains=[sitting.subject_code],
            )
            for person in rows.values_list("person", flat=True):
                yield person, _Period(sitting), sites.get(sitting.pk, "")


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
