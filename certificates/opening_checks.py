"""What is wrong in the rows a working centre brings along."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.catalog.labels import LEVEL_LABELS
from assessment_center.opening.book import OpeningBook
from assessment_center.opening.holders import person_problems
from assessment_center.opening.trades import Trades
from assessment_center.organization.models import AssessmentCentre, Filing
from assessment_center.rulebooks.selectors import rules_of
from assessment_center.spreadsheets import Row, RowProblem
from candidates.models import HeldCertificate
from certificates.enums import OUTSIDE, BlankMove, CertificateStatus
from certificates.models import BlankMovement, Certificate, EarlierCertificate
from certificates.rules.numbering import NumberError, NumberParts, compose, parse
from certificates.rules.opening import (
    BlankRange,
    RangeError,
    RangeProblem,
    SerialProblem,
    blank_range,
    overlapping,
    serial_problem,
)

FIRST_YEAR = 2000
CHUNK = 1000
RANGE_WORDS = {
    RangeProblem.SHAPE: gettext_lazy("起号和止号应为字母或短横加数字，两格都要填"),
    RangeProblem.PREFIX: gettext_lazy("起号和止号的号头或位数不同"),
    RangeProblem.ORDER: gettext_lazy("止号小于起号"),
    RangeProblem.COUNT: gettext_lazy("起止号与数量不符"),
}


def own_filings(centre: AssessmentCentre) -> dict[str, str]:
    """Filing numbers under which the centre itself numbers, each with its rulebook's pattern."""
    return {
        filing.number: _pattern(filing)
        for filing in centre.filings.select_related("rulebook_version")
        if not _outside(filing)
    }


def _outside(filing: Filing) -> bool:
    printer = rules_of(filing.rulebook_version).settings.certificate_printer
    return printer is not None and printer.value == OUTSIDE


def _pattern(filing: Filing) -> str:
    cited = rules_of(filing.rulebook_version).settings.certno_pattern
    return cited.value if cited else ""


def numbers_itself(centre: AssessmentCentre) -> bool:
    """Whether serials are the centre's own affair; so it is taken before anything is filed."""
    return bool(own_filings(centre)) or not centre.filings.exists()


def serial_rows(rows: Sequence[Row], centre: AssessmentCentre) -> Iterator[RowProblem]:
    """Only series that the centre can go on with, in years that have begun."""
    filings, this_year = own_filings(centre), timezone.localdate().year
    for row in rows:
        values = row.values
        filing = values["filing"].upper()
        if filing not in filings:
            yield RowProblem(row.number, "备案号", _("机构没有登记这个备案号，请先登记备案"))
            continue
        if not FIRST_YEAR <= values["year"] <= this_year:
            yield RowProblem(row.number, "年份", _("应为 2000 年至今年"))
        try:
            compose(
                filing=filing,
                year=values["year"],
                level=values["level"],
                serial=values["last_serial"],
                pattern=filings[filing],
            )
        except NumberError as fault:
            header = "最后流水号" if fault.part == "serial" else "备案号"
            yield RowProblem(row.number, header, _("按规程编不出证书编号，请核对"))


def serials_told(book: OpeningBook) -> list[str]:
    """Each series with its last serial, as the two sign it."""
    return [
        _("最后流水号：备案号 %(filing)s，%(year)s 年，%(level)s，%(last)06d。")
        % {
            "filing": row.values["filing"].upper(),
            "year": row.values["year"],
            "level": LEVEL_LABELS[row.values["level"]],
            "last": row.values["last_serial"],
        }
        for row in book.rows("certificates.serials")
    ]


def issued_rows(rows: Sequence[Row], centre: AssessmentCentre) -> Iterator[RowProblem]:
    """Numbers not known yet and well-formed, people and occupations that exist, dates that fit."""
    taken, filings = _taken(rows), own_filings(centre)
    for row in rows:
        number = row.values["number"].upper()
        if number in taken:
            yield RowProblem(row.number, "证书编号", _("这个证书编号已经登记"))
        problem = _number_problem(number, filings, row.values["level"])
        if problem:
            yield RowProblem(row.number, "证书编号", problem)
        yield from _dates(row)
    yield from person_problems(rows)
    yield from Trades().problems(rows)


