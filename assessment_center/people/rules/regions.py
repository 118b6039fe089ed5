"""Region codes of identity numbers: those in force and those long abolished."""

import csv
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "regions.csv"


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    with DATA.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def is_region(code: str) -> bool:
    """Whether the code is or ever was given; a person keeps the code of the first register."""
    return code in _names()


def region_name(code: str) -> str:
    """The latest name under this code, "" when there is none."""
    return _names().get(code, "")


@lru_cache(maxsize=1)
def county_codes() -> tuple[str, ...]:
    """Codes of counties and districts, which numbers of residents begin with."""
    return tuple(code for code in sorted(_names()) if not code.endswith("00") and code < "8")
