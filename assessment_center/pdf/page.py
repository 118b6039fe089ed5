"""A document of pages, and what can be drawn on a page. Origin at the top left, in points."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from io import BytesIO
from threading import Lock
from typing import Any, NamedTuple

from reportlab import rl_config
from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream
from reportlab.pdfgen.canvas import Canvas

from assessment_center.pdf.codes import draw_code
from assessment_center.pdf.faces import LATIN, Face, load
from assessment_center.pdf.ink import BLACK, Glyphs, Ink
from assessment_center.pdf.text import runs, width
from assessment_center.pdf.wrap import wrap

MM = 72 / 25.4
GREY = Color(0.42, 0.42, 0.42)
PALE = Color(0.72, 0.72, 0.72)
TINT = Color(0.955, 0.955, 0.955)
RED = Color(0.82, 0.05, 0.05)
HAIR, THIN, BOLD = 0.35, 0.6, 1.2
SMALL = 8.0
BASIS_STEP = 10.5
MARK = 10.5 * MM
CENTRING = 0.375  # of the size: from the middle of a Chinese character down to its baseline
SAVING = Lock()  # ReportLab's loaded faces are read through one shared position

rl_config.useA85 = 0


class Paper(Enum):
    """Sizes the office prints on: width and height in points."""

    A4 = (210 * MM, 297 * MM)
    A4_LANDSCAPE = (297 * MM, 210 * MM)
    A3 = (297 * MM, 420 * MM)
    A3_LANDSCAPE = (420 * MM, 297 * MM)
    CARD = (85.6 * MM, 54 * MM)  # the size of a bank card (ISO 7810 ID-1); drawn to its edges


@dataclass(frozen=True)
class Imprint:
    """What stands small at the edge of every page: code and version of the form, its basis.

    `basis` is the citation behind the form, without the words “依据：”. `mark` is the address of
    the sheet's record, drawn as a small code in the corner.
    """

    code: str = ""
    version: str = ""
    basis: str = ""
    mark: str = ""


class Box(NamedTuple):
    """A rectangle on the page: left, top, width, height."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    @property
    def centre(self) -> float:
        return self.x + self.w / 2

    @property
    def middle(self) -> float:
        return self.y + self.h / 2

    def inset(self, dx: float, dy: float | None = None) -> Box:
        """The rectangle inside, `dx` from the sides and `dy` from top and bottom."""
        dy = dx if dy is None else dy
        return Box(self.x + dx, self.y + dy, self.w - 2 * dx, self.h - 2 * dy)


class Page:
    """One page being drawn."""

    def __init__(self, canvas: Canvas, glyphs: Glyphs, paper: Paper, foot: float = 0) -> None:
        self.canvas = canvas
        self.ink = Ink(canvas, glyphs)
        self.width, self.height = paper.value
        self.body = Box(22 * MM, 17 * MM, self.width - 39 * MM, self.height - 35 * MM - foot)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        face: Face = Face.SONG,
        size: float = 10.5,
        align: str = "left",
        color: Color = BLACK,
        spacing: float = 0,
    ) -> float:
        """Draw one line with its baseline at `y`; returns its width in points.

        `x` is the left edge, the centre or the right edge, as `align` says.
        """
        advance = width(text, face, size)
        if spacing:
            advance += spacing * max(len(text) - 1, 0)
        start = x - {"left": 0, "center": advance / 2, "right": advance}[align]
        self.ink.fill_with(color)
        self.ink.show(start, self.height - y, runs(text, face), size, spacing)
        return advance

    def lines(
        self,
        box: Box,
        lines: Sequence[str],
        *,
        face: Face = Face.SONG,
        size: float = 10.5,
        align: str = "left",
        leading: float = 1.25,
    ) -> None:
        """Draw lines centred between the top and bottom of `box`."""
        step = size * leading
        x = {"left": box.x, "center": box.centre, "right": box.right}[align]
        baseline = box.middle - step * (len(lines) - 1) / 2 + size * CENTRING
        for line in lines:
            if line:
                self.text(x, baseline, line, face=face, size=size, align=align)
            baseline += step

    def rule(
        self,
        x: float,
        y: float,
        x2: float,
        y2: float,
        *,
        weight: float = THIN,
        color: Color = BLACK,
        dash: tuple[float, float] | None = None,
    ) -> None:
        """Draw a line between two points."""
        self.ink.stroke_with(weight, color, dash)
        self.ink.line(x, self.height - y, x2, self.height - y2)

    def box(
        self,
        box: Box,
        *,
        weight: float = THIN,
        color: Color = BLACK,
        fill: Color | None = None,
        dash: tuple[float, float] | None = None,
    ) -> None:
        """Draw the outline of `box` (weight 0: none), filled if a colour is given."""
        if weight:
            self.ink.stroke_with(weight, color, dash)
        if fill is not None:
            self.ink.fill_with(fill)
        operator = "S" if fill is None else "B" if weight else "f"
        self.ink.rectangle(box.x, self.height - box.bottom, box.w, box.h, operator)


