"""What a reader of cells does not see: merged cells, and rows that are out of sight.

Both stand in the sheet's own file beside the cells; they are looked for as text, in chunks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from openpyxl.utils import range_boundaries

CHUNK = 1024 * 1024
LONGEST_TAG = 4096
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
HIDDEN = re.compile(rb'<(?:\w+:)?row\s[^>]*?hidden="(?:1|true)"[^>]*>')
NUMBER = re.compile(rb'\sr="(\d{1,7})"')
MOST = 5_000


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells joined into one: `ref` as Excel shows it, columns counted from 0, rows from 1."""

    ref: str
    columns: range
    rows: range


@dataclass(frozen=True, slots=True)
class Layout:
    """The merged cells of a sheet, and the numbers of its hidden rows."""

    merged: tuple[Merged, ...] = ()
    hidden: frozenset[int] = frozenset()


def layout_of(source: IO[bytes]) -> Layout:
    """Look through the file of one sheet; what is past counting is left out."""
    refs: dict[str, None] = {}
    hidden: set[int] = set()
    for text in _pieces(source):
        refs |= dict.fromkeys(found[1].decode() for found in MERGED.finditer(text))
        for tag in HIDDEN.finditer(text):
            if number := NUMBER.search(tag[0]):
                hidden.add(int(number[1]))
        if len(refs) > MOST:
            break
    return Layout(tuple(_merged(ref) for ref in refs), frozenset(hidden))


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    tail = b""
    while chunk := source.read(CHUNK):
        text = tail + chunk
        yield text
        tail = text[-LONGEST_TAG:]


def _merged(ref: str) -> Merged:
    left, top, right, bottom = (number or 1 for number in range_boundaries(ref))
    return Merged(ref, range(left - 1, right), range(top, bottom + 1))
