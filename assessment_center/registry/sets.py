"""Open sets: lower code shows or gathers what higher apps register at start."""

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class OpenSet(Generic[T]):
    """Entries by key, in the order of (`order`, key); a key registered twice is an error."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._entries: dict[str, tuple[int, T]] = {}

    def register(self, key: str, entry: T, *, order: int = 100) -> T:
        if key in self._entries and self._entries[key][1] is not entry:
            message = f"{self.name}: {key} is registered twice"
            raise ValueError(message)
        self._entries[key] = (order, entry)
        return entry

    def get(self, key: str) -> T | None:
        found = self._entries.get(key)
        return found[1] if found else None

    def __getitem__(self, key: str) -> T:
        return self._entries[key][1]

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def __len__(self) -> int:
        return len(self._entries)

    def items(self) -> Iterator[tuple[str, T]]:
        ordered = sorted(self._entries.items(), key=lambda pair: (pair[1][0], pair[0]))
        return ((key, entry) for key, (_, entry) in ordered)

    def __iter__(self) -> Iterator[T]:
        return (entry for _, entry in self.items())
