"""What stands beside our plans in the table: list order, chance, and an open algorithm.

`most_restricted_first` is written anew from the published description of berkeley-cdss/seating:
look for whoever has the fewest possible seats, give him one of them at random, repeat. It says
where somebody may sit, never beside whom, and was not made for keeping papers apart.
"""

import random
from collections import defaultdict
from typing import Any

from exams.rules.seating import RoomShape, measure, path

Placed = list[tuple[int, tuple[int, int], dict[str, Any]]]


def _seats(rooms: list[dict[str, Any]]) -> list[tuple[int, tuple[int, int]]]:
    return [
        (at, place)
        for at, room in enumerate(rooms)
        for place in path(RoomShape(room["rows"], room["columns"]), "serpentine")
    ]


def list_order(instance: dict[str, Any]) -> Placed:
    """By paper and number along the S through the rooms, as lists are pasted by hand."""
    people = sorted(instance["candidates"], key=lambda each: (each["paper"], each["id"]))
    return [(*seat, each) for seat, each in zip(_seats(instance["rooms"]), people, strict=False)]


def chance(instance: dict[str, Any], seed: int) -> Placed:
    people = list(instance["candidates"])
    random.Random(seed).shuffle(people)
    return [(*seat, each) for seat, each in zip(_seats(instance["rooms"]), people, strict=False)]


def most_restricted_first(instance: dict[str, Any], seed: int) -> Placed:
    """Each paper is a preference group; every seat suits every group."""
    rng = random.Random(seed)
    free = set(range(len(seats := _seats(instance["rooms"]))))
    waiting: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for each in instance["candidates"]:
        waiting[each["paper"]].append(each)
    placed: Placed = []
    while waiting:
        possible = {group: [seat for seat in free if group] for group in waiting}
        group = min(sorted(waiting), key=lambda each: len(possible[each]))
        chosen = waiting[group].pop(rng.randrange(len(waiting[group])))
        if not waiting[group]:
            del waiting[group]
        seat = possible[group][rng.randrange(len(possible[group]))]
        free.remove(seat)
        placed.append((*seats[seat], chosen))
    return placed


def figures(instance: dict[str, Any], placed: Placed) -> dict[str, int]:
    """Pairs side by side or front to back, diagonal pairs and classmates of a plan."""
    grids: list[dict[tuple[int, int], tuple[str, str]]] = [{} for _ in instance["rooms"]]
    for room, place, each in placed:
        grids[room][place] = (each["paper"], each["class"])
    found = measure(grids)
    return {"pairs": found.pairs, "diagonal": found.diagonal, "same_class": found.same_class}
