"""Drawing a sample that anybody can draw again: by seed and application numbers alone."""

import hashlib
from collections.abc import Iterable
from math import ceil


def size_of(population: int, percent: int) -> int:
    """How many are looked at one by one: `percent` of them, rounded up; nobody of nobody."""
    return ceil(population * percent / 100)


def drawn(numbers: Iterable[str], *, percent: int, seed: str) -> list[str]:
    """The sampled application numbers, in the order of their lots.

    Every number's lot is the SHA-256 of seed and number; the smallest lots are drawn. The order
    in which the numbers are given does not matter, and a number given twice counts once.
    """
    pool = sorted(set(numbers))
    lots = sorted(pool, key=lambda number: hashlib.sha256(f"{seed}|{number}".encode()).digest())
    return lots[: size_of(len(pool), percent)]
