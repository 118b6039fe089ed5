"""Typefaces by their role on paper, loaded once per process and only when first used."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path
from threading import Lock

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from assessment_center.pdf import tounicode

FOLDER = Path(__file__).parent / "fonts"
SYSTEM_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
SYSTEM_FALLBACKS = ("HanaMinA.ttf", "HanaMinB.ttf")


class Face(StrEnum):
    """What a text is set in. The value names the file of the face."""

    SONG = "song"
    HEI = "hei"
    KAI = "kai"
    FANGSONG = "fangsong"
    TITLE = "song-bold"


LATIN = "latin"
KAI_REST = "kai-rest"
OWN_LATIN = (Face.HEI, Face.TITLE)
FALLBACKS: dict[Face, tuple[str, ...]] = {
    Face.SONG: (Face.SONG, Face.KAI, KAI_REST, Face.HEI),
    Face.HEI: (Face.HEI, Face.SONG, Face.KAI, KAI_REST),
    Face.KAI: (Face.KAI, KAI_REST, Face.SONG, Face.HEI),
    Face.FANGSONG: (Face.FANGSONG, Face.SONG, Face.KAI, KAI_REST, Face.HEI),
    Face.TITLE: (Face.TITLE, Face.SONG, Face.KAI, KAI_REST, Face.HEI),
}


class LoadedFace:
    """One registered font file: which characters it draws and how wide they are."""

    def __init__(self, name: str, path: Path) -> None:
        tounicode.install()
        self.name = f"ac-{name}"
        self.font = TTFont(self.name, str(path), asciiReadable=0, shapable=False)
        metrics = self.font.face
        # Two files of one family would otherwise be taken for one font.
        metrics.name = self.name.encode()
        pdfmetrics.registerFont(self.font)
        offsets = metrics.glyphPos
        # A mapping to an empty outline is no glyph: it would print a blank in somebody's name.
        self.codes = frozenset(
            code
            for code, glyph in metrics.charToGlyph.items()
            if glyph and (offsets[glyph] != offsets[glyph + 1] or chr(code).isspace())
        )
        self.widths: dict[int, float] = metrics.charWidths

    def draws(self, character: str) -> bool:
        """Whether the face has an outline for `character`."""
        return ord(character) in self.codes

    def width(self, text: str, size: float) -> float:
        """Width of `text` in points; every character must be drawn by this face."""
        return sum(map(self.widths.__getitem__, map(ord, text))) * size / 1000


LOADED: dict[str, LoadedFace] = {}
LOADING = Lock()


def load(name: str) -> LoadedFace:
    """The face kept in this package under `name`, read once even by threads that race for it."""
    if name not in LOADED:
        with LOADING:
            if name not in LOADED:
                LOADED[name] = LoadedFace(name, FOLDER / f"{name}.ttf")
    return LOADED[name]


@cache
def system_fallbacks() -> tuple[LoadedFace, ...]:
    """Wide faces the machine happens to have (HanaMin), for characters no kept face draws."""
    found = []
    for file_name in SYSTEM_FALLBACKS:
        for folder in SYSTEM_FOLDERS:
            path = next(iter(sorted(folder.rglob(file_name))), None)
            if path is None:
                continue
            try:
                found.append(LoadedFace(path.stem.lower(), path))
            except TTFError:
                continue
            break
    return tuple(found)


@cache
def face_for(character: str, face: Face) -> LoadedFace | None:
    """The first face of the role's chain that draws `character`; None when none does."""
    if face not in OWN_LATIN and is_latin(character) and load(LATIN).draws(character):
        return load(LATIN)
    for name in FALLBACKS[face]:
        candidate = load(name)
        if candidate.draws(character):
            return candidate
    return next((wide for wide in system_fallbacks() if wide.draws(character)), None)


def is_latin(character: str) -> bool:
    """Letters, digits and marks set in the Latin face; Chinese punctuation is not among them."""
    return character <= "~" or ("À" <= character <= "ɏ" and character not in "×÷")
