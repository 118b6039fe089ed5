"""States of scores and results."""

from enum import StrEnum


class EntryRound(StrEnum):
    """Marks are entered twice by two people, or by each assessor of a panel."""

    FIRST = "first"
    SECOND = "second"
    ASSESSOR = "assessor"


class Standing(StrEnum):
    """How a candidate stood in a subject."""

    SCORED = "scored"
    ABSENT = "absent"
    CHEATED = "cheated"


class ResultStatus(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    FINAL = "final"


class PublicityStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class ReviewStatus(StrEnum):
    """A request waits, then has one of three answers (REVW-06)."""

    WAITING = "waiting"
    UNCHANGED = "unchanged"
    CORRECTED = "corrected"
    REJECTED = "rejected"


class RecognitionStatus(StrEnum):
    """Proposed by one person, confirmed by another; a returned one is proposed again."""

    PROPOSED = "proposed"
    RETURNED = "returned"
    CONFIRMED = "confirmed"


class RecognitionVerdict(StrEnum):
    GRANTED = "granted"
    REFUSED = "refused"
