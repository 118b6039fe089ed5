"""What each reviewer did in a batch: how many, how fast, how often sent back."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from django.db.models import Count

from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.people.reach import reach_of
from assessment_center.registry import Actor
from candidates.enums import ReviewKind
from candidates.models import OriginalSeen, ReviewStep, SampleDraw
from candidates.samples import FAULTS
from candidates.selectors import visible

DECISIONS = frozenset(ReviewKind) - {ReviewKind.REOPEN}


@dataclass(slots=True)
class Line:
    """One reviewer's figures; `minutes` is the median over the pages he decided one by one."""

    name: str
    first: int = 0
    confirmed: int = 0
    returned: int = 0
    refused: int = 0
    together: int = 0
    originals: int = 0
    seconds: list[int] = field(default_factory=list)

    @property
    def decided(self) -> int:
        return self.first + self.confirmed + self.returned + self.refused

    @property
    def minutes(self) -> float | None:
        return round(median(self.seconds) / 60, 1) if self.seconds else None

    @property
    def return_rate(self) -> float:
        """Per cent of the decisions that sent the application back."""
        return round(100 * self.returned / self.decided, 1) if self.decided else 0.0


COUNTED = {
    ReviewKind.FIRST_REVIEW: "first",
    ReviewKind.CONFIRM: "confirmed",
    ReviewKind.RETURN: "returned",
    ReviewKind.REFUSE: "refused",
}


def by_reviewer(batch: AssessmentBatch, actor: Actor) -> list[Line]:
    """One line for each reviewer of the applications this actor sees, the busiest first."""
    steps = visible(
        actor, ReviewStep.objects.filter(application__batch=batch), "application__department"
    )
    lines: dict[object, Line] = {}
    rows = steps.filter(kind__in=[kind.value for kind in DECISIONS]).order_by("created_at")
    for who, name, kind, seconds, draw in rows.values_list(
        "by_id", "by_name", "kind", "seconds", "draw_id"
    ):
        line = lines.setdefault(who, Line(name))
        counted = COUNTED[ReviewKind(kind)]
        setattr(line, counted, getattr(line, counted) + 1)
        line.together += draw is not None
        if seconds is not None:
            line.seconds.append(seconds)
    _add_originals(batch, actor, lines)
    return sorted(lines.values(), key=lambda line: (-line.decided, line.name))


def _add_originals(batch: AssessmentBatch, actor: Actor, lines: dict[object, Line]) -> None:
    seen = visible(
        actor, OriginalSeen.objects.filter(application__batch=batch), "application__department"
    )
    counts: defaultdict[object, int] = defaultdict(int)
    names: dict[object, str] = {}
    for key, name in seen.values_list("by_id", "by_name"):
        counts[key] += 1
        names[key] = name
    for who, count in counts.items():
        lines.setdefault(who, Line(names[who])).originals = count


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sample that was drawn: how many of how many, with how many faults, how many let pass."""

    draw: SampleDraw
    sampled: int
    of: int
    faults: int
    together: int


def draws(batch: AssessmentBatch, actor: Actor) -> list[Drawn]:
    """The samples of a batch, the last first; a department's clerk sees his own."""
    rows = SampleDraw.objects.filter(batch=batch)
    if not reach_of(actor, Act.APPLICATION_VIEW).everywhere:
        rows = rows.filter(by=actor.user_id)
    found = list(rows)
    steps = ReviewStep.objects.filter(application__batch=batch)
    passed = dict(steps.exclude(draw=None).order_by().values_list("draw").annotate(n=Count("pk")))
    faulty = list(steps.filter(kind__in=FAULTS).values_list("application_id", "created_at"))
    told = []
    for draw in found:
        drawn = set(draw.sampled)
        bad = {pk for pk, at in faulty if pk in drawn and at >= draw.created_at}
        sizes = len(draw.sampled), len(draw.population)
        told.append(Drawn(draw, *sizes, len(bad), passed.get(draw.pk, 0)))
    return told


def table(lines: Iterable[Line]) -> list[list[str | int | float]]:
    """The rows of the workbook, in the order of the page's columns."""
    return [
        [
            line.name, line.first, line.confirmed, line.returned, line.refused, line.together,
            line.originals, "" if line.minutes is None else line.minutes, line.return_rate,
        ]
        for line in lines
    ]  # fmt: skip
