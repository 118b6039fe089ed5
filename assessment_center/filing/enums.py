"""Where a filing application and an own specification stand."""

from enum import StrEnum


class FilingStatus(StrEnum):
    DRAFT = "draft"
    ASSESSED = "assessed"
    SUBMITTED = "submitted"
    RECOMMENDED = "recommended"
    RETURNED = "returned"
    CONFIRMED = "confirmed"
    PUBLISHED = "published"


class SpecStatus(StrEnum):
    DRAFT = "draft"
    REVIEWED = "reviewed"
    FILED = "filed"


class Audience(StrEnum):
    """For whom a line of the scope is filed (FIL-27)."""

    STUDENTS = "students"
    STAFF = "staff"


OPEN = frozenset(
    {
        FilingStatus.DRAFT,
        FilingStatus.ASSESSED,
        FilingStatus.SUBMITTED,
        FilingStatus.RECOMMENDED,
        FilingStatus.RETURNED,
    }
)
EDITABLE = frozenset({FilingStatus.DRAFT})
BINDING = frozenset({FilingStatus.DRAFT, FilingStatus.ASSESSED})
