"""Series of the registers, and states of what needs a second person."""

from enum import StrEnum


class Series(StrEnum):
    """What is numbered together, a year at a time."""

    IN = "in"
    OUT = "out"
    TRANSFER = "transfer"
    MEETING = "meeting"
    WORK = "work"
    SEAL = "seal"


class Secrecy(StrEnum):
    OPEN = "open"
    INTERNAL = "internal"
    SECRET = "secret"  # noqa: S105 - a grade of documents


class Consent(StrEnum):
    """Whether the leader agreed: needed for a seal, and for important documents handed over."""

    NOT_NEEDED = "not_needed"
    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    USED = "used"
