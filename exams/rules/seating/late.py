"""Who comes after the draw: a free place is found and nobody else moves."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from exams.rules.seating.problem import Candidate, Place
from exams.rules.seating.quality import Quality

AROUND = tuple((down, right) for down in (-1, 0, 1) for right in (-1, 0, 1) if down or right)
Grid = Mapping[Place, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Free:
    """A place that may be taken; `paper` is the one it was planned for, "" for none."""

    room: int
    number: int
    place: Place
    paper: str = ""
    accessible: bool = False


def around(grid: Grid, place: Place, paper: str, group: str) -> Quality:
    """The pairs somebody would make on this place: equal papers, diagonal ones, classmates."""
    pairs = diagonal = mates = 0
    for down, right in AROUND:
        other = grid.get((place[0] + down, place[1] + right))
        if other is None:
            continue
        if other[0] == paper:
            diagonal += bool(down and right)
            pairs += not (down and right)
        mates += bool(group) and other[1] == group
    return Quality(pairs, diagonal, mates)


def choose(
    free: Sequence[Free], grids: Sequence[Grid], late: Candidate
) -> tuple[Free, Quality] | None:
    """The best free place for one more candidate; None where there is none that may be taken.

    Equal neighbours count first, then whether the place was planned for this paper, or at all,
    then the other pairs; of equal places those whose paper has most of them left.
    """
    left = Counter(each.paper for each in free)
    fit = [each for each in free if each.accessible or not late.accessible]
    ranked = [
        (
            found.pairs,
            each.paper != late.paper,
            not each.number,
            found.diagonal,
            found.same_class,
            each.accessible,
            -left[each.paper],
            at,
        )
        for at, each in enumerate(fit)
        for found in (around(grids[each.room], each.place, late.paper, late.group),)
    ]
    if not ranked:
        return None
    best = fit[min(ranked)[-1]]
    return best, around(grids[best.room], best.place, late.paper, late.group)


def place_all(
    free: Iterable[Free], grids: list[dict[Place, tuple[str, str]]], waiting: Sequence[Candidate]
) -> tuple[list[tuple[Candidate, Free, Quality]], list[Candidate]]:
    """One after the other, those who need an accessible place first; and who finds none.

    `grids` are filled as places are taken.
    """
    open_places = list(free)
    placed: list[tuple[Candidate, Free, Quality]] = []
    left: list[Candidate] = []
    for late in sorted(waiting, key=lambda each: (not each.accessible, each.id)):
        found = choose(open_places, grids, late)
        if found is None:
            left.append(late)
            continue
        place, quality = found
        open_places.remove(place)
        grids[place.room][place.place] = (late.paper, late.group)
        placed.append((late, place, quality))
    return placed, left
