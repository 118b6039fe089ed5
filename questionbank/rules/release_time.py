"""When sealed papers may be opened first (PAPER-06), reckoned from the examination's start."""

from datetime import datetime, timedelta
from typing import Protocol


class Offset(Protocol):
    """Whole days from the examination's day or minutes from its start, at an hour if one is set."""

    @property
    def day(self) -> int | None: ...
    @property
    def min(self) -> int | None: ...
    @property
    def time(self) -> object: ...


def earliest_release(offset: Offset | None, starts: datetime) -> datetime:
    """The earliest moment; where the rulebook is silent, the examination day itself begins."""
    if offset is not None and offset.min is not None:
        return starts + timedelta(minutes=offset.min)
    days = (offset.day or 0) if offset is not None else 0
    hour = getattr(offset, "time", None)
    moment = starts.replace(hour=0, minute=0, second=0, microsecond=0)
    if hour is not None:
        moment = moment.replace(hour=hour.hour, minute=hour.minute)
    return moment + timedelta(days=days)
