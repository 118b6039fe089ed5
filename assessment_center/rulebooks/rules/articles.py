"""Where an article stands in a regulation: its document, and its number step by step.

A citation as printed ("《考务办法》第四条(一)、(三)") names one place or several; each is a path
from the article down ("第四条", "(一)"), so that an article knows what its clauses say.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

DIGITS = "〇一二三四五六七八九"
NUMERAL = "零〇一二三四五六七八九十百"
PRINTED = re.compile(r"《(?P<document>[^》]+)》(?P<article>.*)", re.DOTALL)
STEPS = (
    ("article", re.compile(rf"第[{NUMERAL}]+条")),
    ("section", re.compile(rf"^[{NUMERAL}]+(?=$|[\d(（、-])")),
    ("bracket", re.compile(rf"[(（][{NUMERAL}]+[)）]")),
    ("item", re.compile(r"\d+")),
    ("point", re.compile(r"[(（]\d+[)）]")),
)
NAME = re.compile(r".+?(?=\d+$|$)", re.DOTALL)
COUNT = rf"\d+|[(（][{NUMERAL}]+[)）]"
SPAN = re.compile(rf"(?P<first>.*?(?:{COUNT}))-(?P<last>{COUNT})$")
LONGEST_SPAN = 60
TENS, HUNDREDS = 10, 100
LAST = 10_000

Step = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """A document and the way down to a clause; without steps the document as a whole."""

    document: str
    steps: tuple[Step, ...] = ()

    @property
    def head(self) -> str:
        """The article the place lies in: its first number, or the whole name of a table."""
        if not self.steps:
            return ""
        kind, text = self.steps[0]
        return "".join(step for _kind, step in self.steps) if kind == "name" else text

    @property
    def clause(self) -> str:
        """What follows the article's number."""
        if not self.steps or self.steps[0][0] == "name":
            return ""
        return "".join(text for _kind, text in self.steps[1:])

    @property
    def order(self) -> tuple[tuple[int, str], ...]:
        """A key that sorts places of one document as they are read; names come last."""
        return tuple(
            (LAST, text) if kind == "name" else (_value(text), "") for kind, text in self.steps
        )

    def touches(self, other: "Place") -> bool:
        """Tell whether one of the two lies in the other."""
        common = min(len(self.steps), len(other.steps))
        return self.document == other.document and self.steps[:common] == other.steps[:common]


@lru_cache(maxsize=4096)
def places(citation: str) -> tuple[Place, ...]:
    """Return every place a printed citation names; nothing for a text of another form."""
    found = PRINTED.fullmatch(citation.strip())
    if found is None:
        return ()
    document, article = found["document"], found["article"].strip()
    if not article:
        return (Place(document),)
    return tuple(dict.fromkeys(Place(document, steps) for steps in _paths(article)))


def _paths(article: str) -> list[tuple[Step, ...]]:
    paths: list[tuple[Step, ...]] = []
    for piece in _pieces(article):
        for text in _spread(piece):
            paths.append(_following(paths[-1] if paths else (), _steps(text)))
    return paths


def _pieces(article: str) -> list[str]:
    """Part at “、” save inside a name such as “机构保障、人员管理”."""
    parts: list[str] = []
    for part in article.split("、"):
        numbered = part and (_steps(part)[0][0] != "name" or part[-1].isdigit())
        if parts and not numbered:
            parts[-1] += f"、{part}"
        else:
            parts.append(part)
    return parts


def _spread(piece: str) -> list[str]:
    """“6-8” names three items, “第十条(一)-(四)” four clauses."""
    span = SPAN.fullmatch(piece)
    if span is None:
        return [piece]
    start = _steps(span["first"])
    stem = "".join(text for _kind, text in start[:-1])
    first, last = _value(start[-1][1]), _value(span["last"])
    if not first < last < first + LONGEST_SPAN:
        return [piece]
    shape = "({})" if start[-1][0] == "bracket" else "{}"
    written = _chinese if start[-1][0] == "bracket" else str
    return [stem + shape.format(written(n)) for n in range(first, last + 1)]


def _steps(text: str) -> tuple[Step, ...]:
    steps: list[Step] = []
    rest, start = text, True
    while rest:
        kind, length = _next(rest, start=start)
        steps.append((kind, rest[:length].replace("（", "(").replace("）", ")").strip()))
        rest, start = rest[length:], False
    return tuple(steps)


def _next(rest: str, *, start: bool) -> tuple[str, int]:
    for kind, pattern in STEPS:
        if (kind != "section" or start) and (found := pattern.match(rest)):
            return kind, found.end()
    found = NAME.match(rest)
    return "name", found.end() if found else len(rest)


def _following(before: tuple[Step, ...], steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """“(三)” after “第四条(一)” is 第四条(三): a number takes the place of its like."""
    kinds = [kind for kind, _text in before]
    first = steps[0][0] if steps else ""
    if first in kinds:
        return before[: kinds.index(first)] + steps
    return before + steps if kinds and first in {"bracket", "item", "point"} else steps


def _value(text: str) -> int:
    digits = re.sub(r"[^\d]", "", text)
    if digits:
        return int(digits)
    total, ones = 0, 0
    for sign in text:
        if sign in DIGITS:
            ones = DIGITS.index(sign)
        elif sign == "十":
            total, ones = total + TENS * (ones or 1), 0
        elif sign == "百":
            total, ones = total + HUNDREDS * (ones or 1), 0
    return total + ones


def _chinese(number: int) -> str:
    tens, ones = divmod(number, TENS)
    head = "" if not tens else ("十" if tens == 1 else f"{DIGITS[tens]}十")
    return head + (DIGITS[ones] if ones else "")
