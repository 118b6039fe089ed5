"""Which items of an area a form takes: as many of each kind as asked, few of one point.

A greedy choice can block itself, since all kinds share the limit of a point; where it does, items
already chosen move to other points (augmenting paths), so what can be filled is filled.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

MAX_PER_POINT = 2


@dataclass(frozen=True, slots=True)
class BankItem:
    id: str
    kind: str
    area: str
    point: str
    difficulty: float


@dataclass(slots=True)
class Placing:
    """One area of one form; `pools` hold each kind's items, the most wanted first."""

    pools: Mapping[str, Sequence[BankItem]]
    chosen: list[BankItem] = field(default_factory=list)
    held: Counter[str] = field(default_factory=Counter)

    def fill(self, kind: str, wanted: int) -> int:
        """Choose `wanted` items of `kind`; returns how many could be chosen."""
        taken = 0
        for item in self.pools.get(kind, ()):
            if taken == wanted:
                return taken
            if self.held[item.point] < MAX_PER_POINT:
                self._choose(item)
                taken += 1
        while taken < wanted and self._augment(kind, set()):
            taken += 1
        return taken

    def _choose(self, item: BankItem) -> None:
        self.chosen.append(item)
        self.held[item.point] += 1

    def _drop(self, item: BankItem) -> None:
        self.chosen.remove(item)
        self.held[item.point] -= 1

    def _free(self, kind: str) -> dict[str, BankItem]:
        """The first unchosen item of `kind` for each point."""
        inside = {item.id for item in self.chosen}
        found: dict[str, BankItem] = {}
        for item in self.pools.get(kind, ()):
            if item.id not in inside:
                found.setdefault(item.point, item)
        return found

    def _augment(self, kind: str, visited: set[str]) -> bool:
        """Choose one more item of `kind`, moving chosen ones of other kinds along."""
        for point, item in self._free(kind).items():
            if point in visited:
                continue
            visited.add(point)
            if self.held[point] < MAX_PER_POINT:
                self._choose(item)
                return True
            sitting = [each for each in self.chosen if each.point == point and each.kind != kind]
            for other in sitting:
                if self._augment(other.kind, visited):
                    self._drop(other)
                    self._choose(item)
                    return True
        return False


def by_kind_and_area(bank: Sequence[BankItem]) -> dict[str, dict[str, list[BankItem]]]:
    """Items by area, then by kind."""
    found: dict[str, dict[str, list[BankItem]]] = defaultdict(lambda: defaultdict(list))
    for item in bank:
        found[item.area][item.kind].append(item)
    return found
