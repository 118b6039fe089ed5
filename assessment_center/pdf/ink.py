"""PDF operators written straight into a page's content.

ReportLab formats every number in Python and repeats colour, width and dash with every stroke; on a
full list that is half of the time. Here numbers are formatted natively and a state is written only
when it changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from assessment_center.pdf.text import Run

Dash = tuple[float, float] | None
BLACK = Color(0, 0, 0)


class Glyphs:
    """Where each character of a document stands: the font's name in it, and the escaped code."""

    def __init__(self, canvas: Canvas) -> None:
        self._document: Any = canvas._doc  # type: ignore[attr-defined]  # noqa: SLF001
        self._found: dict[str, dict[str, tuple[str, str]]] = {}

    def pieces(self, run: Run) -> list[tuple[str, str]]:
        """The run as (font, codes), a new piece where the subset changes."""
        known = self._found.setdefault(run.face.name, {})
        made: list[tuple[str, list[str]]] = []
        font = ""
        for character in run.text:
            place = known.get(character)
            if place is None:
                place = known[character] = self._place(run.face.font, character)
            if place[0] != font:
                font = place[0]
                made.append((font, []))
            made[-1][1].append(place[1])
        return [(name, "".join(codes)) for name, codes in made]

    def _place(self, font: Any, character: str) -> tuple[str, str]:
        ((subset, code),) = font.splitString(character, self._document)
        name = font.getSubsetInternalName(subset, self._document)
        return name, code.decode("latin-1").translate(ESCAPED)


ESCAPED = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)", "\r": r"\r", "\n": r"\n"})


class Ink:
    """The graphics state of one page, and its operators. Origin at the lower left, in points."""

    def __init__(self, canvas: Canvas, glyphs: Glyphs) -> None:
        self.canvas: Any = canvas
        self.glyphs = glyphs
        self._fill = BLACK
        self._stroke = BLACK
        self._weight = 1.0
        self._dash: Dash = None

    def write(self, code: str) -> None:
        """Append operators to the page."""
        self.canvas._code.append(code)  # noqa: SLF001 - no public way past the formatting

    def fill_with(self, color: Color) -> None:
        """Set the colour of text and areas."""
        if color is not self._fill:
            self._fill = color
            self.write(f"{_rgb(color)} rg")

    def stroke_with(self, weight: float, color: Color, dash: Dash) -> None:
        """Set width, colour and dash of lines."""
        if weight != self._weight:
            self._weight = weight
            self.write(f"{weight:.2f} w")
        if color is not self._stroke:
            self._stroke = color
            self.write(f"{_rgb(color)} RG")
        if dash != self._dash:
            self._dash = dash
            self.write(f"[{dash[0]:.2f} {dash[1]:.2f}] 0 d" if dash else "[] 0 d")

    def line(self, x: float, y: float, x2: float, y2: float) -> None:
        """Stroke a line."""
        self.write(f"{x:.2f} {y:.2f} m {x2:.2f} {y2:.2f} l S")

    def rectangle(self, x: float, y: float, w: float, h: float, operator: str) -> None:
        """Draw a rectangle; `operator` is S, f or B: stroked, filled or both."""
        self.write(f"{x:.2f} {y:.2f} {w:.2f} {h:.2f} re {operator}")

    def polygon(self, points: Sequence[tuple[float, float]]) -> None:
        """Fill the area inside `points` in black."""
        self.fill_with(BLACK)
        (x, y), *rest = points
        lines = " ".join(f"{a:.2f} {b:.2f} l" for a, b in rest)
        self.write(f"{x:.2f} {y:.2f} m {lines} f")

    def show(self, x: float, y: float, runs: Iterable[Run], size: float, spacing: float) -> None:
        """Show one line of text, run by run in its faces."""
        code = [f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm"]
        if spacing:
            code.append(f"{spacing:.3f} Tc")
        for run in runs:
            for name, codes in self.glyphs.pieces(run):
                code.append(f"{name} {size:.2f} Tf ({codes}) Tj")
        code.append("0 Tc ET" if spacing else "ET")
        self.write(" ".join(code))

    def modules(self, x: float, y: float, unit: float, rows: Sequence[Sequence[Dark]]) -> None:
        """Fill the dark runs of a code whose upper left corner is (x, y), in one path."""
        cells = " ".join(
            f"{start} {row} {length} 1 re"
            for row, found in enumerate(rows)
            for start, length in found
        )
        self.write(f"q {unit:.4f} 0 0 {-unit:.4f} {x:.2f} {y:.2f} cm {cells} f Q")


Dark = tuple[int, int]


def _rgb(color: Color) -> str:
    return f"{color.red:.3f} {color.green:.3f} {color.blue:.3f}"
