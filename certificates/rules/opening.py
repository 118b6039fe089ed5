"""Opening balances of certificates: number ranges of blanks, and serials that fit each other."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from certificates.rules.numbering import NumberParts

MAX_WIDTH = 18
NUMBERED = re.compile(r"^(?P<prefix>[0-9A-Z\-]*?[A-Z\-])?(?P<digits>\d{1,18})$")
Series = tuple[str, int, int]


class RangeProblem(StrEnum):
    SHAPE = "shape"
    PREFIX = "prefix"
    ORDER = "order"
    COUNT = "count"


class RangeError(ValueError):
    """First and last number make no range; `problem` says why."""

    def __init__(self, problem: RangeProblem) -> None:
        self.problem = problem
        super().__init__(problem)


@dataclass(frozen=True, slots=True)
class BlankRange:
    """Numbers with a common head and the same number of digits, from first to last."""

    prefix: str
    width: int
    first: int
    last: int

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    def overlaps(self, other: "BlankRange") -> bool:
        same = (self.prefix, self.width) == (other.prefix, other.width)
        return same and self.first <= other.last and other.first <= self.last


def blank_range(first: str, last: str, count: int) -> BlankRange:
    """Read “KB0000001” to “KB0000500”, 500 blanks. Raises `RangeError`."""
    found = [NUMBERED.match(text.strip().upper()) for text in (first, last)]
    if found[0] is None or found[1] is None:
        raise RangeError(RangeProblem.SHAPE)
    heads = {each["prefix"] or "" for each in found if each}
    widths = {len(each["digits"]) for each in found if each}
    if len(heads) > 1 or len(widths) > 1:
        raise RangeError(RangeProblem.PREFIX)
    made = BlankRange(heads.pop(), widths.pop(), int(found[0]["digits"]), int(found[1]["digits"]))
    if made.last < made.first:
        raise RangeError(RangeProblem.ORDER)
    if made.count != count:
        raise RangeError(RangeProblem.COUNT)
    return made


class SerialProblem(StrEnum):
    NO_SERIES = "no_series"
    BEYOND = "beyond"


def serial_problem(parts: NumberParts, lasts: Mapping[Series, int]) -> SerialProblem | None:
    """Whether an issued number lies within the last serials that were declared.

    Otherwise the software would give the number a second time.
    """
    last = lasts.get((parts.filing, parts.year, parts.level))
    if last is None:
        return SerialProblem.NO_SERIES
    return SerialProblem.BEYOND if parts.serial > last else None


def overlapping(ranges: Iterable[tuple[int, BlankRange]]) -> list[tuple[int, int]]:
    """Pairs of row numbers whose ranges share a blank."""
    ordered = sorted(ranges, key=lambda row: (row[1].prefix, row[1].width, row[1].first))
    found: list[tuple[int, int]] = []
    reach: tuple[int, BlankRange] | None = None
    for number, each in ordered:
        if reach is not None and reach[1].overlaps(each):
            found.append((reach[0], number))
            if each.last <= reach[1].last:
                continue
        reach = (number, each)
    return found
