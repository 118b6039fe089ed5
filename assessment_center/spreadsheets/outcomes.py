"""What reading a sheet leads to."""

from dataclasses import dataclass, field
from typing import Any


class SheetRefusedError(ValueError):
    """The file as a whole cannot be read; `message` is one sentence for the user."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Row:
    """A row without errors: its number in the sheet and the values by column key."""

    number: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CellError:
    """What is wrong with one cell. The message never repeats an ID number."""

    row: int
    column_letter: str
    header: str
    message: str

    @property
    def address(self) -> str:
        return f"{self.column_letter}{self.row}"


@dataclass(slots=True)
class ReadResult:
    """Rows without errors, and all errors. Import only when `ok`: nothing is half-imported.

    `hidden` are the numbers of rows read that are out of sight in the sheet.
    """

    rows: list[Row] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    truncated: bool = False
    hidden: frozenset[int] = frozenset()

    @property
    def ok(self) -> bool:
        return not self.errors
