"""What the equipment's ledger tells the filing form (F-102), by occupation and place."""

from collections.abc import Iterator, Sequence

from assessment_center.organization.models import AssessmentCentre
from assessment_center.registry.entries import FilingFact, FilingFacts, filing_facts
from exams.equipment.selectors import equipment_by_occupation
from exams.models import Equipment


def equipment_lines(centre: AssessmentCentre) -> Sequence[FilingFact]:
    """Name with model, quantity and ownership of what serves each occupation of the scope."""
    return list(_lines(centre))


def _lines(centre: AssessmentCentre) -> Iterator[FilingFact]:
    for occupation, found in equipment_by_occupation(centre).items():
        for one in sorted(found, key=lambda each: (_where(each), each.number)):
            group = " · ".join(text for text in (occupation.name, _where(one)) if text)
            quantity = f"{one.quantity} {one.unit}"
            owned = str(one.get_ownership_display())
            yield FilingFact((one.name, one.model, quantity, owned), group)


def _where(one: Equipment) -> str:
    return str(one.room) if one.room else one.store


filing_facts.register("exams.equipment", FilingFacts("equipment", equipment_lines))
