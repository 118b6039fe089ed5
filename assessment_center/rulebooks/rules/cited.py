"""A value together with the articles it was read from."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from assessment_center.registry import Citation

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cited(Generic[T]):
    """One setting of a rulebook and why it has this value.

    `from_rulebook` is false for a documented default: the rulebook is silent and the office
    may choose otherwise. `note` tells in Chinese why a default or a disputed value was chosen.
    """

    value: T
    citations: tuple[Citation, ...] = ()
    from_rulebook: bool = True
    note: str = ""


def default(value: T, note: str = "") -> Cited[T]:
    """Return a value that stands in where the rulebook says nothing."""
    return Cited(value, from_rulebook=False, note=note)
