"""Pinyin keys, by which lists are sorted and searched without a collation of the database."""

import unicodedata
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

SHORT = 4  # so few characters are looked through for words of the dictionary one by one


@dataclass(frozen=True, slots=True)
class PinyinKey:
    """`full` is syllables separated by blanks (“dian gong”), `initials` their letters (“dg”)."""

    full: str
    initials: str

    @property
    def compact(self) -> str:
        """`full` without blanks, as people type it: “diangong”."""
        return self.full.replace(" ", "")


def syllables(text: str) -> list[str]:
    """Toneless syllables; ü is written v; words of letters and unknown characters stay whole."""
    return list(_read(text))


@lru_cache(maxsize=4_096)
def _read(text: str) -> tuple[str, ...]:
    """The same, kept for the next who bears the name.

    `pypinyin` is loaded on first use: processes that never sort names do without its tables.
    """
    from pypinyin import Style, lazy_pinyin
    from pypinyin.constants import PHRASES_DICT

    if len(text) <= SHORT and not _has_word(text, PHRASES_DICT):
        alone = [_alone(character) for character in text]
        if all(alone):
            return tuple(alone)
    handler: Any = _unknown
    found: list[str] = []
    for part in lazy_pinyin(text, style=Style.NORMAL, errors=handler):
        plain = unicodedata.normalize("NFKD", part)
        kept = "".join(c for c in plain if not unicodedata.combining(c)).lower()
        found += ["".join(c for c in word if c.isalnum() or _is_han(c)) for word in kept.split()]
    return tuple(syllable for syllable in found if syllable)


def _has_word(text: str, words: Container[str]) -> bool:
    """Whether a word of the dictionary stands in it; else each character is read alone."""
    ends = range(len(text) + 1)
    return any(text[start:end] in words for start in ends for end in ends[start + 2 :])


@lru_cache(maxsize=8_192)
def _alone(character: str) -> str:
    """The reading of a Han character by itself; nothing where it has none."""
    from pypinyin import Style, lazy_pinyin

    if not _is_han(character):
        return ""
    nothing: Any = lambda _run: [""]  # noqa: E731 - its type is wider than the library says
    found = str(lazy_pinyin(character, style=Style.NORMAL, errors=nothing)[0])
    return found if found.isascii() else ""


def join(parts: Iterable[str]) -> PinyinKey:
    kept = list(parts)
    return PinyinKey(" ".join(kept), "".join(part[0] for part in kept))


def pinyin_key(text: str) -> PinyinKey:
    """The key of any text; for a person's name use `people.rules.names.pinyin_key`."""
    return join(syllables(text))


def _unknown(run: str) -> list[str]:
    """Letters stay a word; marks part words; a Han character without a reading stands alone."""
    return "".join(map(_spaced, run)).split()


def _spaced(character: str) -> str:
    if _is_han(character):
        return f" {character} "
    is_part = character.isalnum() or bool(unicodedata.combining(character))
    return character if is_part else " "


def _is_han(character: str) -> bool:
    """Also of planes newer than Python's own character table, where `isalnum` says no."""
    return "㐀" <= character <= "鿿" or character >= "\U00020000"
