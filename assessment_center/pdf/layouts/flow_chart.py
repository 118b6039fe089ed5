"""A flow chart inside running text: boxes one below the other, joined by arrows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assessment_center.pdf.faces import Face
from assessment_center.pdf.page import MM, THIN, Box, Page
from assessment_center.pdf.wrap import fit

CAPTION = 14 * MM
BOX_WIDTH = 86 * MM
BOX_HEIGHT = 8.6 * MM
GAP = 5.4 * MM
HEAD = 1.6 * MM
SIZE = 11.0


@dataclass(frozen=True)
class FlowChart:
    """Steps in their order; a step may say more in a second line after a line break."""

    caption: str
    steps: Sequence[str]
    keep: bool = False

    @property
    def height(self) -> float:
        """All of it: a chart stands on one page."""
        boxes = sum(_height(step) for step in self.steps)
        return CAPTION + boxes + GAP * (len(self.steps) - 1) + GAP

    def draw(self, page: Page, box: Box, y: float) -> None:
        """Draw caption, boxes and arrows with their top at `y`."""
        page.text(box.centre, y + 8 * MM, self.caption, face=Face.HEI, size=13, align="center")
        top = y + CAPTION
        for number, step in enumerate(self.steps):
            if number:
                _arrow(page, box.centre, top - GAP, top)
            frame = Box(box.centre - BOX_WIDTH / 2, top, BOX_WIDTH, _height(step))
            page.box(frame, weight=THIN)
            lines = [line for part in step.split("\n") for line in _lines(part)]
            page.lines(frame, lines, size=SIZE, align="center")
            top = frame.bottom + GAP


def _lines(text: str) -> Sequence[str]:
    return fit(text, Face.SONG, SIZE, BOX_WIDTH - 4 * MM).lines


def _height(step: str) -> float:
    lines = sum(len(_lines(part)) for part in step.split("\n"))
    return max(BOX_HEIGHT, lines * SIZE * 1.25 + 3 * MM)


def _arrow(page: Page, x: float, start: float, end: float) -> None:
    page.rule(x, start, x, end, weight=THIN)
    page.rule(x - HEAD, end - HEAD, x, end, weight=THIN)
    page.rule(x + HEAD, end - HEAD, x, end, weight=THIN)
