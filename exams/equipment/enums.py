"""Kinds and states of the equipment's records."""

from enum import StrEnum


class Ownership(StrEnum):
    OWN = "own"
    RENTED = "rented"
    SHARED = "shared"


class Standing(StrEnum):
    """What became of a line of the ledger."""

    IN_USE = "in_use"
    SCRAPPED = "scrapped"


class Verdict(StrEnum):
    PASSED = "passed"
    FAILED = "failed"


class Handling(StrEnum):
    """What is done with an instrument that failed its calibration (EQP-07)."""

    REPAIR = "repair"
    DOWNGRADE = "downgrade"
    SCRAP = "scrap"


class CareKind(StrEnum):
    DAILY = "daily"
    REGULAR = "regular"
    REPAIR = "repair"


class LoanState(StrEnum):
    """`held`: it came back with a fault, and the head has not said yet that it is taken back."""

    ASKED = "asked"
    OUT = "out"
    HELD = "held"
    RETURNED = "returned"
    REFUSED = "refused"


class DamageKind(StrEnum):
    DAMAGE = "damage"
    WEAR = "wear"
    LOSS = "loss"


class Settlement(StrEnum):
    REPAIRED = "repaired"
    REPLACED = "replaced"
    WRITTEN_OFF = "written_off"


class CheckMoment(StrEnum):
    """A room is checked before its session (EQP-05) and cleared up after it (EQP-08)."""

    BEFORE = "before"
    AFTER = "after"


class ChangeKind(StrEnum):
    """What is only done by an approved plan (EQP-09)."""

    PURCHASE = "purchase"
    REBUILD = "rebuild"
    RENEWAL = "renewal"
    SCRAP = "scrap"


class ChangeState(StrEnum):
    PLANNED = "planned"
    APPROVED = "approved"
    REFUSED = "refused"
    DONE = "done"


class Reason(StrEnum):
    """Why a piece of equipment may not be used on a day."""

    NEVER_CALIBRATED = "never_calibrated"
    FAILED = "failed"
    EXPIRED = "expired"
    ON_LOAN = "on_loan"
    DAMAGED = "damaged"
