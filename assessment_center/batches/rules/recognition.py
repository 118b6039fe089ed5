"""What a recognition without examination asks for, as the college or the province published it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

THEORY, PRACTICAL = "theory", "practical"
PARTS = (THEORY, PRACTICAL)
ORGANISERS = ("school", "city", "province", "nation")
PASS_SCORE = 60


@dataclass(frozen=True, slots=True)
class Course:
    """A course of the trade: its part (theory, practical) or the credits it carries."""

    name: str
    part: str = ""
    credits: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Terms:
    """Courses to pass or to earn; for a contest the last rank that counts and who held it."""

    courses: tuple[Course, ...] = ()
    pass_score: Decimal = Decimal(PASS_SCORE)
    max_rank: int | None = None
    organisers: tuple[str, ...] = ()

    @property
    def credits(self) -> Decimal:
        return sum((each.credits for each in self.courses), Decimal(0))

    def as_json(self) -> dict[str, Any]:
        return {
            "courses": [
                {"name": c.name, "part": c.part, "credits": str(c.credits)} for c in self.courses
            ],
            "pass_score": str(self.pass_score),
            "max_rank": self.max_rank,
            "organisers": list(self.organisers),
        }


def read_terms(kept: Mapping[str, Any]) -> Terms:
    """Read back `Terms.as_json`; a part left out has its default."""
    return Terms(
        courses=tuple(
            Course(c["name"], c.get("part", ""), Decimal(c.get("credits", "0")))
            for c in kept.get("courses", ())
        ),
        pass_score=Decimal(kept.get("pass_score", PASS_SCORE)),
        max_rank=kept.get("max_rank"),
        organisers=tuple(kept.get("organisers", ())),
    )


def fault_of(route: str, terms: Terms) -> str:
    """What the terms of a route still lack, in words; empty when they can be judged by."""
    if route == "process" and {c.part for c in terms.courses} != set(PARTS):
        return "课程须既有理论部分，又有操作部分。"
    if route == "credit" and not (terms.courses and all(c.credits > 0 for c in terms.courses)):
        return "请列出应修课程，每门的学分须大于零。"
    if route == "contest" and not (terms.max_rank and terms.organisers):
        return "请写明取证的名次和竞赛级别。"
    if len({c.name for c in terms.courses}) != len(terms.courses):
        return "课程名称不能重复。"
    return ""


def read_courses(route: str, text: str) -> tuple[Course, ...]:
    """Courses typed one a line: “name 理论” or “name 操作”, or “name 3.5” credits.

    Raises `ValueError` with the line that cannot be read.
    """
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, _space, last = line.rpartition(" ")
        if route == "process" and name and last in PART_WORDS:
            found.append(Course(name.strip(), PART_WORDS[last]))
        elif route == "credit" and name:
            found.append(Course(name.strip(), credits=_credits(last, line)))
        else:
            raise ValueError(line)
    return tuple(found)


def _credits(text: str, line: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(line) from None


PART_WORDS = {"理论": THEORY, "操作": PRACTICAL}
