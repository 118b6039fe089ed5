"""What an examination costs on a day: a price for the whole of it, or one for each subject."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

WHOLE = ""  # the subject of a rate for the whole examination


# A line of the tariff: `subject_code` (empty for the whole examination), `amount_cents`,
# `valid_from`. The rows of the database are such lines; a protocol does not see their columns.
R = TypeVar("R", bound=Any)


def in_yuan(cents: int) -> str:
    """An amount inside a sentence: 300 or 300.5, exact and without needless zeros."""
    yuan, rest = divmod(cents, 100)
    return f"{yuan}.{rest:02d}".rstrip("0") if rest else str(yuan)


@dataclass(frozen=True, slots=True)
class Price(Generic[R]):
    """The rates it is made of; `parts` (cents) in the order of the subjects, empty for a whole.

    `missing` are subjects that a tariff by subject names no price for.
    """

    rates: tuple[R, ...]
    parts: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def cents(self) -> int:
        return sum(int(rate.amount_cents) for rate in self.rates)


def in_force(rates: Iterable[R], day: date) -> tuple[R, ...]:
    """The rates of one occupation and level that hold on the day, one for each subject.

    A rate ends where the next of its subject starts, and where the tariff goes over from a whole
    price to prices by subject or back.
    """
    newest: dict[str, R] = {}
    for rate in sorted(rates, key=lambda each: each.valid_from):
        if rate.valid_from > day:
            break
        if (rate.subject_code == WHOLE) != (WHOLE in newest):
            newest.clear()
        newest[rate.subject_code] = rate
    return tuple(newest.values())


def price_of(rates: Iterable[R], subjects: Sequence[str], day: date) -> Price[R] | None:
    """What these subjects cost together on the day; None where the tariff has nothing to say."""
    held = {rate.subject_code: rate for rate in in_force(rates, day)}
    if not held:
        return None
    if WHOLE in held:
        return Price((held[WHOLE],))
    named = tuple(held[each] for each in subjects if each in held)
    missing = tuple(each for each in subjects if each not in held)
    return Price(named, tuple(rate.amount_cents for rate in named), missing)
