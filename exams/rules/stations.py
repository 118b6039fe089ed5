"""Workstations at which one or several work, and the seats they make."""

from collections.abc import Iterable


def spread(stations: Iterable[tuple[int, int]]) -> list[int]:
    """The station of every seat, seat 1 first, from (number, how many work there at once)."""
    return [number for number, capacity in sorted(stations) for _seat in range(capacity)]
