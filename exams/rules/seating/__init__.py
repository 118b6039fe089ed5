"""Seating without Django: candidates and rooms in, a checked plan with its lower bound out.

    plan = arrange(rooms, candidates, key="…")
    plan.seats        one `Seated` per candidate, in the order of rooms and seat numbers
    plan.holes        the places kept free for late ones
    plan.quality      (pairs, diagonal, same_class), compared in this order, each beside its bound

The same key, candidates, rooms and `ALGORITHM` give the same plan in any process.
"""

from exams.rules.seating.arrange import ALGORITHM, arrange
from exams.rules.seating.bounds import lower_bound
from exams.rules.seating.capacity import AccessibleError, CapacityError, fewest, fill
from exams.rules.seating.draw import candidates_digest, commitment, generator
from exams.rules.seating.late import Free, around, place_all
from exams.rules.seating.numbering import path
from exams.rules.seating.problem import (
    Candidate,
    Hole,
    Mixing,
    Numbering,
    Plan,
    RoomShape,
    Seated,
)
from exams.rules.seating.quality import Bound, Quality, measure
from exams.rules.seating.replay import faults, to_record

__all__ = [
    "ALGORITHM",
    "AccessibleError",
    "Bound",
    "Candidate",
    "CapacityError",
    "Free",
    "Hole",
    "Mixing",
    "Numbering",
    "Plan",
    "Quality",
    "RoomShape",
    "Seated",
    "around",
    "arrange",
    "candidates_digest",
    "commitment",
    "faults",
    "fewest",
    "fill",
    "generator",
    "lower_bound",
    "measure",
    "path",
    "place_all",
    "to_record",
]
