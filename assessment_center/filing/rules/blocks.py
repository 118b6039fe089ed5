"""Text of several lines in which lines with bars are the rows of a table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

BARS = re.compile(r"\s*[｜|\t]\s*")  # noqa: RUF001 - people write either bar
ENDS = "｜|"  # noqa: RUF001


@dataclass(frozen=True, slots=True)
class Block:
    """A line of prose, or a table: its head and its rows, all with as many cells as the head."""

    text: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def blocks(text: str) -> Iterator[Block]:
    """Line by line; two or more lines with bars that follow one another are one table.

    A row with fewer cells than the head ends in empty ones, further cells stay in its last.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for barred, group in groupby(lines, key=lambda line: BARS.search(line) is not None):
        part = list(group)
        if not barred or len(part) == 1:
            yield from (Block(line) for line in part)
            continue
        head = tuple(_cells(part[0], 0))
        yield Block(head=head, rows=tuple(tuple(_cells(line, len(head))) for line in part[1:]))


def _cells(line: str, count: int) -> list[str]:
    framed = len(line) > 1 and line[0] in ENDS and line[-1] in ENDS
    inner = line[1:-1].strip() if framed else line
    found = BARS.split(inner, maxsplit=max(count - 1, 0)) if count != 1 else [inner]
    return found + [""] * (count - len(found))
