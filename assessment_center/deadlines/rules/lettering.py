"""Words in a picture: how wide they are drawn, and where a line is broken."""

from dataclasses import dataclass

FONT = 13.0
NARROW = 0.56


@dataclass(frozen=True, slots=True)
class Text:
    x: float
    y: float
    text: str


def width_of(text: str) -> float:
    """About how wide a text is drawn."""
    return FONT * sum(1.0 if ord(char) > 0x2E7F else NARROW for char in text)  # noqa: PLR2004


def wrap(text: str, room: float) -> list[str]:
    """Break a label into lines that fit; nothing is cut off."""
    lines, line = [], ""
    for char in text:
        if line and width_of(line + char) > room:
            lines.append(line)
            line = ""
        line += char
    return [*lines, line]
