"""How good a plan is: equal papers side by side or front to back, diagonal, and classmates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FORWARD = ((0, 1), (1, 0), (1, 1), (1, -1))


@dataclass(frozen=True, slots=True, order=True)
class Quality:
    """Counts of neighbour pairs; fewer is better, compared in the order of the fields."""

    pairs: int
    diagonal: int
    same_class: int


def measure(rooms: Iterable[Mapping[tuple[int, int], tuple[str, str]]]) -> Quality:
    """Count the neighbours of each room given as {(row, column): (paper, class)}.

    A candidate without a class ("") has no classmates.
    """
    pairs = diagonal = same_class = 0
    for grid in rooms:
        for (row, column), (paper, group) in grid.items():
            for down, right in FORWARD:
                other = grid.get((row + down, column + right))
                if other is None:
                    continue
                if other[0] == paper:
                    if down and right:
                        diagonal += 1
                    else:
                        pairs += 1
                same_class += bool(group) and other[1] == group
    return Quality(pairs, diagonal, same_class)


@dataclass(frozen=True, slots=True)
class Bound:
    """No plan can have fewer; `diagonal` is None where it is not known."""

    pairs: int
    diagonal: int | None
