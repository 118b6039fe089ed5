"""What a rulebook does not accept about a portrait, by what was measured on it."""

from dataclasses import dataclass
from enum import StrEnum

from candidates.rules.portrait_grid import Portrait

TOO_SMALL_BY = 0.16
TOO_LARGE_BY = 0.22
CENTRE_TOLERANCE = 0.09
MOST_AIR = 0.30
COLOUR_LEAST = 6.0


class PortraitProblem(StrEnum):
    NOBODY = "nobody"
    BACKGROUND = "background"
    GREY = "grey"
    CUT = "cut"
    OFF_CENTRE = "off_centre"
    HEAD_SMALL = "head_small"
    HEAD_LARGE = "head_large"
    WHITE_TOP = "white_top"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the rulebook says of the picture; the default says nothing."""

    white_background: bool = False
    head: float | None = None
    colour: bool = False
    white_top: bool = True

    @property
    def speaks(self) -> bool:
        return self != Wanted()


def problems(seen: Portrait, wanted: Wanted) -> list[PortraitProblem]:
    """What the rulebook does not accept; an unmeasured head is no problem of the candidate's."""
    found = []
    if wanted.white_background and not (seen.white and seen.calm):
        found.append(PortraitProblem.BACKGROUND)
    if wanted.head is None:
        empty = wanted.white_background and seen.white and seen.calm and seen.air is None
        return [*found, PortraitProblem.NOBODY] if empty else found
    if seen.air is None or seen.centre is None:
        return [*found, PortraitProblem.NOBODY]
    if wanted.colour and seen.colour < COLOUR_LEAST:
        found.append(PortraitProblem.GREY)
    return [*found, *_placed(seen, wanted.head), *_dressed(seen, wanted)]


def _placed(seen: Portrait, head: float) -> list[PortraitProblem]:
    assert seen.air is not None
    assert seen.centre is not None
    found = []
    if seen.air == 0 and seen.calm:
        found.append(PortraitProblem.CUT)
    if abs(seen.centre - 0.5) > CENTRE_TOLERANCE:
        found.append(PortraitProblem.OFF_CENTRE)
    small = seen.air > MOST_AIR or (seen.head is not None and seen.head < head - TOO_SMALL_BY)
    if small:
        found.append(PortraitProblem.HEAD_SMALL)
    elif seen.head is not None and seen.head > head + TOO_LARGE_BY:
        found.append(PortraitProblem.HEAD_LARGE)
    return found


def _dressed(seen: Portrait, wanted: Wanted) -> list[PortraitProblem]:
    return [PortraitProblem.WHITE_TOP] if not wanted.white_top and seen.bright_top else []
