"""The only writers of the catalogue."""

from assessment_center.catalog.services.classification import (
    ImportOutcome,
    import_occupations,
)
from assessment_center.catalog.services.rates import set_rate
from assessment_center.catalog.services.related import relate_occupation, unrelate_occupation
from assessment_center.catalog.services.standards import record_job, record_standard

__all__ = [
    "ImportOutcome",
    "import_occupations",
    "record_job",
    "record_standard",
    "relate_occupation",
    "set_rate",
    "unrelate_occupation",
]
