"""What higher apps do when an application proves to be fraud, and what they know of fees."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import Actor, OpenSet
from candidates.models import Application, FraudCase

# follow(actor, case, application): undo what rests on this application, in the same transaction;
# by the effects of the case. Asked for every application the effects reach.
fraud_consequences: OpenSet[Callable[[Actor, FraudCase, Application], None]] = OpenSet(
    "fraud_consequences"
)


@dataclass(frozen=True, slots=True)
class CancelledSubject:
    """A subject somebody could not sit because it was cancelled, free the next time (FEE-10)."""

    application: Application
    subject: str
    told: str


# (ids of persons) -> what was cancelled for them and is free the next time.
cancelled_subjects: OpenSet[Callable[[Collection[UUID]], Iterable[CancelledSubject]]] = OpenSet(
    "cancelled_subjects"
)

# batch -> a row for each sitting: number, subject and time, rooms, and the names of proctors,
# assessors, supervisors and staff; empty texts are for the pen.
session_arrangements: OpenSet[Callable[[AssessmentBatch], Iterable[tuple[str, ...]]]] = OpenSet(
    "session_arrangements"
)

# batch -> files by name that go to the authority beside the candidates' data (RPT-02).
reported_data: OpenSet[Callable[[AssessmentBatch], Mapping[str, bytes]]] = OpenSet("reported_data")


@dataclass(frozen=True, slots=True)
class FormResult:
    """What came of an application, as its form prints it: the subjects, the outcome, the day."""

    subjects: str
    outcome: str
    day: date


# application -> its result once it stands; None before that.
form_results: OpenSet[Callable[[Application], FormResult | None]] = OpenSet("form_results")
