"""A line of a register belongs to the batch whose code is written in it."""

from assessment_center.batches.models import AssessmentBatch
from assessment_center.registers.matters import matters
from assessment_center.registry import SubjectRef


def by_code(code: str) -> SubjectRef | None:
    """The batch with this code, whatever its letters' case."""
    found = AssessmentBatch.objects.filter(code__iexact=code.strip()).first()
    return found.subject if found else None


matters.register("batches", by_code)
