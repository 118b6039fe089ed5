"""The evaluation of an applicant by points and vetoes (FIL-13): marks in, the result out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessment_center.rulebooks.rules.filing import FilingCriterion

HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Mark:
    """What one row got: points, or for a veto row whether it is met."""

    points: Decimal | None = None
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The sheet added up; `missing` and `vetoed` are codes of rows in the table's order."""

    total: Decimal
    vetoed: tuple[str, ...]
    missing: tuple[str, ...]
    pass_score: int | None

    @property
    def complete(self) -> bool:
        return not self.missing

    @property
    def passed(self) -> bool:
        """All rows marked, no veto, and at least the pass mark where there is one."""
        reached = self.pass_score is None or self.total >= self.pass_score
        return self.complete and not self.vetoed and reached


def evaluate(
    criteria: Sequence[FilingCriterion], marks: Mapping[str, Mark], pass_score: int | None
) -> Evaluation:
    """Add the points up; a bonus row left out counts as none."""
    total = sum((m.points or Decimal(0) for m in _counted(criteria, marks)), Decimal(0))
    return Evaluation(
        total,
        tuple(c.code for c in criteria if c.veto and _mark(marks, c).met is False),
        tuple(c.code for c in criteria if not c.bonus and not _given(c, _mark(marks, c))),
        pass_score,
    )


def _counted(criteria: Iterable[FilingCriterion], marks: Mapping[str, Mark]) -> Iterable[Mark]:
    return (_mark(marks, each) for each in criteria if not each.veto)


def _mark(marks: Mapping[str, Mark], criterion: FilingCriterion) -> Mark:
    return marks.get(criterion.code, Mark())


def _given(criterion: FilingCriterion, mark: Mark) -> bool:
    return (mark.met if criterion.veto else mark.points) is not None


def fits(criterion: FilingCriterion, mark: Mark) -> bool:
    """Tell whether a row can get this mark: its kind, its points, its steps.

    All or nothing rows get all or none; a row that takes off for every fault goes down in such
    steps until nothing is left; any other is given in half points.
    """
    if criterion.veto:
        return mark.points is None and mark.met is not None
    if mark.met is not None or mark.points is None or not 0 <= mark.points <= criterion.points:
        return False
    if criterion.all_or_nothing:
        return mark.points in {0, criterion.points}
    if criterion.per_fault:
        return mark.points == 0 or (criterion.points - mark.points) % criterion.per_fault == 0
    return mark.points % HALF == 0


def figure(points: Decimal) -> str:
    """Return points as they are written: 64, or 64.5."""
    return f"{points.normalize():f}"


def full(criteria: Iterable[FilingCriterion]) -> int:
    """Return the points of the table without its bonus rows."""
    return sum(each.points for each in criteria if not each.bonus)
