"""How many must serve in a room or watch a sitting (STAFF-04, -06, -07, -12; SUP-05, -08)."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessment_center.registry import Citation
from assessment_center.rulebooks.rules.settings_fields import Settings
from exams.rules.duties import odd_at_least

PROCTORS, PANEL = "proctor", "panel"
WRITTEN = frozenset({"theory", "language"})
REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Requirement:
    """What one room needs: `number` is the largest of `least` and people ÷ `per`, odd if ordered.

    `kind` says who is counted: proctors, or assessors and judges with their leader.
    """

    kind: str
    number: int
    people: int
    least: int
    per: int | None = None
    odd: bool = False
    citations: tuple[Citation, ...] = ()


def requirement(
    settings: Settings, subject: str, people: int, *, per_assessor: Iterable[int] = ()
) -> Requirement:
    """The rulebook's numbers for so many candidates of a subject in one room.

    `per_assessor` are the ratios of the national standards of those who sit there: candidates for
    one assessor; the strictest counts. A group's and a module's minimum hold together (X-19).
    """
    if subject in WRITTEN:
        return _proctors(settings, people)
    review = subject == REVIEW
    group = (settings.judge_min if review else None) or settings.assessor_min
    module = settings.assessor_per_module
    odd = settings.judge_odd if review else settings.assessor_odd
    least = max([1, *(each.value for each in (group, module) if each)])
    per = min(per_assessor, default=None)
    wanted = max(least, -(-people // per)) if per else least
    cited = [each for each in (group, module) if each] + ([odd] if odd.value else [])
    return Requirement(
        PANEL,
        odd_at_least(wanted, odd=odd.value),
        people,
        least,
        per,
        odd.value,
        tuple(dict.fromkeys(text for each in cited for text in each.citations)),
    )


def _proctors(settings: Settings, people: int) -> Requirement:
    rule = settings.proctor_rule
    return Requirement(
        PROCTORS,
        rule.value.count(people),
        people,
        rule.value.min,
        rule.value.per,
        citations=rule.citations,
    )


@dataclass(frozen=True, slots=True)
class Supervision:
    """How many of the house watch a whole sitting, and whether lots say who."""

    number: int
    by_lot: bool
    citations: tuple[Citation, ...]


def supervision(settings: Settings) -> Supervision | None:
    """STAFF-12's number, or one where internal supervision must cover sittings (SUP-08).

    None where the rulebook asks for neither; `by_lot` where it wants supervisors drawn (SUP-05).
    """
    least, share = settings.supervisor_min, settings.internal_supervision_coverage
    covered = share if share and share.value > 0 else None
    asked = [each for each in (least, covered) if each]
    if not asked:
        return None
    drawn = settings.supervisor_random
    cited = [*asked, drawn] if drawn.value else asked
    return Supervision(
        max(least.value if least else 0, 1 if covered else 0),
        drawn.value,
        tuple(dict.fromkeys(text for each in cited for text in each.citations)),
    )


def too_few(need: Requirement, have: int) -> int:
    """How many are missing; more than needed is never wrong."""
    return max(0, need.number - have)


def even(need: Requirement, have: int) -> bool:
    """A panel that could tie its vote where the rulebook wants an odd one."""
    return need.odd and have > 0 and have % 2 == 0


def ratio(people: int, have: int) -> float | None:
    """Candidates for one who serves, to one decimal; None where nobody serves."""
    return round(people / have, 1) if have else None
