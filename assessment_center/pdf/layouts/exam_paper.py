"""Examination papers: numbered items in sections, options in as many columns as they fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessment_center.pdf.faces import Face
from assessment_center.pdf.flow import Line, Space, Unit, centred, pour
from assessment_center.pdf.layouts.common import Pairs, draw_meta, each, meta_height
from assessment_center.pdf.marks import signatures
from assessment_center.pdf.page import MM, Box, Document, Imprint, Page, Paper
from assessment_center.pdf.text import width
from assessment_center.pdf.wrap import wrap

SIZE = 11.0
STEP = SIZE * 1.6
TITLE_SIZE = 18.0
HANG = SIZE * 2
BLANKS_HEIGHT = 11 * MM
LETTERS = "ABCDEFGH"


@dataclass(frozen=True)
class PaperItem:
    """One item; options get their letters here. `lines` is empty room for a written answer."""

    stem: str
    options: Sequence[str] = ()
    lines: int = 0


@dataclass(frozen=True)
class PaperSection:
    """Items under one heading, numbered on through the whole paper."""

    heading: str
    items: Sequence[PaperItem]


@dataclass(frozen=True)
class ExamPaper:
    """A paper; `blanks` are the labels the candidate fills in at the top of the first page."""

    title: str
    sections: Sequence[PaperSection]
    subtitle: str = ""
    mark: str = ""
    meta: Pairs = ()
    blanks: Sequence[str] = ("姓名", "准考证号", "单位")
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Options:
    """Options side by side on one line, each in its column."""

    texts: tuple[str, ...]
    column: float
    keep: bool = False
    height: float = STEP

    def draw(self, page: Page, box: Box, y: float) -> None:
        """Draw the options with their top at `y`."""
        for index, text in enumerate(self.texts):
            x = box.x + HANG + index * self.column
            page.text(x, y + (self.height + SIZE * 0.76) / 2, text, size=SIZE)


def exam_paper(
    papers: ExamPaper | Iterable[ExamPaper], *, imprint: Imprint, paper: Paper = Paper.A4
) -> bytes:
    """Print papers, pages counted within each; an item stays on one page with its options."""
    document: Document | None = None
    for item in each(papers, ExamPaper):
        document = document or Document(item.title, paper=paper, imprint=imprint)
        _draw_paper(document, item)
    return (document or Document("", paper=paper, imprint=imprint)).finish()


def _draw_paper(document: Document, item: ExamPaper) -> None:
    body = document.page_frame().body
    head = meta_height(body.w, item.meta) + (SIZE * 1.5 if item.mark else 0)
    head += BLANKS_HEIGHT if item.blanks else 0
    pages = pour(_units(item, body.w), body.h - head, body.h)
    for number, placed in enumerate(pages, 1):
        page = document.page(number, len(pages))
        top = _draw_head(page, item) if number == 1 else body.y
        for y, unit in placed:
            unit.draw(page, body, top + y)


def _draw_head(page: Page, item: ExamPaper) -> float:
    y = page.body.y
    if item.mark:
        page.text(page.body.x, y + SIZE, item.mark, face=Face.HEI, size=SIZE)
        y += SIZE * 1.5
    y = draw_meta(page, y, item.meta)
    if item.blanks:
        signatures(page, Box(page.body.x, y + 2 * MM, page.body.w, 0), item.blanks)
        y += BLANKS_HEIGHT
    return y


def _units(item: ExamPaper, limit: float) -> list[Unit]:
    units = centred(item.title, limit, face=Face.HEI, size=TITLE_SIZE)
    if item.subtitle:
        units += centred(item.subtitle, limit, face=Face.KAI, size=13)
    units.append(Space(STEP * 0.5, keep=True))
    for number, note in enumerate(item.notes, 1):
        units += _hanging(f"{number}.", note, limit, Face.KAI)
    number = 0
    for section in item.sections:
        units.append(Space(STEP * 0.4, keep=True))
        units += [
            Line(line, Face.HEI, SIZE + 1, STEP * 1.1, keep=True)
            for line in wrap(section.heading, Face.HEI, SIZE + 1, limit)
        ]
        for question in section.items:
            number += 1
            units += _question(number, question, limit)
    return units


def _hanging(
    number: str, text: str, limit: float, face: Face = Face.SONG, *, keep: bool = False
) -> list[Unit]:
    lines = wrap(text, face, SIZE, limit - HANG)
    return [
        Line(
            line, face, SIZE, STEP, left=HANG, full=index < len(lines) - 1,
            keep=keep or index < len(lines) - 1, number="" if index else number,
        )
        for index, line in enumerate(lines)
    ]  # fmt: skip


def _question(number: int, question: PaperItem, limit: float) -> list[Unit]:
    follows = bool(question.options or question.lines)
    units = _hanging(f"{number}.", question.stem, limit, keep=follows)
    units += _options(question.options, limit - HANG)
    if question.lines:
        units.append(Space(question.lines * STEP * 1.4))
    units.append(Space(STEP * 0.25))
    return units


def _options(options: Sequence[str], limit: float) -> list[Unit]:
    """Options four, two or one to a line, in the most columns that hold the widest."""
    texts = [f"{letter}. {text}" for letter, text in zip(LETTERS, options, strict=False)]
    widest = max((width(text, Face.SONG, SIZE) for text in texts), default=0)
    for columns in (4, 2):
        if widest + SIZE <= limit / columns:
            rows = [
                tuple(texts[start : start + columns]) for start in range(0, len(texts), columns)
            ]
            return [
                Options(row, limit / columns, keep=index < len(rows) - 1)
                for index, row in enumerate(rows)
            ]
    return [
        Line(line, Face.SONG, SIZE, STEP, left=HANG, keep=text is not texts[-1])
        for text in texts
        for line in wrap(text, Face.SONG, SIZE, limit)
    ]
