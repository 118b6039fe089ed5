"""QR codes as vectors: encoded with a fixed mask and drawn as the runs of their dark modules."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

from assessment_center.pdf.ink import BLACK, Ink

MASK = 3  # fixed: choosing the best of eight costs more than everything else on the page
QUIET_ZONE = 2  # modules; paper around the code is white already

Runs = tuple[tuple[tuple[int, int], ...], ...]


@lru_cache(maxsize=64)
def modules(text: str, version: int) -> Runs:
    """The dark runs of each row of the code of `text`, of this version or the next that holds it.

    A sheet of several pages bears one code, hence the cache.
    """
    code = QRCode(version=version, error_correction=ERROR_CORRECT_M, border=0, mask_pattern=MASK)
    code.add_data(text)
    code.make(fit=True)
    return tuple(tuple(dark_runs(cells)) for cells in code.modules)


def dark_runs(cells: Sequence[bool | None]) -> list[tuple[int, int]]:
    """Start and length of each unbroken run of dark modules in a row."""
    found: list[tuple[int, int]] = []
    for index, dark in enumerate(cells):
        if not dark:
            continue
        if found and sum(found[-1]) == index:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((index, 1))
    return found


def draw_code(ink: Ink, left: float, top: float, side: float, text: str, version: int) -> None:
    """Draw the code into a square of `side` points whose upper left corner is (left, top)."""
    rows = modules(text, version)
    unit = side / (len(rows) + 2 * QUIET_ZONE)
    ink.fill_with(BLACK)
    ink.modules(left + QUIET_ZONE * unit, top - QUIET_ZONE * unit, unit, rows)
