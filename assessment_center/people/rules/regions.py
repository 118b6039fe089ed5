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
    """Codes in force of counties and districts; development zones give no identity numbers."""
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if not row["last_year"]]
    codes = {row["code"] for row in rows if row["code"][4:] != "00" and row["code"][4] != "7"}
    return tuple(sorted(code for code in codes if code < "8"))