def _taken(rows: Sequence[Row]) -> set[str]:
    numbers = sorted({row.values["number"].upper() for row in rows})
    found: set[str] = set()
    for start in range(0, len(numbers), CHUNK):
        some = numbers[start : start + CHUNK]
        for model in (Certificate, EarlierCertificate, HeldCertificate):
            named = model._default_manager.filter(number__in=some)  # noqa: SLF001
            found |= set(named.values_list("number", flat=True))
    return found


def _number_problem(number: str, filings: Mapping[str, str], level: int) -> str:
    """A number of the centre's own filings follows their pattern and names the same level."""
    filing = next((each for each in filings if number.startswith(each)), None)
    if filing is None:
        return ""
    try:
        parts = parse(number)
    except NumberError:
        return _("不符合规程规定的编号格式")
    if filings[filing] and not re.fullmatch(filings[filing], number):
        return _("不符合规程规定的编号格式")
    return "" if parts.level == level else _("编号中的等级与“等级”一列不符")


def _dates(row: Row) -> Iterator[RowProblem]:
    values, today = row.values, timezone.localdate()
    if values["issued_on"] > today:
        yield RowProblem(row.number, "发证日期", _("不能晚于今天"))
    gone = values["status"] == CertificateStatus.REVOKED
    if not gone and (values["revoked_on"] or values["revoked_reason"]):
        yield RowProblem(row.number, "状态", _("填了注销日期或原因的，状态应为“已注销”"))
    if gone and not (values["revoked_on"] and values["revoked_reason"]):
        yield RowProblem(row.number, "注销日期", _("已注销的须填注销日期和原因"))
    if values["revoked_on"] and not values["issued_on"] <= values["revoked_on"] <= today:
        yield RowProblem(row.number, "注销日期", _("应在发证日期之后，不晚于今天"))


def issued_agree(book: OpeningBook) -> Iterator[RowProblem]:
    """Every number of our own lies within the last serials that are declared."""
    filings = own_filings(book.centre)
    lasts = {
        (row.values["filing"].upper(), row.values["year"], row.values["level"]): row.values[
            "last_serial"
        ]
        for row in book.rows("certificates.serials")
    }
    for row in book.rows("certificates.issued"):
        parts = _parts(row.values["number"])
        if parts is None or parts.filing not in filings:
            continue
        problem = serial_problem(parts, lasts)
        if problem is SerialProblem.NO_SERIES:
            text = _("“最后流水号”中没有 %(year)s 年这一等级") % {"year": parts.year}
            yield RowProblem(row.number, "证书编号", text)
        elif problem is SerialProblem.BEYOND:
            yield RowProblem(row.number, "证书编号", _("流水号大于登记的最后流水号"))


def _parts(number: str) -> NumberParts | None:
    try:
        return parse(number)
    except NumberError:
        return None


def range_of(values: Mapping[str, Any]) -> BlankRange | None:
    """The numbers of a row of blanks; None for blanks without. Raises `RangeError`."""
    if not values["first"] and not values["last"]:
        return None
    return blank_range(values["first"] or "", values["last"] or "", values["count"])


def blank_rows(rows: Sequence[Row], centre: AssessmentCentre) -> Iterator[RowProblem]:
    """Counts that fit their numbers, and no number in two rows or in the stock already."""
    ranges: list[tuple[int, BlankRange]] = []
    for row in rows:
        if row.values["count"] < 1:
            yield RowProblem(row.number, "数量", _("应大于 0"))
            continue
        if row.values["counted_on"] > timezone.localdate():
            yield RowProblem(row.number, "盘点日期", _("不能晚于今天"))
        try:
            found = range_of(row.values)
        except RangeError as fault:
            yield RowProblem(row.number, "起号", str(RANGE_WORDS[fault.problem]))
            continue
        if found is not None:
            ranges.append((row.number, found))
            if _in_stock(found, centre):
                yield RowProblem(row.number, "起号", _("这些空白证书号已经登记入库"))
    for first, second in overlapping(ranges):
        yield RowProblem(second, "起号", _("与第 %(row)s 行的号码重叠") % {"row": first})


def _in_stock(found: BlankRange, centre: AssessmentCentre) -> bool:
    rows = BlankMovement.objects.filter(centre=centre, kind=BlankMove.RECEIVED)
    same = rows.filter(prefix=found.prefix, width=found.width)
    return same.filter(first__lte=found.last, last__gte=found.first).exists()
