"""Parallel forms out of a bank: seeded, spread evenly, checked, and explained when impossible.

Each form takes the blueprint's number of items of every kind, spread over the areas by their
weight, at most two items of one point, the mean difficulty inside the tolerance; among the
items that fit, those used least in the other forms come first, so exposure stays at its bound.
"""

import hashlib
import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from questionbank.rules.placing import MAX_PER_POINT, BankItem, Placing, by_kind_and_area

__all__ = [
    "AssemblyImpossibleError",
    "BankItem",
    "Demand",
    "Shortage",
    "assemble",
    "quotas",
    "shortages",
]
REPAIR_STEPS = 400


@dataclass(frozen=True, slots=True)
class Demand:
    """`counts` by kind; `weights` by area (any scale); difficulty mean and tolerance.

    `banned` items are left out; `used` says how often an item stood in earlier papers, and the
    least used come first (BANK-09).
    """

    counts: Mapping[str, int]
    weights: Mapping[str, float]
    difficulty: float = 0.5
    tolerance: float = 0.1
    banned: frozenset[str] = frozenset()
    used: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shortage:
    """`kind` in `area` needs `wanted` items and has `available`."""

    kind: str
    area: str
    wanted: int
    available: int


class AssemblyImpossibleError(ValueError):
    """The bank cannot meet the blueprint; `shortages` say what is short and by how many."""

    def __init__(self, shortages: Sequence[Shortage], *, difficulty: bool = False) -> None:
        self.shortages = tuple(shortages)
        self.difficulty = difficulty
        super().__init__("the bank cannot meet the blueprint")


@dataclass(slots=True)
class _Draw:
    rng: random.Random
    uses: Counter[str] = field(default_factory=Counter)


def quotas(total: int, weights: Mapping[str, float]) -> dict[str, int]:
    """Split `total` over the areas by weight (largest remainders, ties by name)."""
    whole = sum(weights.values())
    exact = {area: total * weight / whole for area, weight in weights.items()}
    given = {area: int(share) for area, share in exact.items()}
    order = sorted(exact, key=lambda area: (given[area] - exact[area], area))
    for area in order[: total - sum(given.values())]:
        given[area] += 1
    return given


def shortages(bank: Sequence[BankItem], demand: Demand) -> list[Shortage]:
    """What one form lacks, counted under the limit of items a point."""
    per_point: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for item in bank:
        if item.id not in demand.banned:
            per_point[item.kind, item.area][item.point] += 1
    missing = []
    for kind, total in sorted(demand.counts.items()):
        if not demand.weights:
            missing.append(Shortage(kind, "", total, 0))
        for area, wanted in sorted(quotas(total, demand.weights).items()):
            points = per_point[kind, area].values()
            available = sum(min(number, MAX_PER_POINT) for number in points)
            if available < wanted:
                missing.append(Shortage(kind, area, wanted, available))
    return missing


def assemble(
    bank: Sequence[BankItem], demand: Demand, *, forms: int, draw_key: str
) -> list[list[str]]:
    """Item ids of each form, in paper order; raises `AssemblyImpossibleError`.

    The same bank, demand and key give the same forms in any process.
    """
    missing = shortages(bank, demand)
    if missing:
        raise AssemblyImpossibleError(missing)
    seed = int.from_bytes(hashlib.sha256(draw_key.encode()).digest()[:8], "big")
    draw = _Draw(random.Random(seed), Counter(demand.used))  # noqa: S311 - replayable by design
    usable = sorted((i for i in bank if i.id not in demand.banned), key=lambda i: i.id)
    return [_form(usable, demand, draw) for _ in range(forms)]


def _form(bank: Sequence[BankItem], demand: Demand, draw: _Draw) -> list[str]:
    chosen, points = _fill(bank, demand, draw)
    chosen = _level(chosen, bank, demand, draw, points)
    draw.uses.update(item.id for item in chosen)
    by_kind: dict[str, list[BankItem]] = defaultdict(list)
    for item in chosen:
        by_kind[item.kind].append(item)
    ordered: list[str] = []
    for kind in sorted(by_kind):
        draw.rng.shuffle(by_kind[kind])
        ordered += [item.id for item in by_kind[kind]]
    return ordered


def _fill(
    bank: Sequence[BankItem], demand: Demand, draw: _Draw
) -> tuple[list[BankItem], Counter[str]]:
    """Items for every kind and area, and how many of each point; raises with all shortages."""
    shares = {kind: quotas(total, demand.weights) for kind, total in demand.counts.items()}
    areas = by_kind_and_area(bank)
    chosen: list[BankItem] = []
    points: Counter[str] = Counter()
    missing = []
    for area in sorted(demand.weights):
        pools = {kind: _pool(areas[area][kind], draw) for kind in sorted(shares)}
        placing = Placing(pools)
        for kind in sorted(shares):
            wanted = shares[kind][area]
            taken = placing.fill(kind, wanted)
            if taken < wanted:
                missing.append(Shortage(kind, area, wanted, taken))
        chosen += placing.chosen
        points += placing.held
    if missing:
        raise AssemblyImpossibleError(missing)
    return chosen, points


def _pool(items: Sequence[BankItem], draw: _Draw) -> list[BankItem]:
    """In random order, the least used first; of equally used ones, one of every point in turn."""
    pool = list(items)
    draw.rng.shuffle(pool)
    pool.sort(key=lambda item: draw.uses[item.id])
    seen: Counter[str] = Counter()
    turn = {}
    for item in pool:
        turn[item.id] = seen[item.point]
        seen[item.point] += 1
    pool.sort(key=lambda item: (draw.uses[item.id], turn[item.id]))
    return pool


def _level(
    chosen: list[BankItem],
    bank: Sequence[BankItem],
    demand: Demand,
    draw: _Draw,
    points: Counter[str],
) -> list[BankItem]:
    """Swap single items of the same kind and area until the mean difficulty is in tolerance."""
    size = len(chosen)
    inside = {item.id for item in chosen}
    total = sum(item.difficulty for item in chosen)
    for _ in range(REPAIR_STEPS):
        gap = demand.difficulty * size - total
        if abs(gap) <= demand.tolerance * size:
            return chosen
        swap = _best_swap(chosen, bank, inside, gap, draw, points)
        if swap is None:
            break
        place, new = swap
        old = chosen[place]
        chosen[place] = new
        total += new.difficulty - old.difficulty
        inside.symmetric_difference_update({old.id, new.id})
        points[old.point] -= 1
        points[new.point] += 1
    if abs(demand.difficulty * size - total) <= demand.tolerance * size:
        return chosen
    raise AssemblyImpossibleError([], difficulty=True)


def _best_swap(
    chosen: Sequence[BankItem],
    bank: Sequence[BankItem],
    inside: set[str],
    gap: float,
    draw: _Draw,
    points: Counter[str],
) -> tuple[int, BankItem] | None:
    best: tuple[float, int, str] | None = None
    answer: tuple[int, BankItem] | None = None
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, item in enumerate(chosen):
        places[item.kind, item.area].append(place)
    for new in bank:
        if new.id in inside:
            continue
        for place in places[new.kind, new.area]:
            old = chosen[place]
            if points[new.point] >= MAX_PER_POINT and new.point != old.point:
                continue
            left = abs(gap - (new.difficulty - old.difficulty))
            rank = (round(left, 6), draw.uses[new.id], new.id)
            if left < abs(gap) and (best is None or rank < best):
                best, answer = rank, (place, new)
    return answer
