"""Seating a sitting with its database: loading, solving and writing beside sorting and writing."""

import random
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction

from assessment_center.registry import SYSTEM
from exams import services
from exams.models import SeatAssignment, Sitting
from tests.load import instance as instances
from tests.load import others
from tests.load.world import sitting_of

RUNS = 5
OPEN_SIZE = 1200


def timed(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def seating(name: str, n: int, seed: int, folder: Path) -> dict[str, Any]:
    """Medians of five interleaved runs, each from an empty seat table to the commit."""
    instance, origin = instances.make(n, seed)
    sitting = sitting_of(instance, f"B{n}")
    ours: list[float] = []
    floor: list[float] = []
    ordered = {"actor": SYSTEM, "sitting": sitting, "draw_key": f"bench-{seed}"}
    for _run in range(RUNS):
        _reset(sitting)
        ours.append(timed(partial(services.arrange_seats, **ordered)))
        rows = list(sitting.seats.all())
        plan = _plan(sitting, instance)
        _reset(sitting)
        floor.append(timed(partial(_sort_and_write, rows, seed)))
    seconds, least = statistics.median(ours), statistics.median(floor)
    found = instances.checked(instance, plan, folder, name)
    return {
        "name": name,
        "n": n,
        "seconds": round(seconds, 3),
        "floor_seconds": round(least, 3),
        "ratio": round(seconds / least, 2),
        "instance": origin,
        "violations": found["violations"] if found else None,
        "check": found,
        "beside": _beside(instance, seed),
    }


def _reset(sitting: Sitting) -> None:
    with transaction.atomic():
        sitting.seats.all().delete()
        Sitting.objects.filter(pk=sitting.pk).update(
            status="planned", draw_key="", draw_commitment="", algorithm="", candidates_digest=""
        )


def _sort_and_write(rows: list[SeatAssignment], seed: int) -> None:
    """The floor: the same rows sorted by a random key and written in one transaction."""
    keys = random.Random(seed)
    ordered = sorted(rows, key=lambda _each: keys.random())
    with transaction.atomic():
        SeatAssignment.objects.bulk_create(ordered)


def _plan(sitting: Sitting, instance: dict[str, Any]) -> dict[str, Any]:
    """The plan as written, read back from the database in the checker's shape."""
    numbers = dict(sitting.rooms.values_list("pk", "number"))
    rooms: list[dict[str, Any]] = [{**room, "seats": []} for room in instance["rooms"]]
    rows = sitting.seats.values_list("sitting_room", "row", "column", "application__number")
    for room, row, column, number in rows:
        place = {"row": row, "column": column, "candidate": number.rpartition("-")[2]}
        rooms[numbers[room] - 1]["seats"].append(place)
    return {"rooms": rooms}


def _beside(instance: dict[str, Any], seed: int) -> dict[str, Any]:
    """What list order, chance and the open algorithm reach; the last on 1,200 candidates only."""
    small, _ = instances.make(OPEN_SIZE, seed)
    start = time.perf_counter()
    placed = others.most_restricted_first(small, seed)
    seconds = time.perf_counter() - start
    return {
        "list_order": others.figures(instance, others.list_order(instance)),
        "random": others.figures(instance, others.chance(instance, seed)),
        "berkeley-cdss": {
            "n": OPEN_SIZE,
            **others.figures(small, placed),
            "seconds": round(seconds, 2),
            "list_order_pairs": others.figures(small, others.list_order(small))["pairs"],
        },
    }
