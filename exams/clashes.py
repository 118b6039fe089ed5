"""People whom the timetable of a batch has in two sittings at one time, and what helps."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from assessment_center.batches.models import AssessmentBatch
from assessment_center.people.models import Person
from assessment_center.registry import Citation
from candidates.models import Application
from candidates.selectors import admitted
from exams.models import Allotment, Sitting


@dataclass(frozen=True, slots=True)
class Place:
    """An application and the sitting it is in."""

    application: Application
    sitting: Sitting


@dataclass(frozen=True, slots=True)
class Clash:
    """`ways` are sittings that the second may be put into instead."""

    person: Person
    first: Place
    second: Place
    ways: tuple[Sitting, ...] = ()
    citations: tuple[Citation, ...] = ()


def clashes(batch: AssessmentBatch) -> list[Clash]:
    """Every pair of sittings of one person that overlap, with the sittings that would not.

    Only sittings entered by hand can clash: those with lists of names the database refuses. Whom
    no list names comes to the first sitting that is for his occupation.
    """
    sittings = list(batch.sittings.prefetch_related("offerings").order_by("starts_at", "number"))
    people: dict[Person, list[Place]] = defaultdict(list)
    named = _named(batch)
    for application in _doubled(batch):
        for subject in application.subjects:
            own = [each for each in sittings if each.subject_code == subject]
            found = next((each for each in own if _comes(application, each, named)), None)
            if found is not None:
                people[application.person].append(Place(application, found))
    return [clash for person in people for clash in _of(batch, person, people[person], sittings)]


def _doubled(batch: AssessmentBatch) -> list[Application]:
    """Applications of people who have more than one in the batch."""
    rows = list(admitted(batch).order_by("number"))
    count: dict[object, int] = defaultdict(int)
    for each in rows:
        count[each.person_id] += 1
    return [each for each in rows if count[each.person_id] > 1]


Named = dict[tuple[object, str], object]


def _named(batch: AssessmentBatch) -> Named:
    """The sitting that names an application for a subject."""
    rows = Allotment.objects.filter(sitting__batch=batch)
    return {
        (application, subject): sitting
        for application, subject, sitting in rows.values_list(
            "application", "sitting__subject_code", "sitting"
        )
    }


def _comes(application: Application, sitting: Sitting, named: Named) -> bool:
    if sitting.subject_code not in application.subjects:
        return False
    chosen = named.get((application.pk, sitting.subject_code))
    if chosen is not None:
        return chosen == sitting.pk
    offerings = {each.pk for each in sitting.offerings.all()}
    return not offerings or application.offering_id in offerings


def _of(
    batch: AssessmentBatch, person: Person, places: list[Place], sittings: list[Sitting]
) -> Iterator[Clash]:
    single = batch.rules.settings.theory_single_slot_per_batch
    for one, two in combinations(places, 2):
        if one.application == two.application or not _meet(one.sitting, two.sitting):
            continue
        own = [each.sitting for each in places if each is not two]
        ways = tuple(
            each
            for each in sittings
            if each.subject_code == two.sitting.subject_code
            and each.status == "planned"
            and _comes(two.application, each, {})
            and not any(_meet(each, other) for other in own)
        )
        cited = single.citations if single.value and two.sitting.subject_code == "theory" else ()
        yield Clash(person, one, two, ways, cited)


def _meet(one: Sitting, two: Sitting) -> bool:
    return one.starts_at < two.ends_at and two.starts_at < one.ends_at
