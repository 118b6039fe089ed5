"""Days as a notice lists them: single days and ranges, with or without the year."""

import re
from datetime import date, timedelta

DAY = re.compile(r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$")
RANGE = re.compile(r"\s*(?:至|到|～|~)\s*")


def parse_days(text: str, year: int) -> list[date]:
    """Read days parted by line breaks, commas or “、”; a range is “a 至 b”.

    A day without its year is of `year`. Raises `ValueError` naming what cannot be read.
    """
    days: list[date] = []
    for part in re.split(r"[\n,，、;；]+", text):
        if not part.strip():
            continue
        first, *rest = [_day(each, year, part) for each in RANGE.split(part.strip())]
        last = rest[0] if rest else first
        if len(rest) > 1 or last < first:
            raise ValueError(part.strip())
        days += [first + timedelta(days=i) for i in range((last - first).days + 1)]
    return days


def _day(text: str, year: int, part: str) -> date:
    found = DAY.match(text.strip())
    if found is None:
        raise ValueError(part.strip())
    given, month, day = found.groups()
    try:
        return date(int(given or year), int(month), int(day))
    except ValueError:
        raise ValueError(part.strip()) from None
