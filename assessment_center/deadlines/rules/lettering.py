"""Words in a picture: how wide they are drawn, and where a line is broken."""

import re
from dataclasses import dataclass

FONT = 13.0
NARROW = 0.56
# What is not parted: a number or a word, with its counting word and the marks that close it.
PIECE = re.compile(r"(?s:[0-9A-Za-z.:-]+(?: ?[人场])?|.)[、，。；：）》]*")


@dataclass(frozen=True, slots=True)
class Text:
    x: float
    y: float
    text: str


def width_of(text: str) -> float:
    """About how wide a text is drawn."""
    return FONT * sum(1.0 if ord(char) > 0x2E7F else NARROW for char in text)  # noqa: PLR2004


def wrap(text: str, room: float) -> list[str]:
    """Break a label into lines that fit; nothing is cut off.

    A number stays whole and with its counting word, and no line begins with a closing mark,
    as long as the piece fits a line of its own.
    """
    lines, line = [], ""
    for found in PIECE.findall(text):
        whole = width_of(found) <= room
        for piece in [found] if whole else found:
            if line and width_of(line + piece) > room:
                lines.append(line)
                line = ""
            line += piece
    return [*lines, line]
