"""A whole batch judged with a constant number of queries.

What an application needs from the records is gathered for a thousand at a time.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet

from assessment_center.batches.enums import Route
from assessment_center.batches.models import AssessmentBatch, Offering, RecognitionBasis
from assessment_center.catalog.models import RelatedOccupation
from assessment_center.rulebooks.rules.eligibility import EligibilityCondition
from candidates.bench_rows import gathered, needed
from candidates.judging import conditions_for, facts_of, majors_for
from candidates.models import Application
from candidates.rules.eligibility import Prepared, Verdict, prepare
from candidates.rules.facts import Facts


@dataclass(frozen=True, slots=True)
class _Fitting:
    """What all applications for one offering share."""

    offering: Offering
    prepared: Prepared
    majors: frozenset[str]
    counted: frozenset[UUID]


@dataclass(slots=True)
class Bench:
    """A batch ready to have any number of its applications judged.

    The queries are those of the offerings and their related occupations once, and three for
    every thousand applications.
    """

    batch: AssessmentBatch
    fitting: dict[UUID, _Fitting] = field(default_factory=dict)
    bases: dict[UUID, RecognitionBasis] = field(default_factory=dict)

    def __post_init__(self) -> None:
        offerings = self.batch.offerings.select_related("occupation", "job", "standard")
        related = _related(self.batch)
        shared: dict[tuple[EligibilityCondition, ...], Prepared] = {}
        for each in offerings:
            each.batch = self.batch
            conditions = conditions_for(each, self.batch)
            if conditions not in shared:
                shared[conditions] = prepare(conditions)
            majors = majors_for(each, self.batch)
            counted = frozenset((each.occupation_id, *related.get(each.standard_id, ())))
            self.fitting[each.pk] = _Fitting(each, shared[conditions], majors, counted)
        if any(each.offering.route != Route.EXAM for each in self.fitting.values()):
            self.bases = {each.pk: each for each in RecognitionBasis.objects.all()}

    def rows(self) -> QuerySet[Application]:
        """All applications of the batch, with only what a verdict rests on."""
        return needed(Application.objects.filter(batch=self.batch))

    def facts(self, rows: Iterable[Application]) -> Iterator[tuple[Application, Facts]]:
        """Each application with its facts; evidence and certificates are read for many at once."""
        for row, kinds, held in gathered(rows):
            shared = self.fitting[row.offering_id]
            row.batch, row.offering = self.batch, shared.offering
            own = [each for each in held if each.occupation_id in shared.counted]
            facts = facts_of(row, majors=shared.majors, held=own, kinds=kinds, bases=self.bases)
            yield row, facts

    def whole(self, rows: Iterable[Application]) -> Iterator[tuple[Application, Verdict]]:
        """Each application with the verdict over every condition, of all levels and routes."""
        for row, facts in self.facts(rows):
            yield row, self.fitting[row.offering_id].prepared.judge_all(facts)

    def verdicts(self, rows: Iterable[Application]) -> Iterator[tuple[Application, Verdict]]:
        """Each application with its verdict, in the order given."""
        for row, facts in self.facts(rows):
            prepared = self.fitting[row.offering_id].prepared
            yield row, prepared.judge(level=row.level, route=row.route, facts=facts)


def _related(batch: AssessmentBatch) -> dict[UUID, list[UUID]]:
    """The related occupations of the standards of a batch, by standard, in one query."""
    found: dict[UUID, list[UUID]] = {}
    rows = RelatedOccupation.objects.filter(standard__offering__batch=batch).distinct()
    for standard, occupation in rows.values_list("standard_id", "occupation_id"):
        found.setdefault(standard, []).append(occupation)
    return found
