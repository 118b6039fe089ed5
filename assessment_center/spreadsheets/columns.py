"""What a sheet consists of: its columns, their kinds, and what makes two rows the same."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal


class Kind(StrEnum):
    TEXT = "text"
    ID_NUMBER = "id_number"
    DATE = "date"
    INTEGER = "integer"
    DECIMAL = "decimal"
    CHOICE = "choice"
    PHONE = "phone"
    BOOLEAN = "boolean"


TEXTUAL = frozenset({Kind.TEXT, Kind.ID_NUMBER, Kind.PHONE})


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column.

    `choices` are (value, label) pairs: the label stands in the sheet, the value is read.
    `validate` gets the parsed value and returns the value to keep; it raises `ValueError`
    (or Django's `ValidationError`) with a sentence for the user. `width` is in characters.
    `month` is the day that a date without one stands for: "" refuses such a date.
    """

    key: str
    header: str
    required: bool = False
    kind: Kind | str = Kind.TEXT
    choices: tuple[tuple[Any, str], ...] = ()
    help: str = ""
    width: int = 16
    example: str = ""
    max_length: int = 200
    validate: Callable[[Any], Any] | None = None
    month: Literal["", "first", "last"] = ""


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """A sheet; rows that agree in all of `key_columns` are duplicates of each other.

    `who` are the columns that name the person a row speaks of, by name and by the number of his
    document: one number under two names is a slip in one of them, and is told so.
    """

    title: str
    columns: tuple[ColumnSpec, ...]
    notes: tuple[str, ...] = ()
    key_columns: tuple[str, ...] = ()
    who: tuple[str, str] | None = None

    def __post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        headers = [plain_header(column.header) for column in self.columns]
        if len(set(keys)) < len(keys) or len(set(headers)) < len(headers):
            message = f"{self.title}: two columns share a key or a header"
            raise ValueError(message)
        if unknown := {*self.key_columns, *(self.who or ())} - set(keys):
            message = f"{self.title}: no such key column: {', '.join(sorted(unknown))}"
            raise ValueError(message)


def plain_header(value: object) -> str:
    """A header as it is compared: without width variants, spaces, line breaks and marks."""
    text = unicodedata.normalize("NFKC", "" if value is None else str(value))
    return re.sub(r"[\s*:]+", "", text)
