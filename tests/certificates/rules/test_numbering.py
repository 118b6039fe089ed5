"""The structure of certificate numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.rules.numbering import MAX_SERIAL, NumberError, NumberParts, compose, parse

FILING = "Y000050012345"
PARTS = st.builds(
    NumberParts,
    filing=st.from_regex(r"[A-Z][0-9]{12}", fullmatch=True),
    year=st.integers(2000, 2099),
    level=st.integers(1, 5),
    serial=st.integers(1, MAX_SERIAL),
)


@given(PARTS)
def test_what_is_composed_is_parsed_again(parts: NumberParts) -> None:
    text = str(parts)
    assert len(text) == 22
    assert parse(text) == parts
    assert parse(f" {text.lower()} ") == parts


@given(st.lists(PARTS, min_size=2, max_size=8, unique=True))
def test_different_parts_make_different_numbers(parts: list[NumberParts]) -> None:
    assert len({str(each) for each in parts}) == len(parts)


def test_the_published_example() -> None:
    made = compose(filing="Y000041019001", year=2022, level=1, serial=1)
    assert made == "Y000041019001221000001"


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"filing": "y000050012345"}, "filing"),
        ({"filing": "Y00005001234"}, "filing"),
        ({"level": 0}, "level"),
        ({"level": 6}, "level"),
        ({"serial": 0}, "serial"),
        ({"serial": MAX_SERIAL + 1}, "serial"),
        ({"pattern": r"^S\d{21}$"}, "pattern"),
    ],
)
def test_a_part_that_makes_no_number_is_named(change: dict, part: str) -> None:
    facts = {"filing": FILING, "year": 2026, "level": 4, "serial": 1, **change}
    with pytest.raises(NumberError) as refused:
        compose(**facts)
    assert refused.value.part == part


@pytest.mark.parametrize("text", ["", "Y0000500123452640000011", "Y000050012345260000001", "一"])
def test_a_text_that_is_no_number(text: str) -> None:
    with pytest.raises(NumberError) as refused:
        parse(text)
    assert refused.value.part == "structure"
