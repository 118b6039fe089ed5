"""Breaking Chinese text into lines, and the size at which a text fits its cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assessment_center.pdf.faces import Face
from assessment_center.pdf.text import normalise, width

MIN_SIZE = 8.0  # points; nothing on paper is smaller
NOT_FIRST = frozenset("，。、；：！？）》〉】〕」』”’…—·,.;:!?)]}%")
NOT_LAST = frozenset("（《〈【〔「『“‘([{")
AMOUNT = r"[0-9][0-9,.]*(?: [元人张份]|[年月日])"  # a number stays with what it counts
WORD = re.compile(rf"（[ \u3000]*）|{AMOUNT}|[!-~\u00c0-\u024f]+| |.", re.DOTALL)
NUMBERING = re.compile(r"(?:^|[^0-9.])[0-9]{1,2}\.$")  # “3.” stays with what it numbers
SHRINK_STEP = 0.5
ONE_LINE_SHRINK = 0.86  # a text slightly too long is set smaller rather than broken


@dataclass(frozen=True)
class Fitted:
    """A text laid into lines at the size that fits."""

    lines: tuple[str, ...]
    size: float


def unbreakable(text: str) -> list[str]:
    """Pieces that stay on one line: words, and characters with the marks that cling to them."""
    pieces: list[str] = []
    for piece in WORD.findall(text):
        clings = pieces and pieces[-1] != " "
        if clings and (
            piece[0] in NOT_FIRST or pieces[-1][-1] in NOT_LAST or NUMBERING.search(pieces[-1])
        ):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def wrap(text: str, face: Face, size: float, limit: float, *, indent: float = 0) -> list[str]:
    """Lines of `text` no wider than `limit` points; the first is shorter by `indent`.

    Nothing is lost: a word wider than the line is broken between its characters.
    """
    lines: list[str] = []
    for paragraph in normalise(text).split("\n"):
        lines += _wrap_paragraph(paragraph.strip(), face, size, limit, 0 if lines else indent)
    return lines


def _wrap_paragraph(text: str, face: Face, size: float, limit: float, indent: float) -> list[str]:
    lines: list[str] = []
    line, used = "", indent
    for piece in unbreakable(text):
        advance = width(piece, face, size)
        parts = list(piece) if advance > limit else [piece]
        for part in parts:
            advance = width(part, face, size)
            if line and used + advance > limit + 0.01:
                lines.append(line.rstrip())
                line, used = "", 0.0
            if line or part != " ":
                line += part
                used += advance
    lines.append(line.rstrip())
    return lines


@lru_cache(maxsize=32768)
def fit(text: str, face: Face, size: float, limit: float, max_lines: int = 2) -> Fitted:
    """Lines and size for a cell `limit` points wide: full size first, then smaller to 8 pt.

    At 8 pt a text that is still too long takes more lines than asked; it is never cut, so the
    cell grows instead.
    """
    whole = normalise(text).strip()
    natural = width(whole, face, size)
    one_line = size * limit / natural if natural else size
    if "\n" not in whole and max(MIN_SIZE, size * ONE_LINE_SHRINK) <= one_line < size:
        return Fitted((whole,), one_line)
    if natural <= limit and "\n" not in whole:
        return Fitted((whole,), size)
    current = size
    while True:
        lines = wrap(text, face, current, limit)
        if current <= MIN_SIZE or (len(lines) <= max_lines and _whole(text, face, current, limit)):
            return Fitted(tuple(lines), current)
        current = max(MIN_SIZE, current - SHRINK_STEP)


def fit_list(text: str, face: Face, size: float, limit: float) -> Fitted:
    """Items parted by “、” over as many lines as they need, at full size, each in one piece."""
    lines: list[str] = []
    items = normalise(text).strip().split("、")
    for item in [f"{each}、" for each in items[:-1]] + items[-1:]:
        if lines and width(lines[-1] + item.rstrip("、"), face, size) <= limit:
            lines[-1] += item
        else:
            lines += wrap(item, face, size, limit)
    return Fitted(tuple(lines), size)


def _whole(text: str, face: Face, size: float, limit: float) -> bool:
    """Whether every word and number stays in one piece."""
    return all(width(piece, face, size) <= limit for piece in unbreakable(normalise(text)))
