"""How a rule stands in a batch, and what somebody found who looked for himself."""

from enum import StrEnum


class State(StrEnum):
    FAILED = "failed"
    MANUAL = "manual"
    OPEN = "open"
    PASSED = "passed"
    CONFIRMED = "confirmed"
    ENFORCED = "enforced"
    WAITING = "waiting"
    NOT_APPLICABLE = "not_applicable"


class Outcome(StrEnum):
    KEPT = "kept"
    BROKEN = "broken"
