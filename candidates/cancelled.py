"""What was cancelled for a candidate before and is free now, by the rulebook (FEE-10)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from assessment_center.catalog.rules.tariff import WHOLE
from candidates.enums import FeeState
from candidates.models import Application, FeeWaiver
from candidates.seams import CancelledSubject, cancelled_subjects


def free_now(rows: Sequence[Application]) -> Mapping[UUID, list[CancelledSubject]]:
    """For each of these applications of one batch, what is free: a constant number of queries.

    The next time only, for the same occupation, job and level; not what was paid back instead.
    """
    if not rows or not rows[0].batch.rules.settings.cancelled_subject_free.value:
        return {}
    known = _known({row.person_id for row in rows})
    found: dict[UUID, list[CancelledSubject]] = {}
    for row in rows:
        fitting = [
            each
            for each in known.get(row.person_id, ())
            if _same(each.application, row)
            and each.subject in row.subjects
            and each.subject not in row.waived
        ]
        if fitting:
            found[row.pk] = list({each.subject: each for each in fitting}.values())
    return found


def made_good_by(row: Application) -> dict[str, Application]:
    """By subject, the application that is made good; under `WHOLE` where it has one price."""
    found = {each.subject: each.application for each in free_now([row]).get(row.pk, ())}
    if not row.offering.fee_parts and found.keys() >= set(row.subjects):
        found[WHOLE] = next(iter(found.values()))
    return found


def _known(persons: set[UUID]) -> Mapping[UUID, list[CancelledSubject]]:
    told = [each for _key, ask in cancelled_subjects.items() for each in ask(persons)]
    used = _used(each.application.pk for each in told)
    known: dict[UUID, list[CancelledSubject]] = defaultdict(list)
    for each in told:
        spent = {(each.application.pk, each.subject), (each.application.pk, WHOLE)} & used
        if not spent and each.application.fee_state != FeeState.REFUNDED:
            known[each.application.person_id].append(each)
    return known


def _used(earlier: Iterable[UUID]) -> set[tuple[UUID | None, str]]:
    rows = FeeWaiver.objects.filter(earlier__in=list(earlier), ended_on=None)
    return set(rows.values_list("earlier_id", "subject_code"))


def _same(before: Application, now: Application) -> bool:
    return before.batch_id != now.batch_id and all(
        getattr(before, name) == getattr(now, name) for name in ("occupation_id", "job_id", "level")
    )
