"""What a portrait shows, measured on a small grid of its pixels; who is on it is nobody's matter.

The figure is what differs from the background, and the background is what the upper edge of the
picture is made of. The chin is where the figure narrows below the head before it widens to the
shoulders; long hair hides it, and then the head stays unmeasured and is left to the reviewer's
eye. Nothing here guesses: what cannot be measured is None.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

Pixel = tuple[int, int, int]
Grid = Sequence[Sequence[Pixel]]

LIKE_BACKGROUND = 36
WHITE_FROM = 205
WHITE_SPREAD = 28
CALM_SHARE = 0.7
LEAST_FIGURE = 0.08
FIGURE_ROW = 0.06
NECK = 0.72
SHOULDERS = 1.12
CHIN_BEYOND_NECK = 0.85
WHITE_TOP_SHARE = 0.6
LEAST_CLOTHES = 0.3


@dataclass(frozen=True, slots=True)
class Portrait:
    """Shares of the frame: `air` above the figure, `centre` of the head across, `head` in height.

    `air`, `centre` and `head` are None where there is no figure or no chin to be seen.
    """

    white: bool
    calm: bool
    colour: float
    air: float | None = None
    centre: float | None = None
    head: float | None = None
    bright_top: bool = False


def measure(grid: Grid) -> Portrait:
    """The measures of a picture given as rows of pixels, at least 20 by 20."""
    border = _border(grid)
    ground: Pixel = (
        round(median(p[0] for p in border)),
        round(median(p[1] for p in border)),
        round(median(p[2] for p in border)),
    )
    alike = sum(_far(p, ground) <= LIKE_BACKGROUND for p in border) / len(border)
    every = [p for row in grid for p in row]
    colour = sum(max(p) - min(p) for p in every) / len(every)
    seen = Portrait(_bright(ground), alike >= CALM_SHARE, colour)
    spans = [_span(row, ground) for row in grid]
    wide = len(grid[0])
    if sum(count for _mid, count in spans) < LEAST_FIGURE * len(every):
        return seen
    top = _top(spans, wide)
    if top is None:
        return seen
    head = _head(spans, top)
    upper = [mid for mid, count in spans[top : top + max(len(grid) // 3, 1)] if count]
    return Portrait(
        seen.white,
        seen.calm,
        colour,
        air=top / len(grid),
        centre=sum(upper) / len(upper) / wide,
        head=None if head is None else min(head / len(grid), 1.0),
        bright_top=_bright_top(grid, ground),
    )


def _far(one: Pixel, other: Pixel) -> int:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1]), abs(one[2] - other[2]))


def _border(grid: Grid) -> list[Pixel]:
    """The uppermost row and the upper two fifths of both sides."""
    sides = grid[: max(len(grid) * 2 // 5, 1)]
    return [*grid[0], *(row[0] for row in sides), *(row[-1] for row in sides)]


def _span(row: Sequence[Pixel], ground: Pixel) -> tuple[float, int]:
    """Middle and width of what stands before the background in a row; width 0 for nothing."""
    places = [x for x, pixel in enumerate(row) if _far(pixel, ground) > LIKE_BACKGROUND]
    if not places:
        return 0.0, 0
    return (places[0] + places[-1] + 1) / 2, places[-1] - places[0] + 1


def _top(spans: Sequence[tuple[float, int]], wide: int) -> int | None:
    least = max(FIGURE_ROW * wide, 1)
    for y in range(len(spans) - 1):
        if spans[y][1] >= least and spans[y + 1][1] >= least:
            return y
    return None


def _head(spans: Sequence[tuple[float, int]], top: int) -> float | None:
    """Rows from the crown to the chin, or None without a neck between head and shoulders."""
    widest = 0
    neck: int | None = None
    for y in range(top, len(spans)):
        width = spans[y][1]
        if neck is None and width <= NECK * widest and y > top + 4:
            neck = y
        if neck is not None and width >= SHOULDERS * widest:
            return (neck - top) / CHIN_BEYOND_NECK
        if neck is None:
            widest = max(widest, width)
    return None


def _bright_top(grid: Grid, ground: Pixel) -> bool:
    """Whether the clothes at the lower edge are white, or gone in a white background."""
    rows = grid[len(grid) * 19 // 20 :]
    figure = [p for row in rows for p in row if _far(p, ground) > LIKE_BACKGROUND]
    if _bright(ground):
        return len(figure) < LEAST_CLOTHES * len(rows) * len(grid[0])
    return sum(map(_bright, figure)) > WHITE_TOP_SHARE * len(figure)


def _bright(pixel: Pixel) -> bool:
    return min(pixel) >= WHITE_FROM and max(pixel) - min(pixel) <= WHITE_SPREAD
