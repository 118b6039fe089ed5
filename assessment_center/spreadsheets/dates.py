"""The one reader of dates that people typed: what can mean one day only is taken, however written.

A date with a year of two digits, or whose order of day and month must be guessed, is refused. So is
2026.1 as a number: Excel writes 2026.10 so. A month without a day is taken only by columns that say
which end of the month they mean: a term begins on the first day and ends on the last.
"""

import calendar
import math
import re
import unicodedata
from datetime import date, datetime, time
from typing import Literal

from django.utils.translation import gettext as _

from assessment_center.spreadsheets.problems import CellProblem, clean_text

MonthEnd = Literal["", "first", "last"]

DAYS = (
    re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"),
    re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})"),
    re.compile(r"(\d{4})\.(\d{1,2})\.(\d{1,2})"),
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]?"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)
MONTHS = (
    re.compile(r"(\d{4})[-/.](\d{1,2})"),
    re.compile(r"(\d{4})年(\d{1,2})月份?"),
)
MIDNIGHT = re.compile(r"[ T]0{1,2}:00(:00(\.0+)?)?$")
CLOCK = re.compile(r"\d[ T]\d{1,2}:\d{2}")
GUESSED = (
    re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.](\d{1,2}|\d{4})"),
    re.compile(r"\d{2}年\d{1,2}月(\d{1,2}[日号]?)?"),
    re.compile(r"\d{6}"),
)
SERIALS = range(20_000, 80_000)  # the days of 1954 to 2119 as Excel counts them
YEARS = range(1900, 2200)
SHOWN = 20


def read_date(value: object, *, month: MonthEnd = "") -> date:
    """The day that a cell names; `CellProblem` when it names none or more than one.

    `month` is which day a month alone stands for; "" refuses it.
    """
    if isinstance(value, datetime):
        if value.time() != time():
            raise CellProblem(_("只填日期，不要带时间"))
        return _sane(value.date())
    if isinstance(value, date):
        return _sane(value)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise _unreadable()
    if isinstance(value, int | float):
        return _of_number(value, month)
    return _of_text(value, month)


def _of_number(value: float, month: MonthEnd) -> date:
    """20260301 is a day; 2026.3 is a month unless a zero may have been lost behind it."""
    if not math.isfinite(value):
        raise _unreadable()
    if float(value).is_integer():
        if int(value) in SERIALS:
            raise CellProblem(_("这是数字，不是日期；请把单元格格式设为“日期”或“文本”后重新填写"))
        return _of_text(str(int(value)), month)
    if round(value * 10) % 10 == 1 and round(value * 10, 6).is_integer():
        year = int(value)
        raise CellProblem(
            _("%(year)d.1 分不清是 1 月还是 10 月（Excel 会去掉末尾的 0）；请写成 %(year)d-01-01")
            % {"year": year}
        )
    return _of_text(repr(value), month)


def _of_text(value: str, month: MonthEnd) -> date:
    text = MIDNIGHT.sub("", unicodedata.normalize("NFKC", clean_text(value)))
    if CLOCK.search(text):
        raise CellProblem(_("只填日期，不要带时间"))
    plain = "".join(text.split())
    for form in DAYS:
        if found := form.fullmatch(plain):
            return calendar_day(*(int(part) for part in found.groups()))
    for form in MONTHS:
        if found := form.fullmatch(plain):
            return _of_month(int(found[1]), int(found[2]), month)
    if any(form.fullmatch(plain) for form in GUESSED):
        raise CellProblem(
            _("“%(text)s”分不清年、月、日；请写成 2026-03-01 这样，年份写四位")
            % {"text": text[:SHOWN]}
        )
    raise _unreadable()


def _of_month(year: int, number: int, month: MonthEnd) -> date:
    first = calendar_day(year, number, 1)
    if not month:
        raise CellProblem(_("只写了年和月；请补上日，如 2026-03-01"))
    return first if month == "first" else first.replace(day=calendar.monthrange(year, number)[1])


def calendar_day(year: int, month: int, day: int) -> date:
    """The day, if there is one in the years that files speak of."""
    try:
        found = date(year, month, day)
    except ValueError:
        raise CellProblem(_("没有这一天，请核对年、月、日")) from None
    return _sane(found)


def _sane(found: date) -> date:
    if found.year not in YEARS:
        raise CellProblem(_("年份不合理，请核对"))
    return found


def _unreadable() -> CellProblem:
    return CellProblem(_("不是可识别的日期；请写成 2026-03-01 这样的年-月-日"))
