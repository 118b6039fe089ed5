"""The working-day calendar: weekends, statutory holidays and make-up workdays by year.

The day of an event is not counted; a term ends with the end of its last day.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol

from chinese_calendar import constants

from assessment_center.registry import RefusedError
from assessment_center.workdays.rules.months import add_months

SATURDAY = 5
DAY = timedelta(days=1)


class UnknownYearError(RefusedError):
    """The holidays of this year are not known, so nothing is counted."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(
            f"{year} 年的放假调休安排尚未录入，无法推算工作日。",
            remedy=f"请在“规程 → 放假安排通知”中录入国务院办公厅 {year} 年部分节假日安排的通知。",
        )


class TermLike(Protocol):
    """A term of a rulebook: `n` units of day, workday or month."""

    @property
    def n(self) -> int | None: ...
    @property
    def unit(self) -> str: ...


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Holidays (days off by the notice), make-up workdays, and the years they are known for."""

    years: frozenset[int]
    holidays: frozenset[date]
    makeup: frozenset[date]

    def is_workday(self, day: date) -> bool:
        """Tell whether people work that day; raises `UnknownYearError`."""
        self._require(day)
        return day in self.makeup or (day.weekday() < SATURDAY and day not in self.holidays)

    def is_statutory_holiday(self, day: date) -> bool:
        """Tell whether the notice gives the day off (a plain weekend is none)."""
        self._require(day)
        return day in self.holidays

    def statutory_holidays(self, first: date, last: date) -> list[date]:
        """Return the days off by the notices from `first` to `last`, both counted."""
        span = (first + DAY * n for n in range((last - first).days + 1))
        return [day for day in span if self.is_statutory_holiday(day)]

    def add_workdays(self, day: date, n: int) -> date:
        """Return the n-th working day after `day` (before it when n < 0); n = 0: the day itself."""
        step = DAY if n > 0 else -DAY
        left = abs(n)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def workdays_between(self, start: date, end: date) -> int:
        """Count working days after `start` up to and with `end`; negative when `end` is earlier.

        So `workdays_between(d, add_workdays(d, n)) == n`.
        """
        step, sign = (DAY, 1) if end >= start else (-DAY, -1)
        count, day = 0, start
        while day != end:
            day += step
            count += self.is_workday(day)
        return sign * count

    def add_term(self, term: TermLike, start: date) -> date:
        """Return the last day of a term that starts with an event on `start`.

        Months are calendar months; a day the target month lacks becomes its last day. Raises
        `ValueError` for a term without a number, which ends with its event.
        """
        if term.n is None:
            msg = "a term that lasts as long as its event has no last day of its own"
            raise ValueError(msg)
        if term.unit == "workday":
            return self.add_workdays(start, term.n)
        return start + DAY * term.n if term.unit == "day" else add_months(start, term.n)

    def amended(
        self, *, years: Iterable[int], holidays: Iterable[date], workdays: Iterable[date]
    ) -> "WorkCalendar":
        """Return the calendar with further known years; the given days win over the known ones."""
        off, on = frozenset(holidays), frozenset(workdays)
        return replace(
            self,
            years=self.years | frozenset(years),
            holidays=(self.holidays | off) - on,
            makeup=(self.makeup | on) - off,
        )

    def _require(self, day: date) -> None:
        if day.year not in self.years:
            raise UnknownYearError(day.year)


@lru_cache(maxsize=1)
def packaged() -> WorkCalendar:
    """Return the calendar of the yearly notices that come with the program (2004 on)."""
    holidays = frozenset(constants.holidays)
    return WorkCalendar(
        years=frozenset(day.year for day in holidays),
        holidays=holidays,
        makeup=frozenset(constants.workdays),
    )
