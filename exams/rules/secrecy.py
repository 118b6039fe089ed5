"""From when on rooms and seats are no secret any more."""

from collections.abc import Iterable
from datetime import datetime

from exams.rules.timetable import Moment

ENTERING = frozenset({"t_cordon_entry", "t_waiting_entry", "t_candidate_entry"})


def first_entry(moments: Iterable[Moment], starts_at: datetime) -> datetime:
    """When candidates of a sitting are first let in by the rulebook's clock; else its start.

    With that the examination is under way: whoever comes in has to be led to a seat.
    """
    return min([each.at for each in moments if each.key in ENTERING], default=starts_at)


def opens_at(
    starts_at: datetime,
    *,
    chosen: datetime | None,
    issued: datetime | None,
    earliest: datetime | None,
) -> datetime | None:
    """When room and seat of a sitting become known; None: nothing has opened them yet.

    The office's hour counts (`chosen`); without one they open with the tickets (`issued`), or,
    where the rulebook keeps them secret, at the first moment it allows (`earliest`). Never before
    that moment, and never after the start.
    """
    wanted = chosen or earliest or issued
    if wanted is None:
        return None
    return min(max(wanted, earliest or wanted), starts_at)
