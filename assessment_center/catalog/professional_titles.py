"""The professional titles of the national series, each with the grade the conditions speak of."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parent / "data" / "professional_titles.toml"
GRADES = ("senior", "intermediate", "junior")


@dataclass(frozen=True, slots=True)
class ProfessionalTitle:
    """`grade` is that of a condition: `junior`, `intermediate`, `senior`."""

    series: str
    name: str
    grade: str

    @property
    def key(self) -> str:
        """What a declaration keeps: series and name, since two series share names."""
        return f"{self.series}/{self.name}"


@cache
def professional_titles() -> dict[str, ProfessionalTitle]:
    """All of them by key, in the order of the series and from the highest grade down."""
    with SOURCE.open("rb") as file:
        kept = tomllib.load(file)
    told = [
        ProfessionalTitle(series["name"], name, grade)
        for series in kept["series"]
        for grade in GRADES
        for name in series[grade]
    ]
    return {title.key: title for title in told}
