"""What a portrait shows: measured on drawn figures of every size, place and background."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidates.rules.portrait import PortraitProblem, Wanted, problems
from candidates.rules.portrait_grid import Pixel, measure

P = PortraitProblem
WIDE, TALL = 60, 73
WHITE, BLUE, GREY = (250, 250, 250), (60, 120, 200), (128, 128, 128)
SKIN, CLOTH = (230, 190, 160), (60, 80, 120)
FUJIAN = Wanted(head=0.67, colour=True, white_top=False)


def figure(
    head: float = 0.67,
    *,
    air: float = 0.08,
    shift: float = 0.0,
    ground: Pixel = WHITE,
    skin: Pixel = SKIN,
    cloth: Pixel = CLOTH,
) -> list[list[Pixel]]:
    """A head (ellipse), a neck and shoulders; measures are shares of the frame."""
    tall, wide = head * TALL, head * TALL * 0.72
    top, middle = air * TALL, WIDE * (0.5 + shift)
    grid = []
    for y in range(TALL):
        down = y - top
        half = 0.0
        colour = skin
        if 0 <= down <= tall:
            off = (down - tall / 2) / (tall / 2)
            half = wide / 2 * max(1 - off * off, 0.0) ** 0.5
        if down > tall * 0.8:
            half = max(half, wide * 0.22)
        if down > tall * 1.08:
            half, colour = max(wide * 0.9, half), cloth
        grid.append([colour if abs(x + 0.5 - middle) <= half else ground for x in range(WIDE)])
    return grid


@pytest.mark.parametrize("head", [0.58, 0.62, 0.67, 0.72])
def test_a_head_of_about_two_thirds_is_taken(head: float) -> None:
    seen = measure(figure(head))
    assert seen.head == pytest.approx(head, abs=0.06)
    assert problems(seen, FUJIAN) == []
    assert problems(seen, Wanted(white_background=True)) == []


@pytest.mark.parametrize(
    ("grid", "wanted", "found"),
    [
        (figure(0.4, air=0.2), FUJIAN, P.HEAD_SMALL),
        (figure(0.3, air=0.45), FUJIAN, P.HEAD_SMALL),
        (figure(shift=0.2), FUJIAN, P.OFF_CENTRE),
        (figure(air=-0.1), FUJIAN, P.CUT),
        (figure(skin=GREY, cloth=(40, 40, 40)), FUJIAN, P.GREY),
        (figure(cloth=WHITE), FUJIAN, P.WHITE_TOP),
        (figure(ground=BLUE, cloth=WHITE), FUJIAN, P.WHITE_TOP),
        ([[WHITE] * WIDE] * TALL, FUJIAN, P.NOBODY),
        (figure(ground=BLUE), Wanted(white_background=True), P.BACKGROUND),
        (figure(ground=GREY), Wanted(white_background=True), P.BACKGROUND),
    ],
    ids=["small", "low", "aside", "cut", "grey", "white-top", "white-on-blue", "nobody", "blue",
         "grey-ground"],
)  # fmt: skip
def test_what_the_rule_does_not_take_is_named(
    grid: list[list[Pixel]], wanted: Wanted, found: PortraitProblem
) -> None:
    assert found in problems(measure(grid), wanted)


def test_a_background_of_many_colours_is_not_white() -> None:
    grid = figure()
    for y in range(30):
        grid[y][0] = grid[y][-1] = BLUE if y % 2 else GREY
    grid[0] = [BLUE if x % 2 else WHITE for x in range(WIDE)]
    assert problems(measure(grid), Wanted(white_background=True)) == [P.BACKGROUND]


def test_long_hair_hides_the_chin_and_is_left_to_the_reviewer() -> None:
    grid = figure()
    hair = [[*row[:12], *[(20, 20, 20)] * 36, *row[48:]] for row in grid]
    seen = measure([*grid[:20], *hair[20:]])
    assert seen.head is None
    assert P.HEAD_SMALL not in problems(seen, FUJIAN)


PALETTE = (WHITE, BLUE, SKIN, CLOTH)


@given(st.binary(min_size=400, max_size=800))
def test_any_picture_is_measured_and_a_silent_rule_finds_nothing(noise: bytes) -> None:
    pixels = [PALETTE[byte % 4] for byte in noise[: len(noise) // 20 * 20]]
    seen = measure([pixels[at : at + 20] for at in range(0, len(pixels), 20)])
    assert problems(seen, Wanted()) == []
    assert all(0 <= share <= 1 for share in (seen.air, seen.centre, seen.head) if share is not None)
