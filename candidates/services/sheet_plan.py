"""What a department's sheet would do, row by row, before anything of it is written."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from assessment_center.people.models import Person, SchoolClass
from assessment_center.spreadsheets import Change, RowProblem
from candidates.models import Application

CHUNK = 500
Progress = Callable[[int, int, str], None]


class RowRefusedError(Exception):
    def __init__(self, header: str, message: object) -> None:
        self.header = header
        self.message = str(message)
        super().__init__(self.message)


@dataclass(slots=True)
class PlannedRow:
    """A row that may be taken: what it would enter or correct, and of whom.

    `application` is not yet saved; without one the row changes nothing. `standing` is the one
    that stands already and `changes` what the row says otherwise.
    """

    number: int
    values: dict[str, Any]
    person: Person
    person_known: bool
    application: Application | None = None
    enrol_in: SchoolClass | None = None
    standing: Application | None = None
    changes: tuple[Change, ...] = ()
    remark: str = ""


@dataclass(slots=True)
class SheetPlan:
    rows: list[PlannedRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
