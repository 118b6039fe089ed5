"""Official forms: a bordered grid of labels and values whose cells may span columns and rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assessment_center.pdf.faces import Face
from assessment_center.pdf.layouts.common import (
    NOTE_SIZE,
    Pairs,
    draw_meta,
    draw_notes,
    draw_subtitle,
    each,
    meta_height,
    note_lines,
    subtitle_height,
)
from assessment_center.pdf.marks import heading, photo, qr, signatures
from assessment_center.pdf.page import BOLD, HAIR, MM, Box, Document, Imprint, Page, Paper
from assessment_center.pdf.wrap import Fitted, fit, wrap

SIZE = 10.5
TITLE_SIZE = 18.0
LEADING = 1.3
PADDING = 1.8 * MM
FOOT = 8 * MM
SPARE = 0.9  # of the room left on the page
GAP = 2.5 * MM


@dataclass(frozen=True)
class Cell:
    """One cell: a label, a value, running text, a photo or a QR code.

    `block` sets running text from the top left, as long as it is. `foot` stands at the lower
    right, for a signature and a date.
    """

    text: str = ""
    span: int = 1
    rows: int = 1
    label: bool = False
    kind: str = "text"
    image: bytes | None = None
    align: str = ""
    face: Face | None = None
    block: bool = False
    foot: str = ""


@dataclass(frozen=True)
class FormRow:
    """A row of cells, at least `height` millimetres high; a heading stays with the next row."""

    cells: Sequence[Cell]
    height: float = 9.0
    heads: bool = False


def label_cell(text: str) -> Cell:
    """The label of a fact."""
    return Cell(text, label=True)


def fact_row(label: str, value: str | Cell, second: str, other: str | Cell) -> FormRow:
    """Two facts side by side, each under its label; a plain text is a plain cell."""
    return FormRow((label_cell(label), _cell(value), label_cell(second), _cell(other)))


def _cell(value: str | Cell) -> Cell:
    return value if isinstance(value, Cell) else Cell(value)


def wide_row(label: str, value: str) -> FormRow:
    """One fact across the four columns of a form."""
    return FormRow((label_cell(label), Cell(value, span=3, align="left")))


@dataclass(frozen=True)
class Form:
    """A form on its grid; `widths` are the shares of the columns."""

    title: str
    widths: Sequence[float]
    rows: Sequence[FormRow]
    subtitle: str = ""
    meta: Pairs = ()
    notes: Sequence[str] = ()
    signatures: Sequence[str] = ()
    who: str = ""


@dataclass(frozen=True)
class Placed:
    """A cell at its place in the grid, with its text laid out."""

    cell: Cell
    row: int
    column: int
    box_x: float
    width: float
    text: Fitted

    @property
    def last_row(self) -> int:
        return self.row + self.cell.rows - 1

    @property
    def face(self) -> Face:
        if self.cell.face is not None:
            return self.cell.face
        return Face.HEI if self.cell.label else Face.SONG

    @property
    def needed(self) -> float:
        """Height its text takes."""
        if self.cell.kind != "text":
            return 0
        height = len(self.text.lines) * self.text.size * LEADING + 2 * PADDING * 0.7
        return height + (FOOT if self.cell.foot else 0)


@dataclass
class Layout:
    """A form measured: where every cell stands and how high every row is."""

    cells: list[Placed] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    heads: set[int] = field(default_factory=set)


def form_table(forms: Form | Iterable[Form], *, imprint: Imprint, paper: Paper = Paper.A4) -> bytes:
    """Print forms; a form longer than a page goes on over the page between two of its rows."""
    document: Document | None = None
    for form in each(forms, Form):
        document = document or Document(form.title, paper=paper, imprint=imprint)
        draw_form(document, form)
    return (document or Document("", paper=paper, imprint=imprint)).finish()


def _measure(form: Form, x: float, total: float) -> Layout:
    edges = [x]
    for share in form.widths:
        edges.append(edges[-1] + share / sum(form.widths) * total)
    layout = Layout(heights=[row.height * MM for row in form.rows])
    layout.heads = {number for number, row in enumerate(form.rows) if row.heads}
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(form.rows):
        column = 0
        for cell in row.cells:
            while (number, column) in taken:
                column += 1
            lines = int(row.height * MM * SPARE / (SIZE * LEADING))
            layout.cells.append(_place(cell, number, column, edges, max(lines, 2)))
            taken |= {
                (number + down, column + across)
                for down in range(cell.rows)
                for across in range(cell.span)
            }
            column += cell.span
    _grow(layout)
    return layout


def _place(cell: Cell, row: int, column: int, edges: Sequence[float], lines: int) -> Placed:
    """A cell laid into as many lines as its row is high for, before its type gets smaller."""
    if column + cell.span >= len(edges):
        raise ValueError(f"Row {row + 1} has more cells than the form has columns")
    width = edges[column + cell.span] - edges[column]
    face = cell.face or (Face.HEI if cell.label else Face.SONG)
    if cell.block:
        text = Fitted(tuple(wrap(cell.text, face, SIZE, width - 2 * PADDING)), SIZE)
    else:
        text = fit(cell.text, face, SIZE, width - 2 * PADDING, lines)
    return Placed(cell, row, column, edges[column], width, text)


def _grow(layout: Layout) -> None:
    for placed in sorted(layout.cells, key=lambda placed: placed.cell.rows):
        rows = range(placed.row, min(placed.last_row + 1, len(layout.heights)))
        lacking = placed.needed - sum(layout.heights[row] for row in rows)
        if lacking > 0:
            for row in rows:
                layout.heights[row] += lacking / len(rows)


def _groups(layout: Layout) -> list[range]:
    """Rows that stay together: a cell spans them, or one is the heading of the next."""
    groups: list[range] = []
    start = end = 0
    for row in range(len(layout.heights)):
        if row > end:
            groups.append(range(start, row))
            start = end = row
        reach = [placed.last_row for placed in layout.cells if placed.row == row]
        end = max([end, row + 1 if row in layout.heads else row, *reach])
    groups.append(range(start, len(layout.heights)))
    return groups


def _paginate(layout: Layout, first: float, rest: float) -> list[list[int]]:
    pages: list[list[int]] = [[]]
    room = first
    for group in _groups(layout):
        height = sum(layout.heights[row] for row in group)
        if pages[-1] and height > room:
            pages.append([])
            room = rest
        pages[-1].extend(group)
        room -= height
    return pages


def _fill(layout: Layout, room: float) -> None:
    """Give the room left on a single page to the rows that are signed in."""
    signed = {placed.row for placed in layout.cells if placed.cell.foot and placed.cell.rows == 1}
    spare = max(room - sum(layout.heights), 0) * SPARE
    for row in signed:
        layout.heights[row] += spare / len(signed)


def draw_form(document: Document, form: Form) -> None:
    """Draw one form into an open document."""
    frame = document.page_frame()
    layout = _measure(form, frame.body.x, frame.body.w)
    notes = note_lines(form.notes, frame.body.w)
    head = TITLE_SIZE * 1.5 + GAP + meta_height(frame.body.w, form.meta)
    head += subtitle_height(form.subtitle, frame.body.w)
    foot = len(notes) * NOTE_SIZE * 1.45 + (13 * MM if form.signatures else 0) + GAP
    pages = _paginate(layout, frame.body.h - head - foot, frame.body.h - foot)
    if len(pages) == 1:
        _fill(layout, frame.body.h - head - foot)
    for number, rows in enumerate(pages, 1):
        page = document.page(number, len(pages))
        y = _draw_head(page, form) if number == 1 else page.body.y
        y = _draw_rows(page, layout, rows, y)
    y = draw_notes(page, y + GAP, notes)
    signatures(page, Box(page.body.x, y + 4 * MM, page.body.w, 0), form.signatures)


def _draw_head(page: Page, form: Form) -> float:
    y = heading(page, page.body.y, form.title, size=TITLE_SIZE)
    y = draw_subtitle(page, y, form.subtitle)
    return draw_meta(page, y, form.meta) + GAP * 0.6


def _draw_rows(page: Page, layout: Layout, rows: Sequence[int], top: float) -> float:
    tops = {}
    y = top
    for row in rows:
        tops[row] = y
        y += layout.heights[row]
    for placed in layout.cells:
        if placed.row in tops:
            height = sum(
                layout.heights[row] for row in range(placed.row, placed.last_row + 1)
                if row in tops
            )  # fmt: skip
            box = Box(placed.box_x, tops[placed.row], placed.width, height)
            page.box(box, weight=HAIR)
            _draw_cell(page, placed, box)
    page.box(Box(page.body.x, top, page.body.w, y - top), weight=BOLD * 0.8)
    return y


def _draw_cell(page: Page, placed: Placed, box: Box) -> None:
    cell = placed.cell
    if cell.kind == "photo":
        photo(page, box.inset(1 * MM), cell.image, words=cell.text or "照片")
        return
    if cell.kind == "qr":
        qr(page, box.inset(1 * MM), cell.text)
        return
    inner = box.inset(PADDING, PADDING * 0.7)
    if cell.foot:
        page.text(inner.right, box.bottom - 3.2 * MM, cell.foot, size=SIZE, align="right")
        inner = Box(inner.x, inner.y, inner.w, inner.h - FOOT)
    size, lines = placed.text.size, placed.text.lines
    if cell.block:
        inner = Box(inner.x, inner.y, inner.w, len(lines) * size * LEADING)
    align = cell.align or ("left" if cell.block else "center")
    page.lines(inner, lines, face=placed.face, size=size, align=align, leading=LEADING)
