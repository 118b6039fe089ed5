"""Candidates of a subject in groups, one after the other, by the number of workstations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Generic, TypeVar

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Group(Generic[K]):
    key: K
    candidates: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class DayFrame:
    """Groups begin not before `first` of a day and end not after `last`; `pause` lies between."""

    first: time
    last: time
    length: timedelta
    pause: timedelta = timedelta(minutes=30)


def split(number: int, capacity: int) -> list[int]:
    """Even groups of at most `capacity`; as few as possible."""
    if number <= 0:
        return []
    groups = -(-number // capacity)
    return [number * (at + 1) // groups - number * at // groups for at in range(groups)]


def groups(
    counts: Iterable[tuple[K, int]], *, capacity: int, start: datetime, frame: DayFrame
) -> list[Group[K]]:
    """Lay the groups one after the other from `start`, going on the next day when one is full.

    Raises `ValueError` when there is no workstation or a group does not fit into one day.
    """
    opening = datetime.combine(start.date(), frame.first, start.tzinfo)
    closing = datetime.combine(start.date(), frame.last, start.tzinfo)
    if capacity < 1 or opening + frame.length > closing:
        message = "no group fits"
        raise ValueError(message)
    found, begins = [], start
    for key, number in counts:
        for size in split(number, capacity):
            if begins.time() < frame.first:
                begins = datetime.combine(begins.date(), frame.first, begins.tzinfo)
            last = datetime.combine(begins.date(), frame.last, begins.tzinfo)
            if begins + frame.length > last:
                following = begins.date() + timedelta(days=1)
                begins = datetime.combine(following, frame.first, begins.tzinfo)
            found.append(Group(key, size, begins, begins + frame.length))
            begins += frame.length + frame.pause
    return found
