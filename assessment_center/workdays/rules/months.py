"""Calendar months added to a date: the one way terms, validities and keeping times are reckoned."""

import calendar
from datetime import date

MONTHS_A_YEAR = 12


def add_months(day: date, n: int) -> date:
    """Return the same day n calendar months on, or the last day of a shorter month.

    Backwards when n is negative. Raises `ValueError` outside the years 1 to 9999.
    """
    years, month = divmod(day.month - 1 + n, MONTHS_A_YEAR)
    year = day.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def add_years(day: date, n: int) -> date:
    """Return the same day n years on; 29 February becomes the 28th where there is none."""
    return add_months(day, n * MONTHS_A_YEAR)
