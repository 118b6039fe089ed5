"""How many candidates each room takes."""

from collections.abc import Sequence

from exams.rules.seating.problem import RoomShape


class CapacityError(ValueError):
    """The rooms have fewer seats than there are candidates; `short` is how many fewer."""

    def __init__(self, short: int) -> None:
        self.short = short
        super().__init__(f"{short} seats short")


def rooms_needed(shapes: Sequence[RoomShape], candidates: int) -> int:
    """How many of the rooms, in their order, hold all candidates; raises `CapacityError`."""
    left = candidates
    for count, shape in enumerate(shapes):
        if left <= 0:
            return count
        left -= shape.capacity
    if left > 0:
        raise CapacityError(left)
    return len(shapes)


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
