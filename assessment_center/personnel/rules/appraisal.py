"""How a year of assessing is judged: mean and band, automatic failings, what follows (ASR-15..19).

Pure: records of sessions in, verdicts out. Nothing here knows a rulebook; the figures are given.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

CENT = Decimal("0.01")


class Taken(StrEnum):
    """How somebody answered a dispatch to one assessment."""

    SERVED = "served"
    MISSED = "missed"
    REFUSED = "refused"
    EXCUSED = "excused"


class Failing(StrEnum):
    """Why a year is unqualified whatever the scores are (ASR-17)."""

    MISSED_IN_A_ROW = "missed_in_a_row"
    NONE_IN_THE_YEAR = "none_in_the_year"


class Follows(StrEnum):
    """What an appraisal leads to (ASR-18, SUP-11)."""

    REWARD = "reward"
    RETRAIN = "retrain"
    DISMISS = "dismiss"
    PAUSE = "pause"


@dataclass(frozen=True, slots=True)
class Session:
    """One dispatch: the day, how it was answered, the score given, its weight (sittings judged)."""

    day: date
    taken: Taken
    score: Decimal | None = None
    weight: int = 1


def weighted_mean(sessions: Iterable[Session]) -> Decimal | None:
    """The mean of the scores by weight, not rounded; None when nothing was scored.

    The rules name a weighted mean without saying by what: a session counts once for each sitting
    judged in it.
    """
    scored = [
        (each.score, each.weight)
        for each in sessions
        if each.taken == Taken.SERVED and each.score is not None and each.weight > 0
    ]
    whole = sum(weight for _score, weight in scored)
    if not whole:
        return None
    return sum((score * weight for score, weight in scored), Decimal(0)) / whole


def shown(mean: Decimal) -> Decimal:
    """The mean as it is printed, two decimals; bands are found by the unrounded one."""
    return mean.quantize(CENT, rounding=ROUND_HALF_UP)


def band(mean: Decimal, bounds: Sequence[int], grades: Sequence[str]) -> str:
    """The grade whose lower bound the mean reaches; the last grade has none.

    Raises `ValueError` unless there is one grade more than bounds, both from the best down.
    """
    if len(grades) != len(bounds) + 1 or list(bounds) != sorted(bounds, reverse=True):
        msg = "等次须比下限多一个，下限由高到低"
        raise ValueError(msg)
    reached = (grade for bound, grade in zip(bounds, grades, strict=False) if mean >= bound)
    return next(reached, grades[-1])


def latest_run(sessions: Sequence[Session], kinds: Collection[Taken]) -> int:
    """How many dispatches up to the last one, without a break, were answered in one of `kinds`."""
    run = 0
    for each in sorted(sessions, key=lambda one: one.day, reverse=True):
        if each.taken not in kinds:
            break
        run += 1
    return run


def failing(
    sessions: Sequence[Session],
    year: int,
    *,
    missed_limit: int | None,
    none_is_failing: bool,
) -> Failing | None:
    """Why the year fails without looking at scores (ASR-17), or None.

    A run may have begun in the year before; it counts in the year in which it reaches the limit or
    goes on. A leave granted for a good reason is no absence and ends a run. Who was never sent
    has missed nothing.
    """
    ordered = sorted(sessions, key=lambda each: each.day)
    absent = (Taken.MISSED, Taken.REFUSED)
    if missed_limit:
        for place, each in enumerate(ordered, start=1):
            if each.day.year == year and latest_run(ordered[:place], absent) >= missed_limit:
                return Failing.MISSED_IN_A_ROW
    own = [each for each in ordered if each.day.year == year and each.taken != Taken.EXCUSED]
    if none_is_failing and own and not any(each.taken == Taken.SERVED for each in own):
        return Failing.NONE_IN_THE_YEAR
    return None


def unqualified_years(
    found: Mapping[int, bool], year: int, *, since: int, consecutive: bool
) -> int:
    """How many unqualified years count at the end of `year`, that year included.

    `found` says of each appraised year whether it was unqualified. `consecutive`: the run that ends
    now; else all since the hire began (`since`). A year without an appraisal breaks a run.
    """
    if not consecutive:
        return sum(1 for each, bad in found.items() if bad and since <= each <= year)
    run = 0
    while found.get(year - run, False):
        run += 1
    return run


@dataclass(frozen=True, slots=True)
class Measures:
    """What the rulebook orders after an appraisal; None and False: it does not."""

    dismiss_after: int | None = None
    consecutive: bool = False
    retrain: bool = False
    reward: bool = False


def follows(
    grade: str,
    grades: Sequence[str],
    measures: Measures,
    earlier: Mapping[int, bool],
    *,
    year: int,
    since: int,
) -> tuple[Follows, ...]:
    """What the grade of this year leads to; the first grade is the best, the last unqualified.

    Who is dismissed is not sent to training any more.
    """
    if not grades or grade not in grades:
        return ()
    if grade == grades[0]:
        return (Follows.REWARD,) if measures.reward else ()
    if grade != grades[-1]:
        return ()
    found = {**earlier, year: True}
    count = unqualified_years(found, year, since=since, consecutive=measures.consecutive)
    if measures.dismiss_after and count >= measures.dismiss_after:
        return (Follows.DISMISS,)
    return (Follows.RETRAIN,) if measures.retrain else ()
