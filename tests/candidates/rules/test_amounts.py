"""Sums in characters, as a receipt states them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidates.rules.amounts import DIGITS, MOST, in_characters


@pytest.mark.parametrize(
    ("cents", "told"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (10, "壹角整"),
        (105, "壹元零伍分"),
        (24000, "贰佰肆拾元整"),
        (100100, "壹仟零壹元整"),
        (1000100, "壹万零壹元整"),
        (12345678, "壹拾贰万叁仟肆佰伍拾陆元柒角捌分"),
        (100000100, "壹佰万零壹元整"),
        (10000000000, "壹亿元整"),
        (10000000100, "壹亿零壹元整"),
    ],
)
def test_sums(cents: int, told: str) -> None:
    assert in_characters(cents) == told


@pytest.mark.parametrize("cents", [-1, MOST * 100])
def test_what_no_receipt_shows_is_an_error(cents: int) -> None:
    with pytest.raises(ValueError, match="not a sum"):
        in_characters(cents)


def read(told: str) -> int:
    """The sum again, read as a cashier would."""
    yuan, _sign, rest = told.rpartition("元")
    total = group = figure = 0
    for sign in yuan:
        if sign in DIGITS:
            figure = DIGITS.index(sign)
        elif sign in "拾佰仟":
            group += figure * 10 ** ("拾佰仟".index(sign) + 1)
            figure = 0
        else:
            total += (group + figure) * 10_000 ** ("万亿".index(sign) + 1)
            group = figure = 0
    cents = (total + group + figure) * 100
    for sign, following in itertools.pairwise(rest):
        if following in "角分":
            cents += DIGITS.index(sign) * (10 if following == "角" else 1)
    return cents


@given(st.integers(min_value=0, max_value=MOST * 100 - 1))
def test_every_sum_reads_back(cents: int) -> None:
    assert read(in_characters(cents)) == cents
