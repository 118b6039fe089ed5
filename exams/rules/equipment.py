"""Whether a piece of equipment may be used on a day, and who may keep it; pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from exams.equipment.enums import Reason


@dataclass(frozen=True, slots=True)
class Test:
    """One calibration; `until` is its last good day, None for one that was failed."""

    done: date
    passed: bool
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Away:
    """Pieces lent: `due` is the agreed day of return."""

    count: int
    due: date


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of the ledger with what bears on its use; `needed` pieces must be there."""

    quantity: int
    needed: int
    measuring: bool = False
    tests: tuple[Test, ...] = ()
    away: tuple[Away, ...] = ()
    broken: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """Why it may not be used; `since` the day that decides, if there is one."""

    reason: Reason
    since: date | None = None


def last_test(tests: Iterable[Test], on: date) -> Test | None:
    """The calibration that counts on a day: the latest done by then."""
    return max(
        (each for each in tests if each.done <= on), key=lambda each: each.done, default=None
    )


def calibration_fault(piece: Piece, on: date) -> Fault | None:
    """EQP-07: not calibrated, failed or expired on that day; good on its last day."""
    if not piece.measuring:
        return None
    last = last_test(piece.tests, on)
    if last is None:
        return Fault(Reason.NEVER_CALIBRATED)
    if not last.passed or last.until is None:
        return Fault(Reason.FAILED, last.done)
    return Fault(Reason.EXPIRED, last.until) if last.until < on else None


def is_absent(away: Away, on: date, today: date) -> bool:
    """Lent on that day: due back no earlier, or overdue already and so not to be counted on."""
    return away.due >= on or away.due < today


def presence_faults(piece: Piece, on: date, today: date) -> Iterator[Fault]:
    """EQP-05, EQP-06: too few pieces there, because they are broken or lent."""
    left = piece.quantity - piece.broken
    if left < piece.needed:
        yield Fault(Reason.DAMAGED)
        return
    lent = [each for each in piece.away if is_absent(each, on, today)]
    if left - sum(each.count for each in lent) < piece.needed:
        yield Fault(Reason.ON_LOAN, max(each.due for each in lent))
