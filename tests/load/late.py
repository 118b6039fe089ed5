"""Late entries: placed after the draw into places kept free, without moving anybody."""

import random
import time
from typing import Any

from exams.rules.seating import Candidate, Free, RoomShape, arrange, place_all
from tests.load import instance as instances

ENOUGH = 0.99


def late(n: int, seed: int) -> dict[str, Any]:
    """One in a hundred comes after the draw: how many sit apart, and that nobody else moved."""
    instance, origin = instances.make(n, seed)
    people = [
        Candidate(each["id"], each["paper"], each["class"]) for each in instance["candidates"]
    ]
    shapes = [RoomShape(5, 6)] * -(-n // 29)
    plan = arrange(shapes, people, key=f"bench-{seed}", reserve=1)
    grids: list[dict[tuple[int, int], tuple[str, str]]] = [{} for _ in shapes]
    for seat in plan.seats:
        grids[seat.room][seat.row, seat.column] = (seat.candidate.paper, seat.candidate.group)
    before = [dict(grid) for grid in grids]
    chosen = random.Random(seed).choices(people, k=n // 100)
    waiting = [Candidate(f"late{at}", each.paper, each.group) for at, each in enumerate(chosen)]
    free = [
        Free(hole.room, hole.number, (hole.row, hole.column), hole.paper) for hole in plan.holes
    ]
    start = time.perf_counter()
    placed, left = place_all(free, grids, waiting)
    seconds = time.perf_counter() - start
    apart = sum(quality.pairs == 0 for *_, quality in placed) / len(waiting)
    moved = sum(not old.items() <= new.items() for old, new in zip(before, grids, strict=True))
    return {
        "name": "seating_late",
        "n": n,
        "late": len(waiting),
        "seconds": round(seconds, 3),
        "instance": origin,
        "violations": int(bool(left) or apart < ENOUGH or bool(moved)),
        "check": {"apart": apart, "without_place": len(left), "rooms_changed": moved},
    }
