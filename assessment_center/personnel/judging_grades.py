"""How one assessment's rating reads as a grade on the forms: the grade given, or the score's."""

from dataclasses import dataclass
from decimal import Decimal

from assessment_center.personnel.rules.appraisal import band
from assessment_center.registry import Citation
from assessment_center.rulebooks.rules.rulebook import Rulebook

GIVEN, FOUND = "评价", "所在等次"


@dataclass(frozen=True, slots=True)
class Grades:
    """What stands in the column of grades, and under which articles.

    `bounds` are the rulebook's lower bounds of the year, best first: a score of one assessment is
    shown with the grade it would make by itself. A rulebook without them rates by the grade given.
    """

    names: tuple[str, ...] = ()
    bounds: tuple[int, ...] = ()
    cite: tuple[Citation, ...] = ()

    @property
    def label(self) -> str:
        return FOUND if self.bounds else GIVEN

    @property
    def notes(self) -> tuple[str, ...]:
        """How a score becomes a grade, in words; nothing where the grade itself is given."""
        if not self.bounds:
            return ()
        told = [
            f"{name} {bound} 分及以上" for name, bound in zip(self.names, self.bounds, strict=False)
        ]
        basis = "、".join(str(each) for each in self.cite)
        bands = "，".join([*told, f"{self.bounds[-1]} 分以下{self.names[-1]}"])
        return (f"{FOUND}按认定分数得出：{bands}；年度等次另按全年加权平均分评定。依据：{basis}。",)

    def of(self, score: object, grade: str) -> str:
        """The grade given, else the band of the score, else nothing."""
        if grade or not self.bounds or score in (None, ""):
            return grade
        return band(Decimal(str(score)), self.bounds, self.names)


def grades_of(rules: Rulebook | None) -> Grades:
    settings = rules.settings if rules else None
    if settings is None or settings.appraisal_grades is None or settings.appraisal_bands is None:
        return Grades()
    names, bounds = settings.appraisal_grades, settings.appraisal_bands
    cite = tuple(dict.fromkeys((*bounds.citations, *names.citations)))
    return Grades(names.value, bounds.value, cite)
