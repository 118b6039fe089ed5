"""Text before it is printed: normalised, split into font runs, checked for missing glyphs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from typing import Any

from assessment_center.pdf.faces import Face, LoadedFace, face_for

CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f]")
COMPATIBILITY = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
SELECTORS = re.compile(r"[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
MIDDLE_DOTS = re.compile(r"[\u2022\u2027\u30fb\uff65]")


class GlyphMissing(ValueError):  # noqa: N818 - names what is wrong, as the office says it
    """No face on this machine draws a character of somebody's text."""

    def __init__(self, who: str, character: str) -> None:
        self.who = who
        self.character = character
        self.codepoint = f"U+{ord(character):04X}"
        place = f"“{who}”中的" if who else ""
        super().__init__(
            f"{place}“{character}”（{self.codepoint}）没有可用的字形，尚未打印。"
            "请核对该字；确有其字的，请在服务器上安装花园明朝字体（HanaMin）后重试。"
        )


@dataclass(frozen=True)
class Run:
    """A piece of text that one face draws."""

    face: LoadedFace
    text: str


def normalise(text: str) -> str:
    """Text as it is printed: composed, without control characters, with plain spaces.

    Compatibility ideographs and radicals become the unified character, so that 金 typed as U+F90A
    is printed, found and compared as 金. Line breaks stay.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = CONTROL.sub("", SPACES.sub(" ", text))
    text = COMPATIBILITY.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    text = MIDDLE_DOTS.sub("·", SELECTORS.sub("", text))
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=32768)
def runs(text: str, face: Face) -> tuple[Run, ...]:
    """`text` normalised and cut where the face changes; refuses a character nothing draws."""
    pieces: list[tuple[LoadedFace, list[str]]] = []
    for character in normalise(text).replace("\n", " "):
        drawn_by = face_for(character, face)
        if drawn_by is None:
            raise GlyphMissing("", character)
        if pieces and pieces[-1][0] is drawn_by:
            pieces[-1][1].append(character)
        else:
            pieces.append((drawn_by, [character]))
    return tuple(Run(drawn_by, "".join(characters)) for drawn_by, characters in pieces)


def width(text: str, face: Face, size: float) -> float:
    """Width of one line of `text` in points."""
    return _advance(text, face) * size


@lru_cache(maxsize=32768)
def _advance(text: str, face: Face) -> float:
    """Width at one point: a text is measured for its cell and again when it is drawn."""
    return sum(run.face.width(run.text, 1) for run in runs(text, face))


def missing_glyphs(text: str, face: Face = Face.SONG) -> list[str]:
    """Characters of `text` that neither `face` nor its fallbacks draw, each once, in order."""
    characters = dict.fromkeys(normalise(text).replace("\n", ""))
    return [character for character in characters if face_for(character, face) is None]


KNOWN: set[str] = set()  # characters found drawable; faces are loaded once per process


def check_glyphs(items: Iterable[tuple[str, str]]) -> None:
    """Refuse before anything prints: raises `GlyphMissing` for the first (who, text) not drawable.

    Every face falls back to the same widest ones, so the answer does not depend on the face.
    """
    for who, text in items:
        if KNOWN.issuperset(text):
            continue
        for character in missing_glyphs(text):
            raise GlyphMissing(who, character)
        KNOWN.update(text)


def texts(value: Any, who: str = "") -> Iterator[tuple[str, str]]:
    """Every text inside a layout's dataclasses, with the person or sheet it belongs to."""
    if isinstance(value, str):
        yield who, value
    elif is_dataclass(value) and not isinstance(value, type):
        owner = str(getattr(value, "who", "") or who)
        for field in fields(value):
            yield from texts(getattr(value, field.name), owner)
    elif isinstance(value, list | tuple):
        for item in value:
            if type(item) is str:
                yield who, item
            else:
                yield from texts(item, who)
