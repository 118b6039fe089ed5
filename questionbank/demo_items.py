"""The demo centre's items, made of facts written for it: questions, statements and tasks."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import cycle
from pathlib import Path

from questionbank.enums import ItemKind

DATA = Path(__file__).parent / "data"
FILES = {
    "电工": "electrician",
    "焊工": "welder",
    "化学检验员": "chemist",
    "保育师": "nursery",
}
HARDNESS = tuple(Decimal(text) for text in ("0.35", "0.45", "0.50", "0.55", "0.65"))
VARIANTS = re.compile(r"\{(.+?)\}")


@dataclass(frozen=True, slots=True)
class Fact:
    """`question` is completed rightly by `right`, wrongly by each of `wrong`."""

    area: str
    topic: str
    question: str
    right: str
    wrong: tuple[str, ...]

    def says(self, end: str) -> str:
        return f"{self.question}{end}"


@dataclass(frozen=True, slots=True)
class DemoItem:
    topic: str
    kind: str
    stem: str
    answer: object
    options: tuple[str, ...] = ()
    difficulty: Decimal = HARDNESS[2]


def _lines(name: str) -> Iterator[tuple[str, str]]:
    area = ""
    for line in (DATA / f"demo_{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            area = line[2:]
        elif line:
            yield area, line


def facts_of(occupation: str) -> list[Fact]:
    """What everybody must know, and what the occupation demands."""
    found = []
    for area, line in (*_lines("common"), *_lines(FILES[occupation])):
        topic, question, right, *wrong = line.split("|")
        found.append(Fact(area, topic, question, right, tuple(wrong)))
    return found


def theory_items(facts: Sequence[Fact], rng: random.Random) -> list[DemoItem]:
    """Three choices and two statements of every fact, difficulties spread evenly."""
    made = []
    hardness = cycle(HARDNESS)
    for fact in facts:
        near = [each for each in facts if each.area == fact.area and each is not fact]
        others = rng.sample(near, 3)
        made += [
            _single(fact, fact.question, fact.right, fact.wrong, rng, next(hardness)),
            _single(
                fact,
                f"关于{fact.topic}，下列说法正确的是",
                fact.says(fact.right),
                [fact.says(fact.wrong[0]), *(o.says(o.wrong[1]) for o in others[:2])],
                rng,
                next(hardness),
            ),
            _single(
                fact,
                f"关于{fact.topic}及相关知识，下列说法错误的是",
                fact.says(fact.wrong[2]),
                [o.says(o.right) for o in others],
                rng,
                next(hardness),
            ),
            _statement(fact, fact.right, True, next(hardness)),
            _statement(fact, fact.wrong[1], False, next(hardness)),
        ]
    return made


def _single(
    fact: Fact,
    stem: str,
    right: str,
    wrong: Sequence[str],
    rng: random.Random,
    hardness: Decimal,
) -> DemoItem:
    options = [right, *wrong]
    rng.shuffle(options)
    answer = [options.index(right)]
    return DemoItem(fact.topic, ItemKind.SINGLE, stem, answer, tuple(options), hardness)


def _statement(fact: Fact, end: str, answer: bool, hardness: Decimal) -> DemoItem:  # noqa: FBT001
    return DemoItem(
        fact.topic, ItemKind.TRUE_FALSE, f"{fact.says(end)}。", answer, difficulty=hardness
    )


def tasks_of(occupation: str) -> list[DemoItem]:
    """The occupation's tasks, each in all its variants, with their marking."""
    found = []
    for area, line in _lines("tasks"):
        if area != occupation:
            continue
        topic, text, marking = line.split("|")
        variants = VARIANTS.search(text)
        assert variants is not None
        for variant in variants.group(1).split("/"):
            stem = VARIANTS.sub(variant, text)
            found.append(DemoItem(topic, ItemKind.PRACTICAL, stem, marking))
    return found
