"""Which paper and form each candidate of a sitting sits before."""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from assessment_center.catalog.enums import Subject
from candidates.models import Application
from exams.models import Sitting
from questionbank.selectors import sealed_forms

HALF = 2
FORMS = "AB"
WRITTEN = frozenset({Subject.THEORY, Subject.LANGUAGE})
Paper = tuple[UUID, str]


def papers_of(
    sitting: Sitting, chosen: Sequence[Application]
) -> tuple[dict[UUID, Paper], list[UUID]]:
    """The paper and form of each candidate, and the offerings that want a second form.

    A written paper that more than half sit is given out in two forms, so that no paper exceeds
    half; where papers are sealed already, in the forms that there are.
    """
    sealed = sealed_forms(sitting.batch)
    counts = Counter(each.offering_id for each in chosen)
    forms: dict[UUID, list[str]] = {}
    wanting = []
    for offering, count in counts.items():
        papers = sealed.get((offering, sitting.subject_code), [])
        known = [paper.form for paper in papers] or list(FORMS)
        split = count * HALF > len(chosen) > 1 and sitting.subject_code in WRITTEN
        forms[offering] = known[:HALF] if split else known[:1]
        if split and len(known) < HALF:
            wanting.append(offering)
    return _given_out(chosen, forms), wanting


def _given_out(
    chosen: Sequence[Application], forms: Mapping[UUID, Sequence[str]]
) -> dict[UUID, Paper]:
    """The forms of each offering in turn."""
    found: dict[UUID, Paper] = {}
    seen: Counter[UUID] = Counter()
    for each in chosen:
        own = forms[each.offering_id]
        found[each.pk] = (each.offering_id, own[seen[each.offering_id] % len(own)])
        seen[each.offering_id] += 1
    return found
