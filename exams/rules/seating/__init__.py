"""Seating without Django: candidates and rooms in, a checked plan with its lower bound out.

    plan = arrange(rooms, candidates, key="…")
    plan.seats        one `Seated` per candidate, in the order of rooms and seat numbers
    plan.quality      (pairs, diagonal, same_class), compared in this order, each beside its bound

The same key, candidates, rooms and `ALGORITHM` give the same plan in any process.
"""

from exams.rules.seating.arrange import ALGORITHM, arrange
from exams.rules.seating.bounds import lower_bound
from exams.rules.seating.capacity import CapacityError, fill, rooms_needed
from exams.rules.seating.draw import candidates_digest, commitment, generator
from exams.rules.seating.numbering import path
from exams.rules.seating.problem import Candidate, Mixing, Numbering, Plan, RoomShape, Seated
from exams.rules.seating.quality import Bound, Quality, measure

__all__ = [
    "ALGORITHM",
    "Bound",
    "Candidate",
    "CapacityError",
    "Mixing",
    "Numbering",
    "Plan",
    "Quality",
    "RoomShape",
    "Seated",
    "arrange",
    "candidates_digest",
    "commitment",
    "fill",
    "generator",
    "lower_bound",
    "measure",
    "path",
    "rooms_needed",
]
