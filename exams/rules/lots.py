"""Drawing lots by a committed key: who gets which place, without the pairs that are barred.

The same key, purpose, people, places and bars give the same lots in every process.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from exams.rules.seating.draw import generator

ALGORITHM = "lots-1"
TRIES = 500
Pair = tuple[str, str]


class NoLotsError(ValueError):
    """There is no way to give everybody a place; `person` is one who is left over."""

    def __init__(self, person: str) -> None:
        self.person = person
        super().__init__(person)


@dataclass(frozen=True, slots=True)
class Hat:
    """What goes into the draw: people, places, and the (person, place) pairs that may not be."""

    people: Sequence[str]
    places: Sequence[str]
    barred: Collection[Pair] = ()


def draw(hat: Hat, *, key: str, purpose: str) -> list[Pair]:
    """Everybody's place, in the order of the people's names.

    Whole draws are repeated until none of the pairs is barred, so that every permitted outcome is
    equally likely; where bars are so many that this does not come about, places are matched in
    drawn order. Raises `NoLotsError` where no permitted outcome exists, `ValueError` where people
    are more than places or named twice.
    """
    people, places = sorted(hat.people), sorted(hat.places)
    if len(set(people)) != len(people) or len(set(places)) != len(places):
        message = "named twice"
        raise ValueError(message)
    if len(people) > len(places):
        message = "more people than places"
        raise ValueError(message)
    barred, rng = frozenset(hat.barred), generator(key, purpose)
    for _try in range(TRIES):
        pairs = list(zip(people, rng.sample(places, len(people)), strict=True))
        if barred.isdisjoint(pairs):
            return pairs
    return _matched(people, places, barred, rng)


def _matched(
    people: list[str], places: list[str], barred: frozenset[Pair], rng: Random
) -> list[Pair]:
    """One permitted outcome by augmenting paths, people and places in drawn order."""
    order = rng.sample(people, len(people))
    wishes = {
        person: [p for p in rng.sample(places, len(places)) if (person, p) not in barred]
        for person in order
    }
    held: dict[str, str] = {}

    def seek(person: str, seen: set[str]) -> bool:
        for place in wishes[person]:
            if place in seen:
                continue
            seen.add(place)
            if place not in held or seek(held[place], seen):
                held[place] = person
                return True
        return False

    for person in order:
        if not seek(person, set()):
            raise NoLotsError(person)
    return sorted((person, place) for place, person in held.items())


def inputs_digest(inputs: Mapping[str, object]) -> str:
    """The SHA-256 of what was drawn from, so that a replay can prove it is the same."""
    text = json.dumps(inputs, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