class Document:
    """A PDF being written: deterministic, compressed, with embedded faces only.

    `title` goes into the metadata, the imprint on every page.
    """

    def __init__(
        self, title: str, *, paper: Paper = Paper.A4, imprint: Imprint | None = None
    ) -> None:
        self.buffer = BytesIO()
        self.canvas = Canvas(
            self.buffer,
            pagesize=paper.value,
            pageCompression=1,
            invariant=1,
            initialFontName=load(LATIN).name,  # type: ignore[arg-type]  # a name, in truth
            lang="zh-CN",
        )
        self.glyphs = Glyphs(self.canvas)
        self.canvas.setTitle(title)
        self.canvas.setAuthor("")
        self.canvas.setSubject(imprint.code if imprint else "")
        self.canvas.setCreator("")
        self.canvas.setProducer("")
        self.open = False
        self.pages = 0
        self.turn(paper, imprint or Imprint())

    def turn(self, paper: Paper, imprint: Imprint) -> None:
        """What the pages from the next one on are: another sheet of the same document."""
        self.paper = paper
        self.imprint = imprint
        basis = f"依据：{imprint.basis}" if imprint.basis else ""
        limit = Page(self.canvas, self.glyphs, paper).body.w
        self.basis = wrap(basis, Face.SONG, SMALL, limit) if basis else []
        self.foot = max(len(self.basis) - 1, 0) * BASIS_STEP

    def page(self, number: int = 0, total: int = 0) -> Page:
        """Begin the next page; with a number it is printed as “第 1 页 共 N 页”."""
        self._close()
        self.open = True
        self.pages += 1
        self.canvas.setPageSize(self.paper.value)
        page = Page(self.canvas, self.glyphs, self.paper, self.foot)
        self._furniture(page, number, total)
        return page

    def _close(self) -> None:
        """End the open page and compress it at once: a long document stays small in memory."""
        if not self.open:
            return
        self.canvas.showPage()
        self.open = False
        canvas: Any = self.canvas
        page = canvas._doc.Pages.pages[-1]  # noqa: SLF001 - no public way to the page
        written = zlib.compress(page.stream.encode("latin-1"))
        page.stream = None
        page.Contents = PDFStream(PDFDictionary({"Filter": PDFName("FlateDecode")}), written)

    def page_frame(self) -> Page:
        """A page to measure on, before it is known how many pages there will be."""
        return Page(self.canvas, self.glyphs, self.paper, self.foot)

    def _furniture(self, page: Page, number: int, total: int) -> None:
        baseline = page.height - 9 * MM
        if number:
            words = f"第 {number} 页  共 {total} 页" if total else f"第 {number} 页"
            page.text(page.width / 2, baseline, words, size=SMALL, align="center", color=GREY)
        mark = "  ".join(filter(None, (self.imprint.code, self.imprint.version)))
        if mark:
            page.text(page.body.right, baseline, mark, size=SMALL, align="right", color=GREY)
        if self.imprint.mark:
            left, top = page.body.right + 1.5 * MM, 17 * MM
            draw_code(page.ink, left, top, MARK, self.imprint.mark, 1)
        y = baseline - 12 - self.foot
        for line in self.basis:
            page.text(page.body.x, y, line, size=SMALL, color=GREY)
            y += BASIS_STEP

    def finish(self) -> bytes:
        """Close the document and return its bytes."""
        if not self.pages:
            self.page()
        self._close()
        with SAVING:
            self.canvas.save()
        return self.buffer.getvalue()
