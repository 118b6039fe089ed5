"""What every part may use and that knows no part: references, citations, outcomes, open sets.

No tables stand here. Lower packages learn of higher ones only through the open sets.
"""

from assessment_center.registry.actors import SYSTEM, Actor
from assessment_center.registry.citations import Citation
from assessment_center.registry.outcomes import ALLOWED, Allowed, Outcome, Refused, RefusedError
from assessment_center.registry.sets import OpenSet
from assessment_center.registry.subjects import SubjectRef

__all__ = [
    "ALLOWED",
    "SYSTEM",
    "Actor",
    "Allowed",
    "Citation",
    "OpenSet",
    "Outcome",
    "Refused",
    "RefusedError",
    "SubjectRef",
]
