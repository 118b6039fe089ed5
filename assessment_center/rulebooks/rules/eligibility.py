"""Eligibility conditions as data: one of a level suffices, all its predicates must hold."""

from dataclasses import dataclass
from typing import Literal

from assessment_center.registry import Citation
from assessment_center.rulebooks.rules.choices import Route

PredicateName = Literal[
    "age_min",
    "intends_to_work",
    "works_in_occupation",
    "work_years",
    "has_certificate",
    "years_since_certificate",
    "work_years_after_certificate",
    "diploma",
    "title",
    "work_years_after_title",
    "years_since_title",
    "class_kind",
    "school_kind",
    "final_year_or_graduate",
    "graduate",
    "enrolled",
    "own_student",
    "excellent",
    "one_x_certificate",
    "related_courses_passed",
    "credits_earned",
    "contest_result",
    "own_staff",
]
Grade = Literal["junior", "intermediate", "senior"]

REQUIRED: dict[str, frozenset[str]] = {
    "age_min": frozenset({"years"}),
    "intends_to_work": frozenset(),
    "works_in_occupation": frozenset(),
    "work_years": frozenset({"years"}),
    "has_certificate": frozenset({"level"}),
    "years_since_certificate": frozenset({"level", "years"}),
    "work_years_after_certificate": frozenset({"level", "years"}),
    "diploma": frozenset({"kinds"}),
    "title": frozenset({"grade"}),
    "work_years_after_title": frozenset({"grade", "years"}),
    "years_since_title": frozenset({"grade", "years"}),
    "class_kind": frozenset({"kinds"}),
    "school_kind": frozenset({"kinds"}),
    "final_year_or_graduate": frozenset(),
    "graduate": frozenset(),
    "enrolled": frozenset(),
    "own_student": frozenset(),
    "excellent": frozenset(),
    "one_x_certificate": frozenset({"grades"}),
    "related_courses_passed": frozenset(),
    "credits_earned": frozenset(),
    "contest_result": frozenset(),
    "own_staff": frozenset(),
}
PARAMETERS = ("years", "level", "grade", "kinds", "grades")


@dataclass(frozen=True, slots=True)
class Predicate:
    """One requirement; certificates, work and majors are those of this or a related occupation.

    `titles_only`: a professional qualification does not stand in for the title (ELIG-01).
    `final_year_counts`: a student in the last year counts as holding the diploma. The standing of
    a student or graduate is that of the school or class which the same condition names, and with
    `own_student` beside it that of the college's own register.
    """

    predicate: PredicateName
    years: int | None = None
    level: int | None = None
    grade: Grade | None = None
    kinds: tuple[str, ...] = ()
    grades: tuple[Grade, ...] = ()
    final_year_counts: bool = False
    titles_only: bool = False

    def __post_init__(self) -> None:
        given = {name for name in PARAMETERS if getattr(self, name) not in (None, ())}
        if given != REQUIRED[self.predicate]:
            wanted = "、".join(sorted(REQUIRED[self.predicate])) or "无"
            msg = f"条件 {self.predicate} 的参数应为：{wanted}"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class EligibilityCondition:
    """One way into a level. `routes` empty: any route; `level` none: projects without levels.

    `by_standard`: the general form, which an occupational standard's own conditions replace.
    """

    id: str
    label: str
    all: tuple[Predicate, ...]
    cite: tuple[Citation, ...]
    level: int | None = None
    routes: tuple[Route, ...] = ()
    note: str = ""
    by_standard: bool = False
