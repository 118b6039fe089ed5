"""Region codes of identity numbers: those in force and those long abolished."""

import csv
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "regions.csv"


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    with DATA.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


CITY_ITSELF = "01"


def is_region(code: str) -> bool:
    """Whether the code is or ever was given; a person keeps the code of the first register.

    GB/T 2260 gives 01 below a city to its districts as a whole (市辖区); no area bears it, but
    cities such as Shenzhen (440301) have issued numbers under it, so it counts where the city does.
    """
    names = _names()
    return code in names or (
        code[4:] == CITY_ITSELF and code[2:4] != "00" and f"{code[:4]}00" in names
    )


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
