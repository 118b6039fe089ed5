"""How far the scores of a batch are: a line for each offering and subject."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.catalog.labels import SUBJECT_LABELS
from candidates.models import Application
from candidates.selectors import admitted
from scoring.models import ScoreEntry
from scoring.selectors import PRESENT, Stood, standings, subject_results
from scoring.services.checking import DIFFERENT, MISSING, UNRECORDED, fault_of
from scoring.services.entry import BY_ASSESSORS

Entries = dict[tuple[UUID, str], list[ScoreEntry]]


@dataclass(slots=True)
class SheetState:
    """One offering's subject: who sat, how many marks stand, what keeps it from the check."""

    offering: Offering
    subject: str
    label: str
    by_assessors: bool
    sitters: int = 0
    present: int = 0
    first: int = 0
    second: int = 0
    assessors: int = 0
    unrecorded: int = 0
    missing: int = 0
    different: int = 0
    checked: int = 0

    @property
    def is_checked(self) -> bool:
        return self.sitters > 0 and self.checked == self.sitters

    @property
    def ready(self) -> bool:
        """Complete and free of differences: waits for the check."""
        faults = self.unrecorded + self.missing + self.different
        return self.sitters > 0 and not self.checked and not faults

    @property
    def entered(self) -> int:
        return self.present - self.missing - self.different


def sheet_states(batch: AssessmentBatch) -> list[SheetState]:
    """The matrix of the batch, by offering and subject; a fixed number of queries."""
    stood = standings(batch)
    results = subject_results(batch)
    entries = _entries(batch)
    people: dict[UUID, list[Application]] = defaultdict(list)
    for each in admitted(batch):
        people[each.offering_id].append(each)
    offerings = batch.offerings.select_related("occupation", "job")
    states = []
    for offering in offerings.order_by("occupation__code", "-level"):
        rows = people.get(offering.id, [])
        for subject in SUBJECT_LABELS:
            sitters = [each for each in rows if subject in each.subjects]
            if sitters:
                state = SheetState(
                    offering,
                    subject,
                    str(SUBJECT_LABELS[subject]),
                    by_assessors=subject in BY_ASSESSORS,
                )
                states.append(_fill(batch, state, sitters, stood, entries))
                state.checked = sum(subject in results.get(e.id, {}) for e in sitters)
    return states


def _entries(batch: AssessmentBatch) -> Entries:
    found: Entries = defaultdict(list)
    for entry in ScoreEntry.objects.filter(application__batch=batch):
        found[entry.application_id, entry.subject].append(entry)
    return found


def _fill(
    batch: AssessmentBatch,
    state: SheetState,
    sitters: Iterable[Application],
    stood: dict[tuple[UUID, str], Stood],
    entries: Entries,
) -> SheetState:
    kinds: Counter[str] = Counter()
    rounds: Counter[str] = Counter()
    panel: set[UUID] = set()
    for each in sitters:
        key = (each.id, state.subject)
        marks = entries.get(key, [])
        found = stood.get(key)
        state.sitters += 1
        state.present += found is not None and found.state == PRESENT
        rounds.update(mark.round for mark in marks)
        panel.update(mark.entered_by_id for mark in marks)
        fault = fault_of(batch, state.subject, found, marks)
        kinds[fault[0] if fault else ""] += 1
    state.first, state.second = rounds["first"], rounds["second"]
    state.assessors = len(panel) if state.by_assessors else 0
    state.unrecorded, state.missing = kinds[UNRECORDED], kinds[MISSING]
    state.different = kinds[DIFFERENT]
    return state
