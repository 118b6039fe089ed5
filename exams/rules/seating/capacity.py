"""How many candidates each room takes."""

from collections.abc import Sequence

from exams.rules.seating.problem import RoomShape


class CapacityError(ValueError):
    """The rooms have fewer seats than there are candidates; `short` is how many fewer."""

    def __init__(self, short: int) -> None:
        self.short = short
        super().__init__(f"{short} seats short")


class AccessibleError(ValueError):
    """Fewer accessible places than candidates who need one; `short` is how many fewer."""

    def __init__(self, short: int) -> None:
        self.short = short
        super().__init__(f"{short} accessible places short")


def fewest(capacities: Sequence[int], candidates: int, *, reserve: int) -> list[int]:
    """The indexes of as few rooms as hold all candidates with `reserve` seats kept free in each.

    The largest rooms are taken, and of those that suffice in the end the smallest, so that big
    rooms stay free. Raises `CapacityError` when all of them are too few.
    """
    order = sorted(range(len(capacities)), key=lambda at: (-capacities[at], at))
    chosen: list[int] = []
    left = candidates
    for at in order:
        if left <= 0:
            break
        chosen.append(at)
        left -= max(0, capacities[at] - reserve)
    if left > 0:
        raise CapacityError(left)
    if chosen:
        need = left + max(0, capacities[chosen[-1]] - reserve)
        rest = [at for at in order if at not in chosen[:-1] and capacities[at] - reserve >= need]
        chosen[-1] = rest[-1]
    return sorted(chosen)


def fill(shapes: Sequence[RoomShape], candidates: int) -> list[int]:
    """Candidates per room, in proportion to the seats, so that no room is much emptier.

    Raises `CapacityError` when the seats do not suffice.
    """
    total = sum(shape.capacity for shape in shapes)
    if candidates > total:
        raise CapacityError(candidates - total)
    if not total:
        return [0] * len(shapes)
    taken, seats, numbers = 0, 0, []
    for shape in shapes:
        seats += shape.capacity
        upto = candidates * seats // total
        numbers.append(upto - taken)
        taken = upto
    return numbers
