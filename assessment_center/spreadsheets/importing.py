"""What every import of a workbook tells: the problems by row, and what it would do or did."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from django.utils.translation import gettext as _

from assessment_center.registry import RefusedError
from assessment_center.spreadsheets.columns import SheetSpec
from assessment_center.spreadsheets.outcomes import CellError, ReadResult, SheetRefusedError
from assessment_center.spreadsheets.reader import read

SHOWN = 500


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong in one row; `header` names the column. Never holds an ID number."""

    row: int
    header: str
    message: str

    def __str__(self) -> str:
        words = {"row": self.row, "header": self.header, "message": self.message}
        if self.header:
            return _("第 %(row)d 行“%(header)s”：%(message)s") % words
        return _("第 %(row)d 行：%(message)s") % words


@dataclass(slots=True)
class ImportOutcome:
    """Rows read, problems found, and whether anything was written.

    A subclass adds its own counts as further fields; they stand in `as_json` beside these.
    """

    rows: int = 0
    written: bool = False
    problems: list[RowProblem] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.problems

    def begin(self, sheet: ReadResult) -> None:
        """Take over what reading found: the rows, sound or not, and the cells that are wrong."""
        self.rows = len(sheet.rows) + len({error.row for error in sheet.errors})
        self.problems = [RowProblem(e.row, e.header, e.message) for e in sheet.errors]

    def add(self, problems: Iterable[RowProblem]) -> None:
        """Further problems, kept in the order of the rows."""
        self.problems = sorted([*self.problems, *problems], key=lambda each: each.row)

    def as_json(self) -> dict[str, Any]:
        counts = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "problems"}
        return {
            **counts,
            "problem_count": len(self.problems),
            "problems": [
                {"row": p.row, "header": p.header, "message": p.message}
                for p in self.problems[:SHOWN]
            ],
        }

    def as_result(self, spec: SheetSpec) -> ReadResult:
        """The problems in the shape of which a marked copy of the sheet is made to hand back."""
        letters = {c.header: chr(ord("A") + i) for i, c in enumerate(spec.columns)}
        return ReadResult(
            errors=[
                CellError(p.row, letters.get(p.header, ""), p.header, p.message)
                for p in self.problems
            ]
        )


def read_or_refuse(content: bytes, spec: SheetSpec, *, limit_rows: int) -> ReadResult:
    """As `read`; a file unfit as a whole raises `RefusedError`, as services do."""
    try:
        return read(content, spec, limit_rows=limit_rows)
    except SheetRefusedError as refused:
        raise RefusedError(refused.message) from refused
