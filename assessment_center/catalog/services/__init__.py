"""The only writers of the catalogue."""

from assessment_center.catalog.services.classification import (
    ImportOutcome,
    import_occupations,
)
from assessment_center.catalog.services.standards import record_job, record_standard

__all__ = ["ImportOutcome", "import_occupations", "record_job", "record_standard"]
