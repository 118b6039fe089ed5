"""The professional titles of the national series, each with the grade the conditions speak of."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).parent / "data" / "professional_titles.toml"
GRADES = ("senior", "intermediate", "junior")


@dataclass(frozen=True, slots=True)
class ProfessionalTitle:
    """`grade` is that of a condition: `junior`, `intermediate`, `senior`.

    `qualification`: no title, but a professional qualification that counts as one of its grade.
    """

    series: str
    name: str
    grade: str
    qualification: bool = False

    @property
    def key(self) -> str:
        """What a declaration keeps: series and name, since two series share names."""
        return f"{self.series}/{self.name}"


def is_qualification(key: str) -> bool:
    """Whether what stands under this key is a qualification and no title."""
    known = professional_titles().get(key)
    return known is not None and known.qualification


@cache
def professional_titles() -> dict[str, ProfessionalTitle]:
    """All of them by key, in the order of the series and from the highest grade down."""
    with SOURCE.open("rb") as file:
        kept = tomllib.load(file)
    told = [
        ProfessionalTitle(series["name"], name, grade, series.get("qualification", False))
        for series in kept["series"]
        for grade in GRADES
        for name in series[grade]
    ]
    return {title.key: title for title in told}
