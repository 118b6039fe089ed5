"""Whether groups held at one time can all have judges, nobody judging in two of them."""

from collections.abc import Collection, Mapping, Sequence

from exams.rules.planning.problem import Span, overlap

Wanted = Sequence[tuple[int, Collection[str]]]
Group = tuple[Span, tuple[int, Collection[str]]]  # when it is held, and what it wants


def judged(span: Span, groups: Sequence[Group], serving: Mapping[str, Sequence[Span]]) -> bool:
    """Can all groups that meet `span` have their judges, nobody in two of them?"""
    return suffice([wanted for when, wanted in groups if overlap(when, span)], serving, span)


def suffice(wanted: Wanted, serving: Mapping[str, Sequence[Span]], span: Span) -> bool:
    """Is there a choice of judges for all of these (number, out of whom)? By augmenting paths."""
    engaged = {who for who, times in serving.items() if any(overlap(span, at) for at in times)}
    pools: list[list[str]] = []
    for number, pool in wanted:
        pools += [sorted(who for who in pool if who not in engaged)] * number
    if all(len(pool) >= len(pools) for pool in pools):
        return True
    held: dict[str, int] = {}

    def seek(seat: int, seen: set[str]) -> bool:
        for who in pools[seat]:
            if who in seen:
                continue
            seen.add(who)
            if who not in held or seek(held[who], seen):
                held[who] = seat
                return True
        return False

    return all(seek(seat, set()) for seat in range(len(pools)))
