"""The record of a draw as plain data, and how anybody repeats it without this program's database.

    python -m exams.rules.seating RECORD.json

The record names the algorithm, the key with the digest published before, the rooms, the list of
candidates (numbers, papers, classes as letters; no names) and every seat that was drawn.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from exams.rules.seating.arrange import ALGORITHM, arrange
from exams.rules.seating.draw import candidates_digest, commitment
from exams.rules.seating.problem import Candidate, Mixing, Numbering, Plan, RoomShape


def to_record(
    shapes: Sequence[RoomShape],
    candidates: Sequence[Candidate],
    plan: Plan,
    *,
    numbering: Numbering,
    mixing: Mixing,
    reserve: int,
) -> dict[str, Any]:
    """Everything the draw needs but its key; `seats` are room, number, row, column, candidate."""
    return {
        "algorithm": plan.algorithm,
        "numbering": numbering,
        "mixing": mixing,
        "reserve": reserve,
        "rooms": [
            {
                "rows": shape.rows,
                "columns": shape.columns,
                "limit": shape.limit,
                "blocked": sorted(map(list, shape.blocked)),
                "accessible": sorted(map(list, shape.accessible)),
            }
            for shape in shapes
        ],
        "candidates": [
            [each.id, each.paper, each.group, int(each.accessible)] for each in candidates
        ],
        "seats": _seats(plan),
    }


def _seats(plan: Plan) -> list[list[Any]]:
    return [
        [seat.room + 1, seat.number, seat.row, seat.column, seat.candidate.id]
        for seat in plan.seats
    ]


def _places(listed: Sequence[Sequence[int]]) -> frozenset[tuple[int, int]]:
    return frozenset((row, column) for row, column in listed)


def faults(record: Mapping[str, Any]) -> list[str]:
    """Repeat the draw; what does not agree, in sentences. Empty: the record is true."""
    if record["algorithm"] != ALGORITHM:
        return [f"the record is of {record['algorithm']}, this program draws by {ALGORITHM}"]
    found = []
    if commitment(record["key"]) != record["commitment"]:
        found.append("the key is not the one whose digest was published")
    people = _people(record)
    if candidates_digest(people) != record["candidates_digest"]:
        found.append("the list of candidates is not the one that was drawn")
    plan = arrange(
        _shapes(record),
        people,
        key=record["key"],
        numbering=record["numbering"],
        mixing=record["mixing"],
        reserve=record["reserve"],
    )
    wrong = sum(one != two for one, two in zip(_seats(plan), record["seats"], strict=False))
    wrong += abs(len(plan.seats) - len(record["seats"]))
    if wrong:
        found.append(f"{wrong} seats differ from the record")
    return found


def _people(record: Mapping[str, Any]) -> list[Candidate]:
    return [
        Candidate(id_, paper, group, bool(need)) for id_, paper, group, need in record["candidates"]
    ]


def _shapes(record: Mapping[str, Any]) -> list[RoomShape]:
    return [
        RoomShape(
            room["rows"],
            room["columns"],
            _places(room["blocked"]),
            room["limit"],
            _places(room["accessible"]),
        )
        for room in record["rooms"]
    ]
