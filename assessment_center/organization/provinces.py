"""The provinces by the first two digits of their administrative codes (GB/T 2260)."""

import csv
from functools import cache
from importlib.resources import files


@cache
def provinces() -> tuple[tuple[str, str], ...]:
    """Code and name of every province, in the order of their codes."""
    path = files("assessment_center.organization") / "data" / "provinces.csv"
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    return tuple((row["code"], row["name"]) for row in rows)
