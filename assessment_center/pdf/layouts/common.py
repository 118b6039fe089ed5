"""What several layouts share: one or many, the glyph check, the line of facts under a title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar, cast

from assessment_center.pdf.faces import Face
from assessment_center.pdf.page import MM, Page
from assessment_center.pdf.text import check_glyphs, texts, width
from assessment_center.pdf.wrap import fit, wrap

Pairs = Sequence[tuple[str, str]]
T = TypeVar("T")

META_SIZE = 10.5
NOTE_SIZE = 9.0


def each(items: T | Iterable[T], kind: type[T]) -> Iterator[T]:
    """One item or many, each checked for missing glyphs before it is drawn."""
    for item in (items,) if isinstance(items, kind) else cast("Iterable[T]", items):
        check_glyphs(texts(item))
        yield item


def meta_lines(page_width: float, meta: Pairs) -> list[list[str]]:
    """Label and value pairs packed into lines that fit the width."""
    lines: list[list[str]] = []
    used = 0.0
    gap = 6 * MM
    for label, value in meta:
        words = f"{label}：{value}"
        advance = width(words, Face.SONG, META_SIZE) + gap
        if lines and used + advance - gap <= page_width:
            lines[-1].append(words)
            used += advance
        else:
            lines.append([words])
            used = advance
    return lines


def meta_height(page_width: float, meta: Pairs) -> float:
    """Height that `draw_meta` takes."""
    return sum(
        META_SIZE * 1.6 * max(1, len(_wrapped(line, page_width)))
        for line in meta_lines(page_width, meta)
    )


def _wrapped(line: Sequence[str], limit: float) -> list[str]:
    return wrap(line[0], Face.SONG, META_SIZE, limit) if len(line) == 1 else ["".join(line)]


def draw_meta(page: Page, y: float, meta: Pairs) -> float:
    """Draw the facts under a title, spread over the width; returns the y below them."""
    body = page.body
    for line in meta_lines(body.w, meta):
        if len(line) == 1:
            for words in _wrapped(line, body.w):
                page.text(body.x, y + META_SIZE, words, size=META_SIZE)
                y += META_SIZE * 1.6
            continue
        spare = body.w - sum(width(words, Face.SONG, META_SIZE) for words in line)
        gap = spare / (len(line) - 1)
        x = body.x
        for words in line:
            x += page.text(x, y + META_SIZE, words, size=META_SIZE) + gap
        y += META_SIZE * 1.6
    return y


def subtitle_height(text: str, limit: float, size: float = 12.0, leading: float = 1.5) -> float:
    """Height that `draw_subtitle` takes."""
    return len(fit(text, Face.KAI, size, limit).lines) * size * leading if text else 0.0


def draw_subtitle(
    page: Page, y: float, text: str, size: float = 12.0, leading: float = 1.5
) -> float:
    """The line under a title, in two where the page is too narrow; returns the y below it."""
    if not text:
        return y
    told = fit(text, Face.KAI, size, page.body.w)
    for line in told.lines:
        page.text(page.body.centre, y + size, line, face=Face.KAI, size=told.size, align="center")
        y += size * leading
    return y


def note_lines(notes: Sequence[str], limit: float, size: float = NOTE_SIZE) -> list[str]:
    """Notes under a table, wrapped; a single note is led by “注：”, several are numbered."""
    if not notes:
        return []
    led = [f"注：{notes[0]}"] if len(notes) == 1 else [
        f"{number}. {text}" for number, text in enumerate(notes, 1)
    ]  # fmt: skip
    return [line for text in led for line in wrap(text, Face.SONG, size, limit)]


def draw_notes(page: Page, y: float, lines: Sequence[str], size: float = NOTE_SIZE) -> float:
    """Draw wrapped notes; returns the y below them."""
    for line in lines:
        page.text(page.body.x, y + size, line, size=size)
        y += size * 1.45
    return y
