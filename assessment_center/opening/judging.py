"""Rows of one kind judged, with a word on how far it is."""

from collections.abc import Callable, Iterator, Sequence

from django.utils.translation import gettext as _

from assessment_center.organization.models import AssessmentCentre
from assessment_center.registry.entries import OpeningBalance
from assessment_center.spreadsheets import ImportOutcome, Row, RowProblem, read_or_refuse
from assessment_center.spreadsheets.records import Progress

LIMIT = 20_000
STEP = 200
Told = Callable[[int], None]


class Watched(list[Row]):
    """Rows that tell how many of them have been looked at; a second look tells nothing new."""

    def __init__(self, rows: Sequence[Row], told: Told) -> None:
        super().__init__(rows)
        self.told, self.furthest = told, 0

    def __iter__(self) -> Iterator[Row]:
        for number, row in enumerate(super().__iter__(), 1):
            if number > self.furthest:
                self.furthest = number
                if number % STEP == 0 or number == len(self):
                    self.told(number)
            yield row


def problems_of(
    kind: OpeningBalance, rows: Sequence[Row], centre: AssessmentCentre, told: Told
) -> list[RowProblem]:
    """Everything wrong in rows of this kind, each by itself."""
    return list(kind.check(Watched(rows, told), centre))


def read_sheet(
    kind: OpeningBalance, content: bytes, centre: AssessmentCentre, progress: Progress
) -> tuple[ImportOutcome, list[Row]]:
    """A workbook read and judged; nothing is written. Raises `RefusedError` for an unfit file."""
    progress(0, 0, _("读取表格"))
    read = read_or_refuse(content, kind.sheet, limit_rows=LIMIT)
    total = len(read.rows)
    outcome = ImportOutcome()
    outcome.begin(read)
    outcome.add(problems_of(kind, read.rows, centre, lambda n: progress(n, total, _("逐行核对"))))
    return outcome, read.rows
